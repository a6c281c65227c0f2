using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Guards a commit that writes to clients or about them: none of them is erased, and none is while it commits.</summary>
/// <remarks>What was read before the guard may be older than an erasure; with it the commit comes before the erasure, which then finds what it wrote, or is refused.</remarks>
internal static class RequireClients
{
    private const string Sql = """
        with living as (
          select 1 from client where id = any ($1) and erased_at is null for key share
        )
        select require_rows(count(*), $2, 'The client was erased in the meantime. Nothing is written to him or about him any more.') from living
        """;

    public static NpgsqlBatchCommand Create(Guid[] clients)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(clients);
        command.Parameters.AddBigint(clients.Length);
        return command;
    }
}
