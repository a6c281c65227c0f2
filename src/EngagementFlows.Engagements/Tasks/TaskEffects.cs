using EngagementFlows.Engine;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>Gives a task to a person or a role, and tells them by mail.</summary>
/// <param name="TaskId">The task's id.</param>
/// <param name="EffectKey">Unique for ever; the recipient is added per mail.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="BookmarkId">The wait that the outcome resumes.</param>
/// <param name="DefinitionVersionId">The process version whose form is shown.</param>
/// <param name="Kind">What kind of answer is wanted.</param>
/// <param name="Assignee">Who does it; the store finds the person in the engagement as it is then.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Outcomes">The outcomes to choose from.</param>
public sealed record TaskOpened(
    Guid TaskId,
    string EffectKey,
    Guid EngagementId,
    Guid BookmarkId,
    string DefinitionVersionId,
    TaskKind Kind,
    AssigneeExpression Assignee,
    LocalizedText Title,
    IReadOnlyList<string> Outcomes) : Effect
{
    /// <summary>Gets how to do it, or <see langword="null"/>.</summary>
    public LocalizedText? Instructions { get; init; }

    /// <summary>Gets the form to fill in, or <see langword="null"/>.</summary>
    public string? FormPath { get; init; }

    /// <summary>Gets the answers that stand in the form at first, by question, or <see langword="null"/>.</summary>
    public PlainObject? Prefill { get; init; }

    /// <summary>Gets the instant by which it is to be done, or <see langword="null"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets whether that instant lies in a year whose holidays are not published yet, so that it may move.</summary>
    public bool DueIsProvisional { get; init; }

    /// <summary>Gets the mail address of the person whose request is decided, or <see langword="null"/>.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Gets what the tasks of one approval by several people have in common, so that nobody answers twice; <see langword="null"/> if one person is asked.</summary>
    public Guid? PanelId { get; init; }

    /// <summary>Gets the version of a document that is shown and decided about, or <see langword="null"/>.</summary>
    public Guid? DocumentVersionId { get; init; }
}

/// <summary>Reminds whoever holds an open task, by mail.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="EffectKey">Unique for ever; the recipient is added per mail.</param>
/// <param name="Number">The number of the reminder, from 1.</param>
public sealed record TaskReminded(Guid TaskId, Guid EngagementId, string EffectKey, int Number) : Effect;

/// <summary>Lets the next person up the ladder do an open task as well, and tells that person by mail.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="EffectKey">Unique for ever; the recipient is added per mail.</param>
public sealed record TaskEscalated(Guid TaskId, Guid EngagementId, string EffectKey) : Effect;

/// <summary>Ends an open task without an outcome; a task that is no longer open stays as it is.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="State"><see cref="TaskState.Expired"/> or <see cref="TaskState.Withdrawn"/>.</param>
public sealed record TaskClosed(Guid TaskId, TaskState State) : Effect;
