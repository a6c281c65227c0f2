using EngagementFlows.Postgres.Definitions;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What an act in the designer came to.</summary>
/// <param name="Version">The version as it is stored now; <see langword="null"/> if nothing was done.</param>
/// <param name="Notice">A word of <see cref="DesignNotice"/>.</param>
/// <param name="Refusals">Why nothing was done, in the reader's language; empty if something was.</param>
internal sealed record DesignAnswer(DesignedVersion? Version, string Notice, IReadOnlyList<string> Refusals)
{
    public bool IsRefused => Refusals.Count > 0;

    public static DesignAnswer Of(DesignedVersion version, string notice) => new(version, notice, []);

    public static DesignAnswer Refused(params IReadOnlyList<string> refusals) => new(null, DesignNotice.Refused, refusals);

    public static DesignAnswer Conflict(string refusal) => new(null, DesignNotice.Conflict, [refusal]);

    /// <summary>Returns it with HTTP's words: 400 is the one refusal that the Studio shows.</summary>
    public IResult? Refusal(HttpContext context)
    {
        DesignNotice.Tell(context, Notice, IsRefused && Notice != DesignNotice.Conflict ? string.Join(' ', Refusals) : null);
        return IsRefused ? BadRequest(Refusals) : null;
    }

    public static IResult BadRequest(IReadOnlyList<string> messages) =>
        TypedResults.Json(new StudioErrors([.. messages.Select(message => new StudioError(message))]), StudioJson.Options, statusCode: StatusCodes.Status400BadRequest);

    private sealed record StudioErrors(IReadOnlyList<StudioError> Errors);

    private sealed record StudioError(string Message);
}
