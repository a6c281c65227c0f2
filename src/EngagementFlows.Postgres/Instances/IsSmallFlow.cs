using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Asks whether a flow has so few instances, living and ended, that looking at all of them is quick.</summary>
internal static class IsSmallFlow
{
    /// <summary>The most instances of a small flow: their rows are read in some tens of milliseconds.</summary>
    public const int Most = 20_000;

    // Of the index alone, and no further than needed.
    private const string Sql = "select count(*) <= $2::bigint from (select from instance where definition_id = $1 limit $2::bigint + 1) few";

    public static async Task<bool> ExecuteAsync(NpgsqlConnection connection, string definitionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddText(definitionId);
        command.Parameters.AddBigint(Most);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
