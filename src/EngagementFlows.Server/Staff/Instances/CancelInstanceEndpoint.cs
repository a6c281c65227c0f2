using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>Ends an instance by a person's hand, with his reason.</summary>
internal static class CancelInstanceEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Instances + "/{id:guid}/cancel", CancelAsync).RequireAuthorization(Policies.OperateInstances).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> CancelAsync(
        Guid id, HttpContext context, [FromServices] FlowsEngine engine, NpgsqlDataSource database, Notices notices, Reader reader, [FromForm] string? reason, [FromForm] long? revision, CancellationToken cancellationToken)
    {
        string? why = PageInput.Text(reason, 2000);
        if (why is null)
            notices.Tell(context, reader.Say(IncidentTexts.ReasonMissing), isFault: true);
        else
            await EndAsync(id, why, revision, context, engine, database, notices, reader, cancellationToken);
        return Site.To(StaffUrls.Instance(id));
    }

    /// <summary>Cancels, and tells what it came to.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="reason">Why.</param>
    /// <param name="seen">The revision that the person saw; another one is refused. <see langword="null"/> = any.</param>
    /// <param name="context">The request.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="database">For the look at the instance.</param>
    /// <param name="notices">Where it is told.</param>
    /// <param name="reader">Who reads it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task EndAsync(
        Guid id, string reason, long? seen, HttpContext context, FlowsEngine engine, NpgsqlDataSource database, Notices notices, Reader reader, CancellationToken cancellationToken)
    {
        CurrentPerson person = CurrentPerson.Of(context.User);
        if (await GetInstance.ExecuteAsync(database, id, cancellationToken) is not { } instance)
        {
            notices.Tell(context, reader.Say(InstanceTexts.CancelTooLate), isFault: true);
            return;
        }

        if (instance.FinishedAt is null && seen is not null && seen != instance.Revision)
        {
            notices.Tell(context, reader.Say(InstanceTexts.Moved), isFault: true);
            return;
        }

        AuditRider audit = new(new AuditEntry(ChainOf(instance), person.Caller, "InstanceCancelled", $"instance/{id:D}", JsonSerializer.Serialize(new { reason })));
        StimulusResult result = await engine.Gateway.SubmitAsync(new CancelRequested(id, reason, person.Name), new OnlyIfApplied(audit), cancellationToken);
        bool isDone = result is { Kind: TransitionKind.Applied, RefusedBy: null };
        notices.Tell(context, reader.Say(isDone ? InstanceTexts.CancelDone : InstanceTexts.CancelTooLate), isFault: !isDone);
    }

    /// <summary>Returns the audit chain of an instance: its engagement's, or its definition's.</summary>
    public static string ChainOf(WorkflowInstance instance) =>
        Guid.TryParseExact(instance.CorrelationId, "D", out Guid engagement) ? $"engagement/{engagement:D}" : $"definition/{instance.DefinitionId}";
}
