using System.Text.Json;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Cases;

/// <summary>A complaint as staff or a program tell it.</summary>
/// <param name="Subject">What it is about, in a line.</param>
/// <param name="Description">What was told, or <see langword="null"/>.</param>
/// <param name="Class">A class of <see cref="CaseClasses"/>.</param>
/// <param name="RaisedBy">Who told it; <see langword="null"/> = the engagement's contact.</param>
internal sealed record ComplaintTold(string Subject, string? Description, string Class, string? RaisedBy);

/// <param name="CaseId">The case; <see langword="null"/> if its flow met an incident before it was registered.</param>
/// <param name="Instance">The instance that handles it.</param>
internal sealed record RaisedCase(Guid? CaseId, InstanceSummary Instance);

/// <summary>Starts the flow of complaints for an engagement, by the hand of a member of staff or of a program. Audited; a repetition under the same key starts nothing.</summary>
internal sealed class ComplaintDesk(FlowsEngine engine, LiveCatalogue catalogue, FlowsDatabase database, DatabaseClock clock)
{
    /// <summary>Gets whether there is a flow that takes complaints.</summary>
    public bool MayRaise => catalogue.Current.Published(ComplaintFlow.DefinitionId) is not null;

    /// <summary>Starts it, and keeps <see cref="Answer"/> under the key in the same commit.</summary>
    public Task<StimulusResult> RaiseAsync(EngagementSnapshot engagement, ComplaintTold told, IdempotencyKey? key, CurrentPerson caller, CancellationToken cancellationToken)
    {
        StartRequested start = new(TimeOrderedId.Create(clock.Now), ComplaintFlow.DefinitionId)
        {
            Input = ComplaintFlow.Inputs(told.Subject, told.Description, told.Class, told.RaisedBy ?? engagement.Contact.Name),
            CorrelationId = engagement.Engagement.Id.ToString("D"),
        };
        return engine.Gateway.SubmitAsync(
            start, InstanceActs.Rider(key, Answer, caller, "ComplaintRaised", start.CorrelationId, start.DefinitionId, start.InstanceId, detail: null), cancellationToken);
    }

    /// <summary>Returns what the key of a page started before; <see langword="null"/> if nothing.</summary>
    public async Task<RaisedCase?> FindAsync(IdempotencyKey key, CancellationToken cancellationToken) =>
        await FindAnswer.ExecuteAsync(database.Queries, key.Caller, key.Key, cancellationToken) is { } kept ? JsonSerializer.Deserialize<RaisedCase>(kept.Body, ApiJson.Options) : null;

    public static ApiAnswer Answer(StimulusResult result) => ApiAnswer.Of(StatusCodes.Status201Created, Raised(result));

    public static RaisedCase Raised(StimulusResult result) =>
        new(result.Effects.OfType<CaseOpened>().Select(opened => (Guid?)opened.CaseId).FirstOrDefault(), InstanceActs.Summary(result.Instance!));
}
