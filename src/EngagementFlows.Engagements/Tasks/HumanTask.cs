using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>Where a human task stands in its life.</summary>
public enum TaskState
{
    /// <summary>It waits for a person.</summary>
    Open,

    /// <summary>A person gave it an outcome.</summary>
    Completed,

    /// <summary>Its time ran out.</summary>
    Expired,

    /// <summary>Its step ended in another way, or its instance was cancelled.</summary>
    Withdrawn,
}

/// <summary>What kind of answer a human task wants.</summary>
public enum TaskKind
{
    /// <summary>Something has to be done.</summary>
    Work,

    /// <summary>Something has to be decided; nobody decides about his own request.</summary>
    Approval,
}

/// <summary>Who may do a task: a person, or everybody with a role.</summary>
/// <param name="PersonId">The person, or <see langword="null"/> if a role is meant.</param>
/// <param name="Role">The role, or <see langword="null"/> if a person is meant.</param>
public sealed record TaskHolder(Guid? PersonId, string? Role);

/// <summary>Work of a person that an instance waits for.</summary>
public sealed record HumanTask
{
    /// <summary>Gets the task's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the instance that waits.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>Gets the wait that the outcome resumes.</summary>
    public required Guid BookmarkId { get; init; }

    /// <summary>Gets the engagement.</summary>
    public required Guid EngagementId { get; init; }

    /// <summary>Gets the process version whose form is shown.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>Gets what kind of answer is wanted.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>Gets what is to be done, in a line.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Gets how to do it; <see langword="null"/> if the title says it all.</summary>
    public LocalizedText? Instructions { get; init; }

    /// <summary>Gets the form to fill in, <c>forms/check.json</c>, or <see langword="null"/>.</summary>
    public string? FormPath { get; init; }

    /// <summary>Gets the outcomes to choose from.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Gets who does it.</summary>
    public required TaskHolder Assignee { get; init; }

    /// <summary>Gets who may do it as well since it was escalated, or <see langword="null"/>.</summary>
    public TaskHolder? EscalatedTo { get; init; }

    /// <summary>Gets the person whose request an approval is about and who therefore may not decide it, or <see langword="null"/>.</summary>
    public Guid? RequestedById { get; init; }

    /// <summary>Gets what the tasks of one approval by several people have in common; <see langword="null"/> if one person is asked.</summary>
    public Guid? PanelId { get; init; }

    /// <summary>Gets the people who answered another task of the same panel, and therefore may not answer this one.</summary>
    public IReadOnlyList<Guid> PanelVoices { get; init; } = [];

    /// <summary>Gets the version of a document that is shown and decided about, or <see langword="null"/>.</summary>
    public Guid? DocumentVersionId { get; init; }

    /// <summary>Gets whether that version is the newest of its document still; true without a document.</summary>
    public bool IsDocumentCurrent { get; init; } = true;

    /// <summary>Gets where it stands.</summary>
    public required TaskState State { get; init; }

    /// <summary>Gets when it was given.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Gets the instant by which it is to be done, or <see langword="null"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets whether that instant was computed from a year whose holidays were not published yet, so that it may move.</summary>
    public bool DueIsProvisional { get; init; }

    /// <summary>Gets when it was completed, expired or withdrawn; <see langword="null"/> while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Gets the outcome once it is completed.</summary>
    public string? Outcome { get; init; }

    /// <summary>Gets the comment given with the outcome, or <see langword="null"/>.</summary>
    public string? Comment { get; init; }

    /// <summary>Gets the person who completed it, or <see langword="null"/>.</summary>
    public Guid? CompletedById { get; init; }

    /// <summary>Gets the number of its changes, from 1.</summary>
    public long Revision { get; init; } = 1;
}
