using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>What a person decides about a mail that is uncertain or was refused: it arrived, it is sent again, it is let be.</summary>
internal static class SettleMailEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Mailbox + "/{id:guid}/settle", SettleAsync).RequireAuthorization(Policies.OperateInstances).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> SettleAsync(
        Guid id, HttpContext context, [FromServices] SettleMail settle, [FromServices] FlowsEngine engine, Notices notices, Reader reader, [FromForm] MailSettlement form,
        CancellationToken cancellationToken)
    {
        if (PageInput.Text(form.Reason, 2000) is not { } reason)
        {
            notices.Tell(context, reader.Say(IncidentTexts.ReasonMissing), isFault: true);
            return Site.To(StaffUrls.Mail(id));
        }

        MailDecision? decision = form.Decision switch
        {
            "arrived" => MailDecision.Arrived,
            "again" => MailDecision.SendAgain,
            "let-be" => MailDecision.LetBe,
            _ => null,
        };
        bool isDone = decision is not null
            && await settle.ExecuteAsync(id, form.Attempt, decision.Value, reason, CurrentPerson.Of(context.User).Caller, null, cancellationToken);
        if (isDone && decision == MailDecision.SendAgain)
            engine.Signals.OutboxDue();
        notices.Tell(context, reader.Say(isDone ? Done(decision!.Value) : MailboxTexts.AlreadySettled), isFault: !isDone);
        return Site.To(StaffUrls.Mail(id));
    }

    private static Engine.LocalizedText Done(MailDecision decision) => decision switch
    {
        MailDecision.Arrived => MailboxTexts.ArrivedDone,
        MailDecision.SendAgain => MailboxTexts.AgainDone,
        _ => MailboxTexts.LetBeDone,
    };
}

/// <summary>What the forms of a mail post.</summary>
internal sealed class MailSettlement
{
    public string? Decision { get; init; }

    /// <summary>Gets the number of the attempt that the person saw.</summary>
    public int Attempt { get; init; }

    public string? Reason { get; init; }
}
