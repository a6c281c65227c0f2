using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Timeline;

public sealed class TimelineTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("update timeline_entry set actor = 'x'")]
    [InlineData("delete from timeline_entry")]
    [InlineData("truncate timeline_entry")]
    public async Task Entries_OnceWritten_CannotBeChanged(string statement)
    {
        Func<Task> change = () => database.ExecuteAsync(statement);

        await change.Should().ThrowAsync<PostgresException>().WithMessage("*append-only*");
    }
}
