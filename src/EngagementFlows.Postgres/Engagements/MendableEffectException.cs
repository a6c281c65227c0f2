namespace EngagementFlows.Postgres.Engagements;

/// <summary>Says that an effect cannot be written as things stand, and that a person can mend it – a template, an address, an assignee – and try again.</summary>
public sealed class MendableEffectException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MendableEffectException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public MendableEffectException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
