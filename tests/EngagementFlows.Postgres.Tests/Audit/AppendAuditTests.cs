using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Audit;

public sealed class AppendAuditTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ExecuteAsync_ManyAtOnceSomeUndone_ChainHasNoGap()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            await using NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await AppendAudit.ExecuteAsync(transaction, new("engagement/1", "anna", "TaskCompleted", $"task/{i}", """{"outcome": "approved"}"""), null, CancellationToken.None);
            if (i % 3 == 0)
                await transaction.RollbackAsync();
            else
                await transaction.CommitAsync();
        }));

        IReadOnlyList<AuditRecord> chain = await ReadAudit.ExecuteAsync(postgres.DataSource, "engagement/1", null, 100, CancellationToken.None);
        chain.Select(record => record.Sequence).Should().Equal(Enumerable.Range(1, 40).Reverse().Select(number => (long)number));
        (await GapsAsync()).Should().Be(0);
    }

    [Fact]
    public async Task CountAsync_EntryChangedByHand_IsFound()
    {
        await using (NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync())
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await AppendAudit.ExecuteAsync(transaction, new("definition/tampered", "anna", "Published", "v1", null), null, CancellationToken.None);
            await AppendAudit.ExecuteAsync(transaction, new("definition/tampered", "anna", "Published", "v2", null), null, CancellationToken.None);
            await transaction.CommitAsync();
        }

        Func<Task> update = () => postgres.ExecuteAsync("update audit set actor = 'ben' where chain = 'definition/tampered' and sequence = 1");
        (await update.Should().ThrowAsync<PostgresException>()).Which.MessageText.Should().Contain("append-only");

        await postgres.ExecuteAsync("alter table audit disable trigger audit_append_only; update audit set actor = 'ben' where chain = 'definition/tampered' and sequence = 1; alter table audit enable trigger audit_append_only");
        (await GapsAsync()).Should().Be(1);
        await postgres.ExecuteAsync("alter table audit disable trigger audit_append_only; update audit set actor = 'anna' where chain = 'definition/tampered' and sequence = 1; alter table audit enable trigger audit_append_only");
    }

    private async Task<long> GapsAsync() =>
        (await InvariantChecks.CountAsync(postgres.DataSource, CancellationToken.None)).Single(result => result.Invariant.Name == "audit-gaps").Violations;
}
