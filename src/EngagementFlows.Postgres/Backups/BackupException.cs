namespace EngagementFlows.Postgres.Backups;

/// <summary>Says why a backup could not be made or restored, and what to do. Nothing was changed.</summary>
public sealed class BackupException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BackupException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public BackupException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
