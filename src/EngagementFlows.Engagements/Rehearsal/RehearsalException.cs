namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>Says that a case could not be played: it is not a case, or asks for something that is not there.</summary>
public sealed class RehearsalException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RehearsalException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public RehearsalException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
