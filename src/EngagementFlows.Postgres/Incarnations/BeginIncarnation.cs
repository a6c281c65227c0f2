using Npgsql;

namespace EngagementFlows.Postgres.Incarnations;

/// <summary>A life of this database that began with a restore.</summary>
/// <param name="Id">Its id.</param>
/// <param name="BeganAt">When the restore ended, by the database's clock.</param>
/// <param name="BackupTakenAt">The instant of the snapshot that was restored.</param>
/// <param name="BegunBy">Who restored.</param>
public sealed record Incarnation(Guid Id, DateTimeOffset BeganAt, DateTimeOffset BackupTakenAt, string BegunBy);

/// <summary>Records that the database lives on from a backup. Runs in the restore's transaction.</summary>
internal static class BeginIncarnation
{
    private const string Sql = "insert into incarnation (id, began_at, backup_taken_at, begun_by) values ($1, $2, $3, $4)";

    public static async Task ExecuteAsync(NpgsqlTransaction transaction, Incarnation incarnation, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(incarnation.Id);
        command.Parameters.AddInstant(incarnation.BeganAt);
        command.Parameters.AddInstant(incarnation.BackupTakenAt);
        command.Parameters.AddText(incarnation.BegunBy);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
