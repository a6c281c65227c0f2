namespace EngagementFlows.Engine.Activities;

/// <summary>Says that an activity could not do its work; the runner turns it into an incident.</summary>
public sealed class ActivityFaultException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ActivityFaultException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ActivityFaultException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
