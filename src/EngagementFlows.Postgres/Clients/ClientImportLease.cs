using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>An import that one worker holds.</summary>
/// <param name="Id">The import.</param>
/// <param name="State"><c>running</c>: the file is to be stored; <c>starting</c>: it is, and flows are to be started.</param>
/// <param name="Attempt">The number of this attempt: what fences an earlier one that was only slow.</param>
/// <param name="By">Who confirmed it.</param>
/// <param name="StartsFlows">Whether new clients' intake is started.</param>
/// <param name="Content">The file; <see langword="null"/> once it is stored.</param>
public sealed record ClaimedClientImport(Guid Id, string State, int Attempt, string By, bool StartsFlows, byte[]? Content);

/// <summary>Claims imports for one worker and keeps what it holds; every statement is fenced by the attempt.</summary>
public sealed class ClientImportLease(NpgsqlDataSource dataSource)
{
    // One at a time in the whole house: the next one waits while a lease lives. A dead worker's attempt was rolled back with its connection, so the next begins anew.
    private const string ClaimSql = """
        update client_import
        set state = case when state = 'starting' then 'starting' else 'running' end, attempt = attempt + 1,
            lines_done = case when state = 'starting' then lines_done else 0 end, lease_expires_at = now() + interval '30 seconds'
        where id = (
          select i.id from client_import i
          where i.state in ('queued', 'running', 'starting')
            and not exists (select 1 from client_import other where other.state in ('running', 'starting') and other.lease_expires_at > now())
          order by i.state = 'queued', i.confirmed_at, i.id
          limit 1
          for update skip locked)
        returning id, state, attempt, confirmed_by, starts_flows, content
        """;

    private const string RenewSql = """
        update client_import
        set lines_done = greatest(lines_done, $3), lease_expires_at = now() + interval '30 seconds'
        where id = $1 and attempt = $2 and state in ('running', 'starting')
        """;

    // In the import's own transaction: stored and told are one fact.
    private const string StoredSql = """
        update client_import
        set state = case when starts_flows and $3 > 0 then 'starting' else 'done' end, content = null, preview = (preview::jsonb || '{"sample": [], "faults": []}')::json, lines_done = lines, made = $3,
            lease_expires_at = case when starts_flows and $3 > 0 then lease_expires_at end, ended_at = case when starts_flows and $3 > 0 then null else now() end
        where id = $1 and attempt = $2 and state = 'running'
        """;

    private const string KeepStartsSql = """
        insert into client_import_start (import_id, engagement_id)
        select $1, engagement_id from unnest($2::uuid[]) s(engagement_id)
        """;

    private const string EndSql = """
        update client_import
        set state = $4, failure = left($3, 2000), failure_zh = left($5, 2000), ended_at = now(), lease_expires_at = null, content = null, preview = (preview::jsonb || '{"sample": [], "faults": []}')::json
        where id = $1 and attempt = $2 and state in ('running', 'starting')
        """;

    /// <summary>Claims the import that is next; <see langword="null"/> = none, or another one is under way.</summary>
    public async Task<ClaimedClientImport?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ClaimSql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetBoolean(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5))
            : null;
    }

    /// <summary>Shows progress and keeps the lease; <see langword="false"/> = somebody else holds it by now.</summary>
    public async Task<bool> RenewAsync(ClaimedClientImport claimed, int linesDone, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RenewSql);
        command.Parameters.AddUuid(claimed.Id);
        command.Parameters.AddInteger(claimed.Attempt);
        command.Parameters.AddInteger(linesDone);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Marks the import as stored, in its own transaction; <see langword="false"/> = somebody else holds it by now, nothing may be committed.</summary>
    public static async Task<bool> StoredAsync(
        NpgsqlTransaction transaction, ClaimedClientImport claimed, IReadOnlyList<ImportedEngagement> engagements, CancellationToken cancellationToken)
    {
        Guid[] made = [.. engagements.Where(engagement => engagement.IsNew).Select(engagement => engagement.EngagementId)];
        await using NpgsqlCommand command = new(StoredSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(claimed.Id);
        command.Parameters.AddInteger(claimed.Attempt);
        command.Parameters.AddInteger(made.Length);
        if (await command.ExecuteNonQueryAsync(cancellationToken) != 1)
            return false;
        if (!claimed.StartsFlows || made.Length == 0)
            return true;
        await using NpgsqlCommand keep = new(KeepStartsSql, transaction.Connection, transaction);
        keep.Parameters.AddUuid(claimed.Id);
        keep.Parameters.AddUuids(made);
        await keep.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends the import.</summary>
    /// <param name="claimed">The import.</param>
    /// <param name="state"><c>done</c> or <c>failed</c>.</param>
    /// <param name="failure">Why it failed, or what could not be done after it; <see langword="null"/> if all is well.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task EndAsync(ClaimedClientImport claimed, string state, LocalizedText? failure, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(EndSql);
        command.Parameters.AddUuid(claimed.Id);
        command.Parameters.AddInteger(claimed.Attempt);
        command.Parameters.AddText(failure?.En);
        command.Parameters.AddText(state);
        command.Parameters.AddText(failure?.ZhCn);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
