using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Personnel;
using EngagementFlows.Postgres.Tests.Definitions;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Personnel;

public sealed class InternalEngagementTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Instance_ThatWasClosedOnce_StaysClosed()
    {
        (Guid file, Guid reader) = await OpenAsync();
        Guid named = await InstanceAsync($"'{file:B}'", parent: null);
        Guid child = await InstanceAsync("null", named);
        Guid grandchild = await InstanceAsync("'other'", child);
        Guid other = await InstanceAsync("'other'", parent: null);
        await postgres.ExecuteAsync("delete from instance where id = $1", child);

        FindClosedIds find = new(postgres.DataSource);
        (await find.ExecuteAsync([named, child, grandchild, other, file], viewer: null, CancellationToken.None)).Should().BeEquivalentTo([named, child, grandchild, file]);
        (await find.ExecuteAsync([named, child, grandchild, other, file], reader, CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task Instance_ThatTakesAnotherKey_StaysClosed_AndNoProgramIsTold()
    {
        (Guid file, Guid reader) = await OpenAsync();
        await using PlayedEngine engine = new(postgres.ConnectionString, new TestClock());
        await engine.PublishAsync(PlayedEngine.Definition("leaves", """
            { "id": "Steps", "type": "Elsa.Sequence", "activities": [ { "id": "Wait", "type": "Elsa.Event", "eventName": "Go" },
              { "id": "Leave", "type": "Elsa.Correlate", "correlationId": "other" }, { "id": "Child", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "child" } ] }
            """));
        await engine.PublishAsync(PlayedEngine.Definition("child", """{ "id": "Say", "type": "Elsa.WriteLine", "text": "done" }"""));
        await postgres.ExecuteAsync(
            "insert into webhook (id, name, url, kinds, secret, created_at, created_by, changed_at, changed_by) "
            + "values (gen_random_uuid(), 'all', 'https://other.example', '{instance.started,instance.finished}', 's', now(), 'test', now(), 'test')");
        Guid closed = (await engine.StartAsync("leaves", $"{{{file}}}")).Instance!.Id;
        Guid open = (await engine.StartAsync("leaves", "open")).Instance!.Id;
        foreach (Guid instance in (Guid[])[closed, open])
            await engine.Engine.Gateway.PublishAsync(new(TimeOrderedId.Create(engine.Clock.Now), "Go", null, instance, null), null, default);
        await engine.PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        (await postgres.ScalarAsync<string>("select string_agg(distinct status || ' ' || correlation_id, ', ') from instance where id = any ($1)", (object)new[] { closed, open })).Should().Be("finished other");
        Guid closedChild = await postgres.ScalarAsync<Guid>("select id from instance where parent_instance_id = $1", closed);
        Guid openChild = await postgres.ScalarAsync<Guid>("select id from instance where parent_instance_id = $1", open);
        Guid[] all = [closed, closedChild, open, openChild];
        FindClosedIds find = new(postgres.DataSource);
        (await find.ExecuteAsync(all, viewer: null, CancellationToken.None)).Should().BeEquivalentTo([closed, closedChild]);
        (await find.ExecuteAsync(all, reader, CancellationToken.None)).Should().BeEmpty();
        (await postgres.ScalarAsync<string[]>("select array_agg((payload ->> 'type') || ' ' || (payload #>> '{data,instanceId}')) from outbox where kind = 'webhook' and (payload #>> '{data,instanceId}')::uuid = any ($1)", (object)all))
            .Should().BeEquivalentTo(from id in (Guid[])[open, openChild] from kind in (string[])["started", "finished"] select $"instance.{kind} {id}");
    }

    // Nothing in the database looks at changed keys, so that no transition pays for it: who writes one notes first what closed the instance.
    [Fact]
    public void BusinessKeys_AreChangedByOneStatement() => Statements.Statements.All
        .Where(statement => statement.Sql.Contains("update instance", StringComparison.Ordinal) && statement.Sql.Contains("correlation_id =", StringComparison.Ordinal))
        .Select(statement => statement.Name).Should().Equal("UpdateInstances.Sql");

    [Fact]
    public async Task Firm_IsNoClient()
    {
        (Guid file, Guid reader) = await OpenAsync();
        Guid firm = await postgres.ScalarAsync<Guid>("select client_id from engagement where id = $1", file);

        (await new ListClients(postgres.DataSource).ExecuteAsync(null, null, null, 500, CancellationToken.None)).Items.Should().NotContain(line => line.Id == firm);
        (await new GetClient(postgres.DataSource).ExecuteAsync(firm, CancellationToken.None)).Should().BeNull();
        (await new GetClient(postgres.DataSource).ExecuteAsync(firm, CancellationToken.None, reader))!.Engagements.Should().ContainSingle().Which.Internal!.Kind.Should().Be(InternalAffair.Personnel);
        (await new EraseClient(postgres.DataSource).ExecuteAsync(firm, "Linden", "test", "why", Now, CancellationToken.None)).Should().BeOfType<ClientErasure.NotFound>();
        (await postgres.ScalarAsync<long>("select count(*) from client where is_internal")).Should().Be(1);
    }

    private async Task<(Guid File, Guid Reader)> OpenAsync()
    {
        Guid[] people = [TimeOrderedId.Create(TimeProvider.System.GetUtcNow()), TimeOrderedId.Create(TimeProvider.System.GetUtcNow()), TimeOrderedId.Create(TimeProvider.System.GetUtcNow())];
        foreach (Guid person in people)
            await postgres.ExecuteAsync("insert into person (id, name, email) values ($1, 'Somebody', $2)", person, $"{person:N}@firm.example");
        Guid file = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());
        await using NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        (await OpenInternalEngagement.ExecuteAsync(
            transaction, new(file, InternalAffair.Personnel, "File", people[0], people[1], people[2], people), new("Linden", "en", "UTC"), "test", Now, CancellationToken.None)).Should().BeTrue();
        await transaction.CommitAsync();
        return (file, people[1]);
    }

    private async Task<Guid> InstanceAsync(string correlation, Guid? parent)
    {
        Guid id = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());
        await postgres.ExecuteAsync(
            "insert into instance (id, definition_id, definition_version_id, version, status, correlation_id, parent_instance_id, revision, created_at, updated_at, is_stalled, open_incidents, state) "
            + $"values ($1, 'd', 'd-v1', 1, 'suspended', {correlation}, {(parent is { } above ? $"'{above}'" : "null")}, 1, now(), now(), false, 0, '')",
            id);
        return id;
    }
}
