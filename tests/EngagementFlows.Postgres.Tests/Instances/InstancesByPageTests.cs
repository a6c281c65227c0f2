using EngagementFlows.Postgres.Instances;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Instances;

/// <summary>The list with page numbers among many instances: how far counts are exact, and that its plans walk the index that fits the filter.</summary>
public sealed class InstancesByPageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int Rows = 30_000;

    public async Task InitializeAsync()
    {
        // The oldest are the many that ended well.
        await postgres.ExecuteAsync($"""
            insert into instance (id, definition_id, definition_version_id, version, status, correlation_id, name, revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state)
            select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'd' || n % 100, 'v', 1, s.status, null, 'n' || n, 1, now(), now(), case when s.status <> 'suspended' then now() end, false, 0, decode(repeat(md5(n::text), 18), 'hex')
            from generate_series(1, {Rows}) n
            cross join lateral (select case when n % 500 = 0 then 'faulted' when n % 250 = 0 then 'suspended' else 'finished' end status) s
            """);
        await postgres.ExecuteAsync("""
            insert into bookmark (instance_id, id, activity_id, execution_id, name, created_at)
            select i.id, w.id, 'A', i.id, 'Elsa.Event', now() from instance i cross join lateral (values (i.id), (gen_random_uuid())) w(id) where i.finished_at is null
            """);
        await postgres.ExecuteAsync("insert into instance_ended_badly (instance_id) select id from instance where status = 'faulted'");
        foreach (string table in (string[])["instance", "bookmark", "instance_ended_badly"])
            await postgres.ExecuteAsync($"vacuum analyze {table}");
    }

    public async Task DisposeAsync() => await postgres.ExecuteAsync("truncate instance, bookmark, instance_ended_badly");

    [Fact]
    public async Task Count_IsExactToTenThousand_AndAnEstimateBeyond()
    {
        (await CountAsync(new())).Should().Be(new InstanceCount(Rows, IsEstimate: true), "the statistics are fresh");
        (await CountAsync(new() { States = ["finished"] })).IsEstimate.Should().BeTrue();
        (await CountAsync(new() { DefinitionIds = ["d7"] })).Should().Be(new InstanceCount(300, IsEstimate: false));
        (await CountAsync(new() { States = ["faulted"] })).Should().Be(new InstanceCount(60, IsEstimate: false));
        (await CountAsync(new() { States = ["pending", "running", "suspended", "stalled"] })).Should().Be(new InstanceCount(60, IsEstimate: false), "who waits for two things is one");
        (await CountAsync(new() { States = ["finished"] })).Number.Should().BeInRange(29_000, 31_000, "a state is estimated by itself");
    }

    [Fact]
    public async Task Living_AreListedNewestFirst_WhateverTheyWaitFor()
    {
        string[] names = [.. Enumerable.Range(1, Rows).Reverse().Where(n => n % 250 == 0 && n % 500 != 0).Select(n => $"n{n}")];

        (await ListAsync(new() { States = ["suspended"] }, isDescending: true)).Should().Equal(names);
        (await ListAsync(new() { States = ["suspended"] }, isDescending: false)).Should().Equal(names.Reverse());
        (await ListAsync(new() { States = ["suspended"], DefinitionIds = ["d50"] }, isDescending: true)).Should().Equal(names);
    }

    [Fact]
    public async Task FarPage_FollowsThePageBeforeIt()
    {
        IReadOnlyList<InstanceSummary> page = await PageAsync(new(), 20_000);

        page.Select(instance => instance.Name).Should().Equal(Enumerable.Range(0, 10).Select(n => $"n{Rows - 20_000 - n}"));
    }

    [Fact]
    public async Task Plans_WalkTheIndexThatFits()
    {
        foreach ((InstancesSought sought, string index) in new[]
            {
                (new InstancesSought(), "instance_pkey"),
                (new InstancesSought { DefinitionIds = ["d7"] }, "instance_definition"),
                (new InstancesSought { States = ["suspended"] }, "bookmark b"),
                (new InstancesSought { States = ["suspended"], DefinitionIds = ["d7"] }, "instance_definition"),
                (new InstancesSought { States = ["suspended"], DefinitionIds = ["d7", "d50"] }, "bookmark b"),
                (new InstancesSought { States = ["faulted"] }, "instance_ended_badly"),
                (new InstancesSought { States = ["stalled"] }, "instance_stalled"),
                (new InstancesSought { HasIncidents = true }, "instance_with_incidents"),
                (new InstancesSought { Text = "00000000-0000-7000-8000-000000000007" }, "instance_pkey"),
            })
        {
            string plan = await ExplainAsync(sought);
            plan.Should().Contain(index).And.NotContain("Seq Scan on instance i");
            plan.Should().Contain("hashed", "what is closed is asked of a set, not of a function for each row");
        }
    }

    [Fact]
    public async Task List_AskedOftenOnOneConnection_IsPlannedForItsFiltersEachTime()
    {
        await using NpgsqlDataSource one = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxPoolSize = 1, MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 });
        for (int i = 0; i < 20; i++)
            await ListInstancesByPage.ExecuteAsync(one, new(), InstanceOrder.Created, isDescending: true, 0, 10, CancellationToken.None);

        await using NpgsqlCommand command = one.CreateCommand("select generic_plans || ' generic, ' || (custom_plans > 10) from pg_prepared_statements where statement like '%closed_correlations%'");
        (await command.ExecuteScalarAsync()).Should().Be("0 generic, true");
    }

    private Task<InstanceCount> CountAsync(InstancesSought sought) => CountInstancesSought.ExecuteAsync(postgres.DataSource, sought, CancellationToken.None);

    private Task<IReadOnlyList<InstanceSummary>> PageAsync(InstancesSought sought, long skip) =>
        ListInstancesByPage.ExecuteAsync(postgres.DataSource, sought, InstanceOrder.Created, isDescending: true, skip, 10, CancellationToken.None);

    private async Task<IEnumerable<string?>> ListAsync(InstancesSought sought, bool isDescending) =>
        (await ListInstancesByPage.ExecuteAsync(postgres.DataSource, sought, InstanceOrder.Created, isDescending, 0, 1_000, CancellationToken.None)).Select(instance => instance.Name);

    private async Task<string> ExplainAsync(InstancesSought sought)
    {
        await using NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync();
        string name = await InstanceSearch.ChooseAsync(connection, sought, "Sql", "LivingSql", "EndedBadlySql", CancellationToken.None);
        string sql = Statements.Statements.All.Single(statement => statement.Name == $"ListInstancesByPage.{name}").Sql;
        await using NpgsqlCommand command = postgres.DataSource.CreateCommand("explain (costs off) " + sql);
        InstanceSearch.Bind(command.Parameters, sought);
        command.Parameters.Add(new() { Value = "Created" });
        command.Parameters.Add(new() { Value = true });
        command.Parameters.Add(new() { Value = 0L });
        command.Parameters.Add(new() { Value = 10L });
        List<string> lines = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
