namespace EngagementFlows.CrashDrill.Callers;

/// <summary>One instance as its callers know it: what they said, and what they were told.</summary>
internal sealed class DrilledIntake(int number, Guid engagementId)
{
    /// <summary>Gets the number within the round.</summary>
    public int Number => number;

    /// <summary>Gets the engagement; its id is the correlation id, and one instance is started for it.</summary>
    public Guid EngagementId => engagementId;

    /// <summary>Gets what the client answers.</summary>
    public string Word { get; } = $"answer-{number}";

    /// <summary>Gets what the owner writes at the task.</summary>
    public string Note { get; } = $"note-{number}";

    /// <summary>Gets what the event brings.</summary>
    public string Go { get; } = $"event-{number}";

    /// <summary>Gets or sets the instance of the acknowledged start.</summary>
    public Guid? Started { get; set; }

    /// <summary>Gets or sets whether the client was thanked.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Gets or sets the task whose completion was acknowledged.</summary>
    public Guid? Completed { get; set; }

    /// <summary>Gets or sets the event whose publication was acknowledged.</summary>
    public Guid? Published { get; set; }

    /// <summary>Gets how many facts were acknowledged.</summary>
    public int Acknowledged => (Started is null ? 0 : 1) + (IsAnswered ? 1 : 0) + (Completed is null ? 0 : 1) + (Published is null ? 0 : 1);
}
