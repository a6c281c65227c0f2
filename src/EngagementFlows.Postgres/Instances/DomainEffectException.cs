namespace EngagementFlows.Postgres.Instances;

/// <summary>Says that an effect of the domain cannot be written: its engagement, person or mail is not there. Nothing of the commit is stored; who asked for it is refused with the message.</summary>
public sealed class DomainEffectException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DomainEffectException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public DomainEffectException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
