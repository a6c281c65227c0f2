using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>An answer that cannot be taken.</summary>
/// <param name="Question">The question's name; within a group the group's name, the row from 0 and the question's name: <c>actions.1.due</c>.</param>
/// <param name="Message">What the person can do about it, in both languages.</param>
public sealed record AnswerFault(string Question, LocalizedText Message)
{
    /// <summary>Gets what the row of the group is called, <c>Action 2</c>; <see langword="null"/> outside of groups.</summary>
    public LocalizedText? Row { get; init; }
}

/// <summary>One answer in its own type; exactly the member that fits <paramref name="Kind"/> is set.</summary>
/// <param name="Question">The question's name; within a group the group's and the question's: <c>actions.due</c>.</param>
/// <param name="Kind">How it was asked.</param>
/// <param name="Text">Texts, mail addresses, single choices.</param>
/// <param name="Number">Numbers and ratings.</param>
/// <param name="Date">Dates.</param>
/// <param name="Flag">Yes or no.</param>
/// <param name="Choices">Several choices.</param>
public sealed record TypedAnswer(
    string Question, QuestionKind Kind, string? Text = null, decimal? Number = null, DateOnly? Date = null, bool? Flag = null, IReadOnlyList<string>? Choices = null)
{
    /// <summary>Gets the number of the row in the group, from 1; <see langword="null"/> outside of groups.</summary>
    public int? Row { get; init; }
}

/// <summary>What a set of answers came to.</summary>
/// <param name="Answers">The answers by question, as flows and pages read them, those of a group as a list of objects; those of questions that were not asked are left out.</param>
/// <param name="Typed">The same, typed, in the order of the questions; for storing and export.</param>
/// <param name="Faults">What cannot be taken; nothing is stored while there is any.</param>
public sealed record FormValidation(PlainObject Answers, IReadOnlyList<TypedAnswer> Typed, IReadOnlyList<AnswerFault> Faults);
