using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities;

/// <summary>What an activity sees of its execution.</summary>
public abstract class ActivityContext
{
    /// <summary>Gets the instance's id.</summary>
    public abstract Guid InstanceId { get; }

    /// <summary>Gets the instance's correlation id, or <see langword="null"/>.</summary>
    public abstract string? CorrelationId { get; }

    /// <summary>Gets the definition's id.</summary>
    public abstract string DefinitionId { get; }

    /// <summary>Gets the definition version's id; mails and forms of the process are those of this version.</summary>
    public abstract string DefinitionVersionId { get; }

    /// <summary>Gets the activity's id in the definition.</summary>
    public abstract string ActivityId { get; }

    /// <summary>Gets the id of this execution.</summary>
    public abstract Guid ExecutionId { get; }

    /// <summary>Gets the instant of the transition, by the database's clock.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Gets what the activity keeps for itself between its passes; plain values, stored with the instance.</summary>
    public abstract PlainObject State { get; }

    /// <summary>Gets the names and current values of variables in scope and of workflow inputs, for mails that merge them; computed on demand.</summary>
    public abstract PlainObject Data { get; }

    /// <summary>Returns what the flow's author called an outcome in both languages; <see langword="null"/> if he did not.</summary>
    public abstract LocalizedText? NameOfOutcome(string outcome);

    /// <summary>Returns the value of an evaluated input, converted to the descriptor's type; <see langword="null"/> if it is not set.</summary>
    public abstract object? Input(string name);

    /// <summary>Returns an id that is the same for the same instance, execution and purpose, and unguessable.</summary>
    public abstract Guid NewId(string purpose);

    /// <summary>Returns the answer to a question about the domain, as it stood when it was asked.</summary>
    /// <remarks>
    /// Nobody may have answered it yet: then the burst ends here without a trace and runs again from its beginning with the answer. Do not catch what this throws.
    /// </remarks>
    /// <exception cref="ActivityFaultException">There is no answer, for a reason that a person can mend.</exception>
    public abstract TAnswer Ask<TAnswer>(Question<TAnswer> question);

    /// <summary>Returns the effect key of this execution for a recipient and purpose: unique for ever.</summary>
    public string EffectKey(string purpose, string recipient = "") => $"{InstanceId:N}/{ExecutionId:N}/{purpose}/{recipient}";

    /// <summary>Returns an input as text, or <see langword="null"/>.</summary>
    public string? Text(string name) => Input(name) as string;

    /// <summary>Returns an input as a span of time, or <see langword="null"/>.</summary>
    public TimeSpan? Span(string name) => Input(name) as TimeSpan?;

    /// <summary>Returns an input as a truth value; false if it is not set.</summary>
    public bool Flag(string name) => Input(name) is true;
}
