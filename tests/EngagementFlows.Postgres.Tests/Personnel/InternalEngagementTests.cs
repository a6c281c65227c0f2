using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Personnel;
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
        await postgres.ExecuteAsync("update instance set correlation_id = 'other' where id = $1", named);
        await postgres.ExecuteAsync("delete from instance where id = $1", child);

        FindClosedIds find = new(postgres.DataSource);
        (await find.ExecuteAsync([named, child, grandchild, other, file], viewer: null, CancellationToken.None)).Should().BeEquivalentTo([named, child, grandchild, file]);
        (await find.ExecuteAsync([named, child, grandchild, other, file], reader, CancellationToken.None)).Should().BeEmpty();
    }

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
