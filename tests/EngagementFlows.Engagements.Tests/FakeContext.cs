using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests;

/// <summary>An execution as an activity sees it, with inputs given by the test.</summary>
internal sealed class FakeContext(PlainObject inputs) : ActivityContext
{
    public static readonly Guid Engagement = new("0197a000-0000-7000-8000-0000000000e1");
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override Guid InstanceId => new("0197a000-0000-7000-8000-000000000001");

    public override string? CorrelationId => Key;

    /// <summary>Gets the business key.</summary>
    public string? Key { get; init; } = Engagement.ToString("D");

    public override string DefinitionId => "client-intake";

    public override string DefinitionVersionId => "client-intake-v1";

    public override string ActivityId => "Ask";

    public override Guid ExecutionId => new("0197a000-0000-7000-8000-000000000002");

    public override DateTimeOffset Now => Clock;

    public DateTimeOffset Clock { get; set; } = Start;

    public override PlainObject State { get; } = new();

    public override PlainObject Data { get; } = new() { ["Round"] = 1L };

    public override LocalizedText? NameOfOutcome(string outcome) => null;

    public override object? Input(string name) => inputs[name];

    /// <summary>Gets or sets where firm and client are.</summary>
    public RehearsedHouse House { get; init; } = new();

    /// <summary>Gets the effects of what was done before.</summary>
    public List<Effect> Done { get; } = [];

    public override TAnswer Ask<TAnswer>(Question<TAnswer> question)
    {
        if (question.TryAnswer(Done, out object? known))
            return (TAnswer)known!;
        return House.Answer(question) is Unanswerable none ? throw new ActivityFaultException(none.Reason) : (TAnswer)House.Answer(question)!;
    }

    public override Guid NewId(string purpose) => new(SHA256.HashData(Encoding.UTF8.GetBytes(purpose)).AsSpan(0, 16));

    /// <summary>Returns the stored form of a wait, as the runner would give it back.</summary>
    public Bookmark Bookmark(WaitRequest wait) =>
        new(wait.Id, InstanceId, ActivityId, ExecutionId, wait.Name, wait.Key, CorrelationId, wait.DueAt, wait.Payload);
}
