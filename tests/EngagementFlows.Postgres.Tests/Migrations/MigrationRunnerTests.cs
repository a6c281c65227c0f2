using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Migrations;

public sealed class MigrationRunnerTests(EmptyPostgresFixture postgres) : IClassFixture<EmptyPostgresFixture>
{
    [Fact]
    public async Task RunAsync_ManyAtOnce_EachMigrationIsAppliedOnce()
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(await postgres.CreateAnotherDatabaseAsync());

        IReadOnlyList<string>[] applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new MigrationRunner(dataSource).RunAsync(CancellationToken.None)));

        applied.SelectMany(names => names).Should().Equal(Migration.All.Select(migration => migration.Name));
        (await new MigrationRunner(dataSource).ListPendingAsync(CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_DatabaseOfANewerBuild_SaysSo()
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(await postgres.CreateAnotherDatabaseAsync());
        await new MigrationRunner(dataSource).RunAsync(CancellationToken.None);
        await using (NpgsqlCommand newer = dataSource.CreateCommand("insert into schema_migration (number, name, hash) values (9000, '9000_future', 'x')"))
            await newer.ExecuteNonQueryAsync();

        Func<Task> run = () => new MigrationRunner(dataSource).RunAsync(CancellationToken.None);

        (await run.Should().ThrowAsync<MigrationException>()).Which.Message.Should().Contain("'9000_future'");
    }

    [Fact]
    public async Task RunAsync_MigrationEditedAfterwards_SaysSo()
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(await postgres.CreateAnotherDatabaseAsync());
        await new MigrationRunner(dataSource).RunAsync(CancellationToken.None);
        await using (NpgsqlCommand edit = dataSource.CreateCommand("update schema_migration set hash = 'other' where number = 1"))
            await edit.ExecuteNonQueryAsync();

        Func<Task> run = () => new MigrationRunner(dataSource).RunAsync(CancellationToken.None);

        (await run.Should().ThrowAsync<MigrationException>()).Which.Message.Should().Contain("'0001_instances'");
    }
}
