using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Forms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.ClientPages;

/// <summary>The step between a filled form and its sending, where a link asks for a code from the mailbox.</summary>
internal sealed class ConfirmStep(FindLinkCode find, SendLinkCode send, ClientAnswers answers, FlowsEngine engine, DatabaseClock clock)
{
    /// <summary>The button that wants a code.</summary>
    public const string WantsCode = "code";

    /// <summary>The button that goes back to what was filled in.</summary>
    public const string GoesBack = "look";

    /// <summary>Mails a code and shows the page on which it is typed.</summary>
    public async Task<RazorComponentResult> SendAsync(HttpContext context, LinkDetail detail, IFormCollection fields, string outcome, CancellationToken cancellationToken)
    {
        CodeOutcome sent = await send.ExecuteAsync(detail.Link.Id, clock.Now, cancellationToken);
        switch (sent)
        {
            case CodeOutcome.Sent:
                engine.Signals.OutboxDue();
                return await ShowAsync(detail, fields, outcome, alert: null, cancellationToken);
            case CodeOutcome.TooMany:
                return await ShowAsync(detail, fields, outcome, ClientTexts.CodeTooMany, cancellationToken, StatusCodes.Status429TooManyRequests);
            default:
                return answers.NotOpen(context, detail, LinkVerdict.Ended, isJustNow: false);
        }
    }

    /// <summary>Shows how it stands with the code after an answer that came without the right one.</summary>
    public Task<RazorComponentResult> ShowAsync(LinkDetail detail, IFormCollection fields, string outcome, CodeVerdict verdict, CancellationToken cancellationToken) => verdict switch
    {
        CodeVerdict.Wrong => ShowAsync(detail, fields, outcome, ClientTexts.CodeWrong, cancellationToken, StatusCodes.Status422UnprocessableEntity),
        CodeVerdict.NoCode => ShowAsync(detail, fields, outcome, ClientTexts.CodeNone, cancellationToken, StatusCodes.Status422UnprocessableEntity),
        CodeVerdict.Missing when fields["go"] == "confirm" => ShowAsync(detail, fields, outcome, ClientTexts.CodeNone, cancellationToken, StatusCodes.Status422UnprocessableEntity),
        CodeVerdict.Missing => ShowAsync(detail, fields, outcome, alert: null, cancellationToken),
        _ => ShowAsync(detail, fields, outcome, ClientTexts.CodeDead, cancellationToken, StatusCodes.Status422UnprocessableEntity),
    };

    /// <summary>Returns an address so that its owner knows it again and a stranger does not learn it.</summary>
    public static string Masked(string email)
    {
        int at = email.LastIndexOf('@');
        return at < 1 ? "•••" : $"{email[..(char.IsSurrogatePair(email, 0) ? 2 : 1)]}•••{email[at..]}";
    }

    private async Task<RazorComponentResult> ShowAsync(
        LinkDetail detail, IFormCollection fields, string outcome, LocalizedText? alert, CancellationToken cancellationToken, int status = StatusCodes.Status200OK)
    {
        LinkConfirmation confirmation = await find.ExecuteAsync(detail.Link.Id, clock.Now, cancellationToken);
        return ClientAnswers.Page<ConfirmPage>(status, new()
        {
            [nameof(ConfirmPage.Ask)] = answers.AskOf(detail),
            [nameof(ConfirmPage.Mailbox)] = Masked(confirmation.Email),
            [nameof(ConfirmPage.Until)] = confirmation.ExpiresAt,
            [nameof(ConfirmPage.IsDecline)] = outcome == LinkDecision.Declined,
            [nameof(ConfirmPage.Carried)] = FormPost.Carried(fields),
            [nameof(ConfirmPage.Alert)] = alert,
        });
    }
}
