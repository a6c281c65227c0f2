using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Engagements;

public sealed class EngagementStoreTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task PrepareAsync_EngagementThatDoesNotExist_StoresNothingAndSaysWhatToDo()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        Guid instance = TimeOrderedId.Create(house.Clock.GetUtcNow());

        StimulusResult result = await house.Engine.Gateway.SubmitAsync(new StartRequested(instance, "client-intake") { CorrelationId = Guid.Empty.ToString("D") }, null, default);

        result.RefusedBy.Should().Match("*does not exist*correlation id*");
        (await GetInstance.ExecuteAsync(house.Queries, instance, default)).Should().BeNull();
    }

    [Fact]
    public async Task PrepareAsync_OneBadStartAmongMany_LeavesTheOthersAlone()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        Task<Guid>[] good = [.. house.Engagements.Keys.Select(client => house.StartAsync("client-intake", client))];
        Task<StimulusResult> bad = house.Engine.Gateway.SubmitAsync(
            new StartRequested(TimeOrderedId.Create(house.Clock.GetUtcNow()), "client-intake") { CorrelationId = Guid.Empty.ToString("D") }, null, default);

        await Task.WhenAll(good);
        (await bad).RefusedBy.Should().Contain("does not exist");

        await using Npgsql.NpgsqlCommand count = house.Queries.CreateCommand("select count(*) from mail");
        (await count.ExecuteScalarAsync()).Should().Be(2L * house.Engagements.Count);
    }
}
