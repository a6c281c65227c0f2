using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities;

/// <summary>What one execution or resumption came to: completed with outcomes, or waiting; plus effects.</summary>
/// <remarks>Immutable. <see cref="Done"/> is shared, so the common case allocates nothing.</remarks>
public sealed record ActivityResult
{
    private static readonly string[] DoneOutcomes = ["Done"];

    private ActivityResult()
    {
    }

    /// <summary>Gets the completion with outcome Done and no effects.</summary>
    public static ActivityResult Done { get; } = new() { Outcomes = DoneOutcomes };

    /// <summary>Gets the result of an execution that stays running without a bookmark of its own (it has scheduled children).</summary>
    public static ActivityResult Running { get; } = new();

    /// <summary>Gets the outcomes of a completion; <see langword="null"/> if the execution goes on.</summary>
    public IReadOnlyList<string>? Outcomes { get; private init; }

    /// <summary>Gets the waits that begin.</summary>
    public IReadOnlyList<WaitRequest> Waits { get; private init; } = [];

    /// <summary>Gets earlier waits of this execution that end although they were not resumed (a reminder that is no longer needed).</summary>
    public IReadOnlyList<Guid> Burned { get; private init; } = [];

    /// <summary>Gets the effects, in order.</summary>
    public IReadOnlyList<Effect> Effects { get; private init; } = [];

    /// <summary>Gets the outputs set, by name.</summary>
    public PlainObject? Outputs { get; private init; }

    /// <summary>Completes with <paramref name="outcomes"/>; all waits of the execution end.</summary>
    public static ActivityResult Complete(params string[] outcomes) => new() { Outcomes = outcomes };

    /// <summary>Goes on waiting, with <paramref name="waits"/> in addition to those that stand.</summary>
    public static ActivityResult Wait(params WaitRequest[] waits) => new() { Waits = waits };

    /// <summary>Returns this result with <paramref name="effects"/> added.</summary>
    public ActivityResult With(params Effect[] effects) => this with { Effects = [.. Effects, .. effects] };

    /// <summary>Returns this result with an output set.</summary>
    public ActivityResult Set(string output, object? value)
    {
        PlainObject outputs = new();
        if (Outputs is not null)
        {
            foreach ((string name, object? earlier) in Outputs)
                outputs[name] = earlier;
        }

        outputs[output] = value;
        return this with { Outputs = outputs };
    }

    /// <summary>Returns this result with waits of the execution that end.</summary>
    public ActivityResult Burn(params Guid[] bookmarks) => this with { Burned = [.. Burned, .. bookmarks] };
}

/// <summary>A wait that an activity asks for.</summary>
/// <param name="Name">The kind of wait.</param>
public sealed record WaitRequest(string Name)
{
    /// <summary>Gets the id, from <see cref="ActivityContext.NewId"/>; empty = the runner makes one.</summary>
    public Guid Id { get; init; }

    /// <summary>Gets what a stimulus must match, or <see langword="null"/>.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the instant at which it resumes by itself, or <see langword="null"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets what the activity wants to find again, or <see langword="null"/>.</summary>
    public PlainObject? Payload { get; init; }

    /// <summary>Gets what happens when it is found late.</summary>
    public CatchUpPolicy CatchUp { get; init; }
}
