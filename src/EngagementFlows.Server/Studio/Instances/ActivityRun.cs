using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>One execution of an activity, as far as the journal tells of it.</summary>
internal sealed class ActivityRun
{
    public required Guid Id { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityType { get; init; }

    public required string NodeId { get; init; }

    /// <summary>Gets the activity in the picture; <see langword="null"/> if the definition does not have it any more.</summary>
    public DrawnActivity? Activity { get; init; }

    /// <summary>Gets the execution of the enclosing activity.</summary>
    public ActivityRun? Parent { get; init; }

    /// <summary>Gets what led to it: the activity before it in a flowchart, else the enclosing one.</summary>
    public ActivityRun? Cause { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string Status { get; private set; } = "Running";

    public bool IsWaiting { get; private set; }

    public int Faults { get; private set; }

    public string? Failure { get; private set; }

    public IReadOnlyList<string>? Outcomes { get; private set; }

    public bool IsOver => EndedAt is not null;

    /// <summary>Takes over what a line of the journal says.</summary>
    public void Hear(JournalEntry entry, DateTimeOffset at)
    {
        switch (entry.Event)
        {
            case "Suspended":
                IsWaiting = true;
                break;
            case "Resumed":
                IsWaiting = false;
                break;
            case "Completed":
                End("Completed", at);
                Outcomes = entry.Outcomes;
                break;
            case "Canceled":
                End("Canceled", at);
                break;
            case "Faulted":
                (Status, IsWaiting, Failure) = ("Faulted", false, entry.Text);
                Faults++;
                break;
            case "Retried":
            case "Skipped":
                (Status, Failure) = ("Running", null);
                break;
        }
    }

    private void End(string status, DateTimeOffset at) => (Status, EndedAt, IsWaiting) = (status, at, false);
}
