using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Lets an instance start only while no other one runs, as the definition's activation strategy has it.</summary>
internal static class CheckActivation
{
    /// <summary>The reason that the database gives back when another one runs.</summary>
    public const string Occupied = "occupied";

    // Starts of one key wait for each other here; the statement after it then sees what the earlier one committed.
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended($1, 6))";

    private const string OfDefinition = """
        select require_rows(count(*), 0, 'occupied')
        from (select 1 from instance where definition_id = $1 and finished_at is null and ($2::text is null or correlation_id = $2) limit 1) other
        """;

    private const string OfCorrelation = """
        select require_rows(count(*), 0, 'occupied')
        from (select 1 from instance where correlation_id = $1 and finished_at is null limit 1) other
        """;

    /// <summary>Appends the check for a start by a trigger or by hand; nothing for a strategy that always allows.</summary>
    public static void Append(NpgsqlBatch batch, StartRequested start, ActivationStrategy strategy)
    {
        if (strategy == ActivationStrategy.Always || (strategy == ActivationStrategy.Correlation && start.CorrelationId is null))
            return;
        NpgsqlBatchCommand @lock = new(Lock);
        @lock.Parameters.AddText(strategy == ActivationStrategy.Correlation ? "correlation " + start.CorrelationId : "definition " + start.DefinitionId);
        batch.BatchCommands.Add(@lock);
        NpgsqlBatchCommand check = new(strategy == ActivationStrategy.Correlation ? OfCorrelation : OfDefinition);
        check.Parameters.AddText(strategy == ActivationStrategy.Correlation ? start.CorrelationId : start.DefinitionId);
        if (strategy != ActivationStrategy.Correlation)
            check.Parameters.AddText(strategy == ActivationStrategy.CorrelatedSingleton ? start.CorrelationId : null);
        batch.BatchCommands.Add(check);
    }
}
