using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Tests.Definitions;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Instances;

/// <summary>The living are found by what keeps them alive, those that ended badly by what their last commit noted: over instances of each fate it is what their own state says.</summary>
public sealed class InstancesByStateTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly string[] Living = ["pending", "running", "suspended", "stalled"];
    private static readonly string[] Bad = ["cancelled", "faulted"];

    private static readonly (string Name, string Options, string Root)[] Flows =
    [
        ("ends", "{}", """{ "id": "Say", "type": "Elsa.WriteLine", "text": "done" }"""),
        ("waits", "{}", """{ "id": "Wait", "type": "Elsa.Event", "eventName": "Go" }"""),
        ("waits-twice", "{}", """
            { "id": "Both", "type": "Elsa.Parallel", "activities": [ { "id": "One", "type": "Elsa.Event", "eventName": "Go" }, { "id": "Two", "type": "Elsa.Event", "eventName": "Stop" } ] }
            """),
        ("fails", "{}", """{ "id": "Break", "type": "Elsa.Fault", "message": "broken" }"""),
        ("fails-for-good", """{ "incidentStrategyType": "Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core" }""", """{ "id": "Break", "type": "Elsa.Fault", "message": "broken" }"""),
        ("stalls", "{}", """
            { "id": "Flow", "type": "Elsa.Flowchart", "activities": [
                { "id": "S", "type": "Elsa.Start" }, { "id": "Q", "type": "Elsa.FlowDecision", "condition": false }, { "id": "A", "type": "Elsa.WriteLine", "text": "a" },
                { "id": "J", "type": "Elsa.FlowJoin", "mode": "WaitAll" } ],
              "connections": [ { "source": { "activity": "S" }, "target": { "activity": "Q" } }, { "source": { "activity": "S" }, "target": { "activity": "A" } },
                { "source": { "activity": "Q", "port": "True" }, "target": { "activity": "J" } }, { "source": { "activity": "A" }, "target": { "activity": "J" } } ] }
            """),
    ];

    [Fact]
    public async Task Lists_FindWhatTheInstancesSayOfThemselves()
    {
        await using PlayedEngine engine = new(postgres.ConnectionString, new TestClock());
        foreach ((string name, string options, string root) in Flows)
            await engine.PublishAsync(PlayedEngine.Definition(name, root, options));
        foreach ((string name, _, _) in Flows)
        {
            Guid kept = await StartAsync(engine, name);
            Guid ended = await StartAsync(engine, name);
            await engine.Engine.Gateway.SubmitAsync(new CancelRequested(ended, "no longer wanted", "test"), null, default);
            await engine.Engine.Gateway.PublishAsync(new(TimeOrderedId.Create(engine.Clock.Now), "Go", null, kept, null), null, default);
        }

        await StartAsync(engine, "waits");

        (await postgres.ScalarAsync<string>("select string_agg(distinct case when is_stalled then 'stalled' else status end, ' ' order by case when is_stalled then 'stalled' else status end) from instance"))
            .Should().Be("cancelled faulted finished stalled suspended", "each fate is among them");
        await CheckAsync();

        Guid bad = await postgres.ScalarAsync<Guid>("select id from instance where status = 'faulted' limit 1");
        await using (NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync())
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            (await DeleteInstance.ExecuteAsync(transaction, bad, default)).Should().BeTrue();
            await transaction.CommitAsync();
        }

        await CheckAsync();
    }

    // Where an index, or its condition, names one of these, no update that changes it is heap-only: each transition changes some, each end the others. Nor may a trigger look at updates.
    [Fact]
    public async Task Updates_StayHeapOnly()
    {
        (await postgres.ScalarAsync<string>(@"select string_agg(indexdef, E'\n') from pg_indexes where tablename = 'instance' and indexdef ~ '\y(status|finished_at|updated_at|revision|state)\y'")).Should().BeNull();
        (await postgres.ScalarAsync<string>("select string_agg(tgname, ', ') from pg_trigger where tgrelid = 'instance'::regclass and not tgisinternal and tgtype & 16 > 0")).Should().BeNull();
    }

    private async Task CheckAsync()
    {
        (await ListAsync(Living)).Should().Equal(await IdsAsync("finished_at is null")).And.NotBeEmpty();
        (await ListAsync(Bad)).Should().Equal(await IdsAsync("status in ('cancelled', 'faulted')")).And.NotBeEmpty();
        foreach (string state in (string[])[.. Living, .. Bad, "finished"])
            (await ListAsync([state])).Should().Equal(await IdsAsync($"case when is_stalled then 'stalled' else status end = '{state}'"), state);
        (await InvariantChecks.CountAsync(postgres.DataSource, default)).Where(result => !result.Invariant.IsWarning && result.Violations > 0).Should().BeEmpty();
    }

    private async Task<IEnumerable<Guid>> ListAsync(string[] states)
    {
        InstancesSought sought = new() { States = states };
        Guid[] ids = [.. (await ListInstancesByPage.ExecuteAsync(postgres.DataSource, sought, InstanceOrder.Created, isDescending: true, 0, 1_000, default)).Select(instance => instance.Id)];
        (await CountInstancesSought.ExecuteAsync(postgres.DataSource, sought, default)).Should().Be(new InstanceCount(ids.Length, IsEstimate: false));
        return ids;
    }

    private async Task<Guid[]> IdsAsync(string condition) => (await postgres.ScalarAsync<Guid[]>($"select coalesce(array_agg(id order by id desc), '{{}}') from instance where {condition}"))!;

    private static async Task<Guid> StartAsync(PlayedEngine engine, string flow)
    {
        StimulusResult result = await engine.StartAsync(flow);
        return result.Instance!.Id;
    }
}
