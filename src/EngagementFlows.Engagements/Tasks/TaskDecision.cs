using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>What becomes of a person's attempt to complete a task.</summary>
public enum TaskVerdict
{
    /// <summary>It may be stored; the store's guard makes sure that it is stored once.</summary>
    Allowed,

    /// <summary>It was completed, expired or withdrawn before.</summary>
    AlreadyClosed,

    /// <summary>The task is another's.</summary>
    NotYours,

    /// <summary>The person asked for what is decided here.</summary>
    OwnRequest,

    /// <summary>The person answered another task of the same approval: each voice counts once.</summary>
    AlreadyHeard,

    /// <summary>The document was replaced by a newer version, or is frozen.</summary>
    OutdatedVersion,

    /// <summary>The task has no such outcome.</summary>
    UnknownOutcome,

    /// <summary>This outcome needs a comment.</summary>
    CommentMissing,

    /// <summary>The comment cannot be stored as it is.</summary>
    CommentFaulty,
}

/// <summary>Decides who may complete a task, and how.</summary>
public static class TaskDecision
{
    /// <summary>Tells whether the person holds the task: named, by role, or since its escalation.</summary>
    public static bool IsHeldBy(HumanTask task, Person person) =>
        person.IsActive && (Covers(task.Assignee, person) || (task.EscalatedTo is not null && Covers(task.EscalatedTo, person)));

    /// <summary>Tells whether the person may give the task to somebody else: operators and administrators, and whoever holds it.</summary>
    public static bool MayReassign(HumanTask task, Person person) =>
        person.IsActive && task.State == TaskState.Open && (person.Is(StaffRoles.Operator) || person.Is(StaffRoles.Administrator) || IsHeldBy(task, person));

    /// <summary>Tells whether the person may read the task: whoever holds or did it, and those who watch over all tasks.</summary>
    public static bool MayRead(HumanTask task, Person person) =>
        IsHeldBy(task, person) || task.CompletedById == person.Id
        || person.Is(StaffRoles.Operator) || person.Is(StaffRoles.Administrator) || person.Is(StaffRoles.Auditor);

    /// <summary>Decides about completing the task with <paramref name="outcome"/>.</summary>
    public static TaskVerdict ToComplete(HumanTask task, Person person, string outcome, string? comment)
    {
        // Whose task it is comes first: a stranger learns nothing about its state.
        if (!IsHeldBy(task, person))
            return TaskVerdict.NotYours;
        if (task.State != TaskState.Open)
            return TaskVerdict.AlreadyClosed;
        if (task.Kind == TaskKind.Approval && task.RequestedById == person.Id)
            return TaskVerdict.OwnRequest;
        if (task.PanelVoices.Contains(person.Id))
            return TaskVerdict.AlreadyHeard;
        if (task.Kind == TaskKind.Approval && !task.IsDocumentCurrent)
            return TaskVerdict.OutdatedVersion;
        if (!task.Outcomes.Contains(outcome, StringComparer.Ordinal))
            return TaskVerdict.UnknownOutcome;
        if (string.IsNullOrWhiteSpace(comment))
            return NeedsComment(outcome) ? TaskVerdict.CommentMissing : TaskVerdict.Allowed;
        return TextRule.FaultOfText(comment, TextRule.CommentLength) is null ? TaskVerdict.Allowed : TaskVerdict.CommentFaulty;
    }

    /// <summary>Tells whether an outcome must be explained: whoever is rejected or has to do it again wants to know why.</summary>
    public static bool NeedsComment(string outcome) => outcome is TaskOutcomes.Rejected or TaskOutcomes.Returned or TaskOutcomes.Incomplete;

    /// <summary>Tells whether the task's form is left out with an outcome: what did not happen or goes back has nothing to fill in. What was filled in all the same is not kept.</summary>
    public static bool LeavesFormOut(string outcome) => outcome is TaskOutcomes.Missed or TaskOutcomes.GivenUp or TaskOutcomes.Rejected or TaskOutcomes.Returned;

    private static bool Covers(TaskHolder holder, Person person) =>
        holder.PersonId == person.Id || (holder.Role is not null && person.Is(holder.Role));
}
