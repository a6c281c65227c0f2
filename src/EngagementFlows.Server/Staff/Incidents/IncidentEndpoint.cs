using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Instances;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EngagementFlows.Server.Staff.Incidents;

/// <summary>The ways to mend an incident: try again, with another value, skip, cancel.</summary>
internal static class IncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Incidents + "/{id:guid}/act", ActAsync).RequireAuthorization(Policies.OperateInstances).WithMetadata(CaredForUnseen.Instance).ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, NotFound>> ActAsync(
        Guid id, HttpContext context, ReadIncidentsPage incidents, [FromServices] FlowsEngine engine, NpgsqlDataSource database, Notices notices, Reader reader,
        Confidentiality confidentiality, [FromForm] IncidentAct form, CancellationToken cancellationToken)
    {
        if (await incidents.FindAsync(id, cancellationToken) is not { } incident)
            return TypedResults.NotFound();
        // Whoever must not see it tries again or ends it, and is told no more than how that went; he sets no variable and follows no outcome that he does not know.
        bool isUnseen = !await confidentiality.IsOpenAsync(CurrentPerson.Of(context.User), [id], cancellationToken);
        if (isUnseen && form.Act is not ("retry" or "cancel"))
            return TypedResults.NotFound();
        string backTo = isUnseen ? StaffUrls.Incidents : StaffUrls.Incident(id);
        string onTo = isUnseen ? StaffUrls.Incidents : StaffUrls.Instance(incident.InstanceId);
        string? reason = PageInput.Text(form.Reason, 2000);
        if (form.Act is "skip" or "cancel" or "set" && reason is null)
        {
            notices.Tell(context, reader.Say(IncidentTexts.ReasonMissing), isFault: true);
            return Site.To(backTo);
        }

        if (form.Act == "cancel")
        {
            await CancelInstanceEndpoint.EndAsync(incident.InstanceId, reason!, form.Revision, context, engine, database, notices, reader, cancellationToken);
            return Site.To(onTo);
        }

        if (incident.ResolvedAt is null && form.Revision is { } seen && seen != incident.Revision)
        {
            notices.Tell(context, reader.Say(InstanceTexts.Moved), isFault: true);
            return Site.To(backTo);
        }

        CurrentPerson person = CurrentPerson.Of(context.User);
        (Stimulus? stimulus, string? fault) = StimulusOf(incident, form, reason, person, reader);
        if (stimulus is null || await GetInstance.ExecuteAsync(database, incident.InstanceId, cancellationToken) is not { } instance)
        {
            notices.Tell(context, fault ?? reader.Say(IncidentTexts.AlreadyMended), isFault: true);
            return Site.To(backTo);
        }

        string detail = JsonSerializer.Serialize(new { incident = id, activity = incident.ActivityId, reason, variable = form.Act == "set" ? form.Variable : null });
        string act = stimulus is IncidentSkipped ? "IncidentSkipped" : "IncidentRetried";
        AuditRider audit = new(new AuditEntry(CancelInstanceEndpoint.ChainOf(instance), person.Caller, act, $"instance/{incident.InstanceId:D}", detail));
        StimulusResult result = await engine.Gateway.SubmitAsync(stimulus, new OnlyIfApplied(audit), cancellationToken);
        Tell(context, notices, reader, result, isUnseen);
        return Site.To(onTo);
    }

    private static void Tell(HttpContext context, Notices notices, Reader reader, StimulusResult result, bool isUnseen)
    {
        if (result.Kind == TransitionKind.Refused && !isUnseen)
            notices.Tell(context, reader.Say(IncidentTexts.Refused, result.Message ?? result.RefusedBy), isFault: true);
        else if (result.Kind != TransitionKind.Applied || result.RefusedBy is not null)
            notices.Tell(context, reader.Say(IncidentTexts.AlreadyMended), isFault: true);
        else if (result.Instance is { OpenIncidents: > 0 })
            notices.Tell(context, reader.Say(IncidentTexts.AgainFailed), isFault: true);
        else
            notices.Tell(context, reader.Say(IncidentTexts.Done));
    }

    private static (Stimulus? Stimulus, string? Fault) StimulusOf(IncidentRow incident, IncidentAct form, string? reason, CurrentPerson person, Reader reader)
    {
        switch (form.Act)
        {
            case "skip":
                return (new IncidentSkipped(incident.InstanceId, incident.Id, PageInput.Line(form.Outcome), reason!, person.Name), null);
            case "set":
                if (PageInput.Line(form.Variable) is not { } variable)
                    return (null, reader.Say(IncidentTexts.VariableMissing));
                return PlainJson.TryParse(form.Value ?? "", out object? value)
                    ? (new IncidentRetried(incident.InstanceId, incident.Id, new PlainObject { [variable] = value }, person.Name) { Reason = reason }, null)
                    : (null, reader.Say(IncidentTexts.ValueFaulty, form.Value));
            default:
                return (new IncidentRetried(incident.InstanceId, incident.Id, null, person.Name) { Reason = reason }, null);
        }
    }
}

/// <summary>What the forms of an incident post.</summary>
internal sealed class IncidentAct
{
    public string? Act { get; init; }

    public string? Reason { get; init; }

    public string? Outcome { get; init; }

    public string? Variable { get; init; }

    public string? Value { get; init; }

    /// <summary>Gets the instance's revision that the person saw; <see langword="null"/> = any.</summary>
    public long? Revision { get; init; }
}
