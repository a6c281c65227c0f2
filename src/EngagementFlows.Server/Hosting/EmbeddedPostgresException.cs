namespace EngagementFlows.Server.Hosting;

/// <summary>Says why the embedded PostgreSQL could not be started and what to do.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EmbeddedPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public EmbeddedPostgresException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
