using System.Globalization;
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
    public async Task Create_GroupsOfManyChainsInAnyOrderAtOnceSomeUndone_EachChainHasItsEntriesInOrderWithoutGap()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async group =>
        {
            // Half of the groups name the chains forwards and half backwards: locked in that order, two of them would wait for each other.
            IEnumerable<int> chains = group % 2 == 0 ? Enumerable.Range(0, 8) : Enumerable.Range(0, 8).Reverse();
            List<AuditEntry> entries = [.. chains.Concat(chains).Select((chain, place) => new AuditEntry($"definition/group-{chain}", "key:shop", "InstanceStarted", $"{group}/{place}", place % 2 == 0 ? null : """{"n": 1}"""))];
            await using NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await using NpgsqlBatch batch = new(connection, transaction);
            batch.BatchCommands.Add(AppendAudits.Create(entries, DateTimeOffset.UnixEpoch));
            await batch.ExecuteNonQueryAsync();
            if (group % 4 == 1)
                await transaction.RollbackAsync();
            else
                await transaction.CommitAsync();
        }));

        for (int chain = 0; chain < 8; chain++)
        {
            IReadOnlyList<AuditRecord> records = await ReadAudit.ExecuteAsync(postgres.DataSource, $"definition/group-{chain}", null, 100, CancellationToken.None);
            records.Select(record => record.Sequence).Should().Equal(Enumerable.Range(1, 60).Reverse().Select(number => (long)number));
            foreach (AuditRecord[] pair in records.Reverse().Chunk(2))
            {
                Group(pair[0]).Should().Be(Group(pair[1]));
                Place(pair[0]).Should().BeLessThan(Place(pair[1]));
                pair.Should().AllSatisfy(record => (record.Entry.Detail is null).Should().Be(Place(record) % 2 == 0));
            }
        }

        (await GapsAsync()).Should().Be(0);

        static int Group(AuditRecord record) => int.Parse(record.Entry.Subject.Split('/')[0], CultureInfo.InvariantCulture);
        static int Place(AuditRecord record) => int.Parse(record.Entry.Subject.Split('/')[1], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task CountAsync_EntryOfAGroupChangedByHand_IsFound()
    {
        await using (NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync())
        {
            await using NpgsqlBatch batch = new(connection);
            batch.BatchCommands.Add(AppendAudits.Create([.. Enumerable.Range(1, 3).Select(number => new AuditEntry("definition/forged", "key:shop", "InstanceStarted", $"instance/{number}", null))], DateTimeOffset.UnixEpoch));
            await batch.ExecuteNonQueryAsync();
        }

        await postgres.ExecuteAsync("alter table audit disable trigger audit_append_only; update audit set subject = 'instance/9' where chain = 'definition/forged' and sequence = 2; alter table audit enable trigger audit_append_only");
        (await GapsAsync()).Should().Be(1);
        await postgres.ExecuteAsync("alter table audit disable trigger audit_append_only; update audit set subject = 'instance/2' where chain = 'definition/forged' and sequence = 2; alter table audit enable trigger audit_append_only");
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
