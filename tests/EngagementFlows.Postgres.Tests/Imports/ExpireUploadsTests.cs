using EngagementFlows.Postgres.Imports;
using EngagementFlows.Postgres.Tests.Instances;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Imports;

/// <summary>What people upload and forget does not stay: of a file of clients nothing is left but its name and its counts.</summary>
public sealed class ExpireUploadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Clients = """
        insert into client_import (id, file_name, content, state, uploaded_at, uploaded_by, confirmed_at, confirmed_by, preview, lines, fault_count)
        select gen_random_uuid(), $1 || n, case when $2 = 'faulty' then null else 'a,b'::bytea end, $2, now() - $3, 'Mia', case when $2 = 'queued' then now() end,
          case when $2 = 'queued' then 'Mia' end, '{"encoding":"UTF-8","sample":[{"line":1,"fields":["ann@a.example"]}],"faults":[]}', 1, case when $2 = 'faulty' then 1 else 0 end
        from generate_series(1, $4) n
        """;

    private const string Definitions = """
        insert into definition_import (id, file_name, content, state, uploaded_at, uploaded_by, outcome)
        select gen_random_uuid(), $1 || n, case when $2 = 'faulty' then null else '{}'::bytea end, $2, now() - $3, 'Mia', '{}' from generate_series(1, $4) n
        """;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Old = Kept + TimeSpan.FromMinutes(1);

    public async Task InitializeAsync() => await postgres.ExecuteAsync("truncate client_import, definition_import cascade");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task ExecuteAsync_MoreThanABatch_TakesTheContentOfAllThatNobodyDecidedAbout()
    {
        await UploadAsync(Clients, "old ", "previewed", Old, 45);
        await UploadAsync(Clients, "old faulty ", "faulty", Old, 1);
        await UploadAsync(Definitions, "old ", "previewed", Old, 45);

        await ExpireUploads.ExecuteAsync(postgres.DataSource, Kept, default);

        (await CountAsync("client_import where state = 'expired' and content is null and ended_at is not null and preview::text not like '%ann@a.example%'")).Should().Be(46);
        (await postgres.ScalarAsync<string>("select distinct preview->>'encoding' from client_import")).Should().Be("UTF-8", "what tells nothing about people stays");
        (await CountAsync("definition_import where state = 'expired' and content is null and ended_at is not null and ended_by is null")).Should().Be(45);
    }

    [Fact]
    public async Task ExecuteAsync_YoungOrDecided_StaysAsItIs()
    {
        await UploadAsync(Clients, "young ", "previewed", Kept - TimeSpan.FromMinutes(1), 1);
        await UploadAsync(Clients, "confirmed ", "queued", Old, 1);
        await UploadAsync(Definitions, "young ", "previewed", Kept - TimeSpan.FromMinutes(1), 1);

        await ExpireUploads.ExecuteAsync(postgres.DataSource, Kept, default);

        (await CountAsync("client_import where state in ('previewed', 'queued') and content is not null")).Should().Be(2);
        (await CountAsync("definition_import where state = 'previewed' and content is not null")).Should().Be(1);
    }

    [Fact]
    public async Task ExecuteAsync_WhileSomebodyDecides_LeavesItToHimAndWaitsForNobody()
    {
        await UploadAsync(Clients, "deciding ", "previewed", Old, 1);
        await UploadAsync(Clients, "forgotten ", "previewed", Old, 1);
        await using NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync();
        await using NpgsqlTransaction decision = await connection.BeginTransactionAsync();
        await using NpgsqlCommand confirm = new("update client_import set state = 'queued', confirmed_at = now(), confirmed_by = 'Mia' where file_name = 'deciding 1'", connection, decision);
        await confirm.ExecuteNonQueryAsync();

        await ExpireUploads.ExecuteAsync(postgres.DataSource, Kept, default);
        await decision.CommitAsync();

        (await postgres.ScalarAsync<string>("select string_agg(state, ',' order by file_name) from client_import")).Should().Be("queued,expired");
    }

    [Fact]
    public async Task Engine_KeepsHouse_ByItself()
    {
        await UploadAsync(Clients, "old ", "previewed", Old, 1);
        await UploadAsync(Clients, "young ", "previewed", Kept - TimeSpan.FromMinutes(1), 1);
        using CancellationTokenSource stop = new();
        await using TinyEngine process = new(postgres.ConnectionString, options: new() { Housekeeping = TimeSpan.FromMilliseconds(50), KeepUndecidedUploads = Kept });

        Task running = process.Engine.RunAsync(stop.Token);
        await Eventually.BecomesAsync(() => postgres.ScalarAsync<string>("select string_agg(state, ',' order by file_name) from client_import"), "expired,previewed");
        await stop.CancelAsync();
        await running;
    }

    private async Task UploadAsync(string sql, string name, string state, TimeSpan ago, int count) => await postgres.ExecuteAsync(sql, name, state, ago, count);

    private Task<long> CountAsync(string rows) => postgres.ScalarAsync<long>("select count(*) from " + rows);
}
