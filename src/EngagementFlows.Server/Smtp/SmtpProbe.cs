namespace EngagementFlows.Server.Smtp;

/// <summary>Tries the mail server without sending anything: connects, negotiates, signs in, says good-bye.</summary>
internal static class SmtpProbe
{
    /// <summary>Returns the steps in order; the last one is a <c>fault</c> if a step failed.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<IReadOnlyList<SmtpStep>> ProbeAsync(SmtpOptions options, HttpClient http, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<SmtpStep> steps = [];
        using SmtpAccessTokens? tokens = options.OAuth is null ? null : new SmtpAccessTokens(options.OAuth, http, clock);
        try
        {
            SmtpSession session = await SmtpSession.OpenAsync(options, tokens, clock, steps.Add, cancellationToken);
            steps.Add(new SmtpStep("quit", true, await session.QuitAsync()));
        }
        catch (SmtpBrokenException failure)
        {
            steps.Add(new SmtpStep("fault", false, failure.Message));
        }

        return steps;
    }
}
