namespace EngagementFlows.Engagements.Tasks;

/// <summary>The names of the waits of our activities.</summary>
public static class WaitNames
{
    /// <summary>Waits for the outcome of a human task; the key is the task's id.</summary>
    public const string Task = "EngagementFlows.Task";

    /// <summary>Waits for an answer through a link; the key is the link's id.</summary>
    public const string Link = "EngagementFlows.Link";

    /// <summary>Waits for the instant of a reminder.</summary>
    public const string Reminder = "EngagementFlows.Reminder";

    /// <summary>Waits for the instant of an escalation.</summary>
    public const string Escalation = "EngagementFlows.Escalation";

    /// <summary>Waits for the instant at which the activity gives up.</summary>
    public const string TimeOut = "EngagementFlows.TimeOut";
}
