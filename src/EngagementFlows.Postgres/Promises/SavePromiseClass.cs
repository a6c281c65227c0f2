using EngagementFlows.Engagements.Promises;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>Writes or removes a row of the promise table, if it still is as its changer saw it. Runs in the caller's transaction. Clocks that run keep their limit.</summary>
public static class SavePromiseClass
{
    // One statement for both: who makes a class that somebody has just made, or changes one that somebody has just removed, hits no row.
    private const string Sql = """
        with made as (
          insert into promise_class (id, name_en, name_zh, answer, solution, changed_at, changed_by)
          select $1, $3, $4, $5, $6, $7, $8 where $2::bigint = 0
          on conflict (id) do nothing
          returning id
        ), changed as (
          update promise_class set name_en = $3, name_zh = $4, answer = $5, solution = $6, revision = revision + 1, changed_at = $7, changed_by = $8
          where id = $1 and revision = $2
          returning id
        )
        select count(*) from (select id from made union all select id from changed) hit
        """;

    private const string TiersSql = """
        with gone as (
          delete from promise_tier where class_id = $1 and tier <> all ($2)
        )
        insert into promise_tier (class_id, tier, answer, solution)
        select $1, t.* from unnest($2::smallint[], $3::text[], $4::text[]) t
        on conflict (class_id, tier) do update set answer = excluded.answer, solution = excluded.solution
        """;

    private const string RemoveSql = "delete from promise_class where id = $1 and revision = $2";

    /// <summary>Writes it; returns whether it was there in the revision that <paramref name="promise"/> names (0 = was not there).</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, PromiseClass promise, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand command = new(Sql, transaction.Connection, transaction))
        {
            command.Parameters.AddText(promise.Id);
            command.Parameters.AddBigint(promise.Revision);
            command.Parameters.AddText(promise.Name.En);
            command.Parameters.AddText(promise.Name.ZhCn);
            command.Parameters.AddText(promise.Times.Answer);
            command.Parameters.AddText(promise.Times.Solution);
            command.Parameters.AddInstant(now);
            command.Parameters.AddText(by);
            if (await command.ExecuteScalarAsync(cancellationToken) is not 1L)
                return false;
        }

        await using NpgsqlCommand tiers = new(TiersSql, transaction.Connection, transaction);
        tiers.Parameters.AddText(promise.Id);
        tiers.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. promise.Tiers.Keys.Select(tier => (short)tier)] });
        tiers.Parameters.AddTexts([.. promise.Tiers.Values.Select(times => times.Answer)]);
        tiers.Parameters.AddTexts([.. promise.Tiers.Values.Select(times => times.Solution)]);
        await tiers.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    /// <summary>Removes it; returns whether it was there in that revision.</summary>
    public static async Task<bool> RemoveAsync(NpgsqlTransaction transaction, string id, long revision, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(RemoveSql, transaction.Connection, transaction);
        command.Parameters.AddText(id);
        command.Parameters.AddBigint(revision);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
