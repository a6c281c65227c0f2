namespace EngagementFlows.Engine.Effects;

/// <summary>What an activity wants to know of the domain before it decides. Two questions that are equal have one answer.</summary>
/// <remarks>A domain derives its own and teaches its store to answer them. Data only.</remarks>
public abstract record Question
{
    /// <summary>Answers from effects that no store knows yet: those of the same burst (or, in a rehearsal, all that came before). By default they say nothing.</summary>
    /// <param name="effects">The effects, in order.</param>
    /// <param name="answer">The answer, if they hold one.</param>
    public virtual bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
    {
        answer = null;
        return false;
    }
}

/// <summary>A question with the type of its answer.</summary>
/// <typeparam name="TAnswer">The answer; immutable, since several executions may share it.</typeparam>
public abstract record Question<TAnswer> : Question;

/// <summary>The answer that there is none, for a reason that a person can mend: the activity that asked becomes an incident.</summary>
/// <param name="Reason">What is missing and the way out, in a sentence.</param>
public sealed record Unanswerable(string Reason);
