using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Removes an instance that has ended, with all that it left: journal, incidents, events on their way to it. Its outbox rows and audit entries stay.</summary>
public static class DeleteInstance
{
    private const string Sql = """
        with gone as (
          delete from instance where id = $1 and finished_at is not null returning id
        ), bookmarks as (
          delete from bookmark using gone where instance_id = gone.id
        ), facts as (
          delete from inbox using gone where instance_id = gone.id
        ), entries as (
          delete from journal using gone where instance_id = gone.id
        ), dates as (
          delete from provisional_date using gone where instance_id = gone.id
        ), failures as (
          delete from incident using gone where instance_id = gone.id
        ), ends as (
          delete from instance_ended_badly using gone where instance_id = gone.id
        )
        select count(*) from gone
        """;

    /// <summary>Returns whether it was there and had ended; a running one is cancelled first. Runs in the caller's transaction.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }
}
