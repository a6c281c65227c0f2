using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Why a commit did not come about.</summary>
internal enum CommitFailure
{
    /// <summary>Somebody else moved the instance on, made it, or stood in the way: run again from what is stored now.</summary>
    Overtaken,

    /// <summary>The activation strategy forbids the start.</summary>
    Occupied,

    /// <summary>A guard of a rider refused, or what the works are about is not there.</summary>
    Refused,

    /// <summary>The connection is gone: whether the commit came about is not known.</summary>
    Unknown,

    /// <summary>What was to be written cannot be written.</summary>
    Poison,
}

/// <summary>Sorts the exceptions of a commit.</summary>
internal static class CommitFailures
{
    private const string Unhit = "EF001";

    public static CommitFailure Sort(Exception fault, NpgsqlConnection connection)
    {
        if (connection.FullState.HasFlag(System.Data.ConnectionState.Broken) || connection.State != System.Data.ConnectionState.Open)
            return CommitFailure.Unknown;
        return fault switch
        {
            PostgresException { SqlState: Unhit, MessageText: UpdateInstances.Overtaken } => CommitFailure.Overtaken,
            PostgresException { SqlState: Unhit, MessageText: CheckActivation.Occupied } => CommitFailure.Occupied,
            PostgresException { SqlState: Unhit } => CommitFailure.Refused,
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "instance_pkey" } => CommitFailure.Overtaken,
            PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable } => CommitFailure.Overtaken,
            PostgresException => CommitFailure.Poison,
            NpgsqlException => CommitFailure.Unknown,
            DomainEffectException => CommitFailure.Refused,
            _ => CommitFailure.Poison,
        };
    }
}
