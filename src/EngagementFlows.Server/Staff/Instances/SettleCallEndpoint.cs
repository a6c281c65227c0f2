using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>What a person decides about an outside call of which nobody knows whether it happened.</summary>
internal static class SettleCallEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Instances + "/{id:guid}/calls/{call:guid}/settle", SettleAsync).RequireAuthorization(Policies.OperateInstances).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> SettleAsync(
        Guid id, Guid call, HttpContext context, [FromServices] SettleCall settle, Notices notices, Reader reader, [FromForm] CallSettlement form, CancellationToken cancellationToken)
    {
        if (PageInput.Text(form.Reason, 2000) is not { } reason)
            notices.Tell(context, reader.Say(IncidentTexts.ReasonMissing), isFault: true);
        else if (CallSettlement.DecisionOf(form.Decision, form.Status) is not { } decision)
            notices.Tell(context, reader.Say(CallTexts.StatusMissing), isFault: true);
        else if (await settle.ExecuteAsync(id, call, form.Attempt, decision, reason, CurrentPerson.Of(context.User).Caller, cancellationToken))
            notices.Tell(context, reader.Say(decision is CallDecision.CallAgain ? CallTexts.AgainDone : CallTexts.Noted));
        else
            notices.Tell(context, reader.Say(CallTexts.AlreadySettled), isFault: true);
        return Site.To(StaffUrls.Instance(id));
    }
}

/// <summary>What is posted about an uncertain call.</summary>
internal sealed class CallSettlement
{
    /// <summary>Gets <c>happened</c>, <c>let-be</c> or <c>again</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>Gets the status with which it happened, 200 to 599.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the number of the attempt that the person saw.</summary>
    public int Attempt { get; init; }

    public string? Reason { get; init; }

    /// <summary>Returns the decision; <see langword="null"/> if there is none of that name, or no status where one is needed.</summary>
    public static CallDecision? DecisionOf(string? decision, int? status) => decision switch
    {
        "happened" when status is >= 200 and <= 599 => new CallDecision.Happened(status.Value),
        "let-be" => new CallDecision.LetBe(),
        "again" => new CallDecision.CallAgain(),
        _ => null,
    };
}
