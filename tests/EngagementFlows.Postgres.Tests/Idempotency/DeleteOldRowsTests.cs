using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Idempotency;

public sealed class DeleteOldRowsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ExecuteAsync_MoreThanABatchOfOldRows_LeavesOnlyWhatIsStillPromised()
    {
        await postgres.ExecuteAsync(
            """
            insert into idempotency (caller, key, request_hash, status, answer, created_at)
            select 'c', 'old ' || n, sha256('x'), 200, ''::bytea, now() - interval '7 days 1 minute' from generate_series(1, 2500) n
            union all
            select 'c', 'young', sha256('x'), 200, ''::bytea, now() - interval '6 days 23 hours'
            """);
        await postgres.ExecuteAsync(
            """
            insert into event (id, name, payload, published_at, expires_at, started_instances)
            select gen_random_uuid(), 'Old', '{}'::json, now() - interval '2 days', now() - interval '25 hours', '{}'::uuid[] from generate_series(1, 1000)
            union all
            select gen_random_uuid(), 'Young', '{}'::json, now() - interval '1 day', now() - interval '23 hours', '{}'::uuid[]
            """);

        await DeleteOldRows.ExecuteAsync(postgres.DataSource, default);

        (await postgres.ScalarAsync<string>("select string_agg(key, ',') from idempotency")).Should().Be("young");
        (await postgres.ScalarAsync<string>("select string_agg(name, ',') from event")).Should().Be("Young");
    }
}
