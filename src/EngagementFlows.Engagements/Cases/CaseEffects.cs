using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Cases;

/// <summary>Opens a case.</summary>
/// <param name="CaseId">The case's id.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Kind">A kind of <see cref="CaseKinds"/>.</param>
/// <param name="Class">A class of <see cref="CaseClasses"/>.</param>
/// <param name="Subject">What it is about, in a line.</param>
/// <param name="Description">What was told, or <see langword="null"/>.</param>
/// <param name="RaisedBy">Who told it: a name or a mail address; <see langword="null"/> = the engagement's contact.</param>
public sealed record CaseOpened(Guid CaseId, Guid EngagementId, string Kind, string Class, string Subject, string? Description, string? RaisedBy) : Effect;

/// <summary>Gives an open case to a person.</summary>
/// <param name="CaseId">The case; one that is closed stays as it is.</param>
/// <param name="Owner">The mail address of the member of staff.</param>
/// <param name="IsEscalation">Whether it climbs a rung by this.</param>
public sealed record CaseOwned(Guid CaseId, string Owner, bool IsEscalation) : Effect;

/// <summary>Closes an open case.</summary>
/// <param name="CaseId">The case; one that is closed stays as it is.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Satisfaction">How content the client is, 1 to 5, or <see langword="null"/>.</param>
public sealed record CaseClosed(Guid CaseId, string Outcome, int? Satisfaction) : Effect;

/// <summary>Writes down what was learned from a case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Lesson">The lesson.</param>
public sealed record LessonRecorded(Guid CaseId, string Lesson) : Effect;
