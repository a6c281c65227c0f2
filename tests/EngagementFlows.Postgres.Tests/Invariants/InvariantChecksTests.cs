using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Tests.Instances;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Invariants;

public sealed class InvariantChecksTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task CountAsync_AfterOrdinaryWork_FindsNoViolation()
    {
        await using TinyEngine engine = new(postgres.ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => engine.StartAsync(i % 2 == 0 ? "delay:600" : "done")));

        (await ViolationsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("doubled-transitions", "delete from journal where instance_id = $1")]
    [InlineData("lost-timers", "delete from inbox where instance_id = $1")]
    [InlineData("lost-timers", "delete from bookmark where instance_id = $1")]
    [InlineData("without-reason", "with b as (delete from bookmark where instance_id = $1) delete from inbox where instance_id = $1")]
    [InlineData("unnoted-ends", "insert into instance_ended_badly (instance_id) values ($1)")]
    [InlineData("doubled-executions", "update journal set entries = '[{\"e\":\"Completed\",\"x\":\"1\"},{\"e\":\"Completed\",\"x\":\"1\"}]' where instance_id = $1")]
    public async Task CountAsync_AfterDamage_FindsIt(string name, string damage)
    {
        await using TinyEngine engine = new(postgres.ConnectionString);
        Guid id = await engine.StartAsync("delay:600");

        await postgres.ExecuteAsync(damage, id);

        (await ViolationsAsync()).Should().Contain(name);
        await postgres.ExecuteAsync("with a as (delete from journal where instance_id = $1), e as (delete from instance_ended_badly where instance_id = $1), b as (delete from bookmark where instance_id = $1), c as (delete from inbox where instance_id = $1) delete from instance where id = $1", id);
    }

    private async Task<IEnumerable<string>> ViolationsAsync() => (await InvariantChecks.CountAsync(postgres.DataSource, CancellationToken.None))
        .Where(result => !result.Invariant.IsWarning && result.Violations > 0)
        .Select(result => result.Invariant.Name);
}
