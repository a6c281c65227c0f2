namespace EngagementFlows.Postgres.Migrations;

/// <summary>Says why a database cannot be brought to this build's schema, and what to do.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MigrationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public MigrationException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
