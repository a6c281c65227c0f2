using EngagementFlows.Postgres.Backups;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Tests.Instances;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Backups;

/// <summary>Backups taken while instances start, wait, are served and end; restored beside, compared, and kept quiet until a person speaks.</summary>
public sealed class BackupUnderLoadTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Restores = "pg_stat_activity where datname = current_database() and application_name = 'EngagementFlows restore'";

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-load-").FullName;
    private string _source = "";

    public async Task InitializeAsync() => _source = await postgres.CreateAnotherDatabaseAsync();

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Backup_WhileWritersGoOn_IsOneSnapshotThatRestoresWithEveryPromiseIntact()
    {
        await using TinyEngine engine = new(_source);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(_source);
        using CancellationTokenSource end = new();
        Task loops = engine.Engine.RunAsync(end.Token);
        Task writers = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (int i = 0; !end.IsCancellationRequested; i++)
                await engine.StartAsync((i % 3) switch { 0 => "delay:600", 1 => "delay:0", _ => "done" });
        }));
        List<(string File, long Instances)> backups = [];
        for (int round = 0; round < 3; round++)
        {
            // Each begins only when the writers have come on: what it holds is in the middle of something.
            long before = await CountAsync(source);
            await Eventually.TrueAsync(async () => await CountAsync(source) > before + 50);
            string file = Path.Combine(_folder, $"{round}.zip");
            BackupManifest manifest = await BackupWriter.WriteAsync(_source, file, new("test", new Dictionary<string, string>(), null), default);
            backups.Add((file, manifest.Tables.Single(table => table.Name == "instance").Rows));
        }

        await end.CancelAsync();
        await writers;
        await loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        backups.Select(backup => backup.Instances).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems("writers went on between them");
        foreach ((string file, long instances) in backups)
        {
            string target = await CreateEmptyAsync();
            await using BackupFile backup = await BackupFile.OpenAsync(file, default);
            // Reads every table back and compares it with the snapshot's checksum before it commits.
            await BackupRestore.RunAsync(target, backup, new(Replaces: false, "test"), default);
            await using NpgsqlDataSource restored = NpgsqlDataSource.Create(target);
            // The tiny flow's activities have no executions of their own.
            (await InvariantChecks.CountAsync(restored, default)).Where(result => result is { Violations: > 0, Invariant: { IsWarning: false, Name: not "doubled-executions" } }).Should().BeEmpty();
            (await ScalarAsync<long>(restored, "select count(*) from instance")).Should().Be(instances);
        }
    }

    [Fact]
    public async Task Restore_OfARestoredDatabase_GivesTheSameTablesAgain()
    {
        await using (TinyEngine engine = new(_source))
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.StartAsync("delay:600")));
        string first = Path.Combine(_folder, "first.zip");
        BackupManifest source = await BackupWriter.WriteAsync(_source, first, new("test", new Dictionary<string, string>(), null), default);
        string target = await CreateEmptyAsync();
        await using (BackupFile backup = await BackupFile.OpenAsync(first, default))
            await BackupRestore.RunAsync(target, backup, new(Replaces: false, "test"), default);

        BackupManifest again = await BackupWriter.WriteAsync(target, Path.Combine(_folder, "again.zip"), new("test", new Dictionary<string, string>(), null), default);

        string[] changedByARestore = ["audit", "audit_head", "incarnation"];
        again.Tables.Where(table => !changedByARestore.Contains(table.Name)).Should().BeEquivalentTo(source.Tables.Where(table => !changedByARestore.Contains(table.Name)));
        again.Partitions.Should().BeEquivalentTo(source.Partitions);
        again.Migrations.Should().BeEquivalentTo(source.Migrations);
    }

    // A small row goes into the room that a large one left free on an earlier page: the journal of a real firm comes back in another order.
    [Fact]
    public async Task Restore_RowsOfManySizes_IsTakenForTheSameInWhateverOrderTheyLie()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(_source);
        string[] statements =
        [
            "insert into journal (instance_id, revision, at, entries) select gen_random_uuid(), n, now(), to_json(repeat('x', 7919 * n % 1800)) from generate_series(1, 6000) n",
            // What is left is packed in another way when it comes again.
            "delete from journal where revision % 3 = 0",
        ];
        foreach (string sql in statements)
        {
            await using NpgsqlCommand fill = source.CreateCommand(sql);
            await fill.ExecuteNonQueryAsync();
        }

        string file = Path.Combine(_folder, "sizes.zip");
        await BackupWriter.WriteAsync(_source, file, new("test", new Dictionary<string, string>(), null), default);
        string target = await CreateEmptyAsync();
        await using BackupFile backup = await BackupFile.OpenAsync(file, default);

        await BackupRestore.RunAsync(target, backup, new(Replaces: false, "test"), default);

        await using NpgsqlDataSource restored = NpgsqlDataSource.Create(target);
        const string content = "select md5(string_agg(j::text, '' order by instance_id)) from journal j";
        (await ScalarAsync<string>(restored, content)).Should().Be(await ScalarAsync<string>(source, content));
        const string lying = "select md5(string_agg(instance_id::text, '' order by ctid)) from journal";
        (await ScalarAsync<string>(restored, lying)).Should().NotBe(await ScalarAsync<string>(source, lying), "otherwise this test shows nothing");
    }

    [Fact]
    public async Task Restore_BrokenOffInTheMiddle_LeavesNothingAndTheNextOneSucceeds()
    {
        string file = Path.Combine(_folder, "whole.zip");
        await BackupWriter.WriteAsync(_source, file, new("test", new Dictionary<string, string>(), null), default);
        string target = await CreateEmptyAsync();
        await using NpgsqlDataSource beside = NpgsqlDataSource.Create(target);
        await using BackupFile backup = await BackupFile.OpenAsync(file, default);
        // Somebody makes a table of that name and does not commit: there the restore waits, in the middle of its work, until the server ends its session as it does when the process was killed.
        await using NpgsqlConnection other = await beside.OpenConnectionAsync();
        await using NpgsqlTransaction obstacle = await other.BeginTransactionAsync();
        await using (NpgsqlCommand make = new("create table outbox (id int)", other, obstacle))
            await make.ExecuteNonQueryAsync();
        Task restore = BackupRestore.RunAsync(target, backup, new(Replaces: false, "test"), default);

        await Eventually.TrueAsync(() => ScalarAsync<bool>(
            beside, $"select coalesce(bool_or(pg_terminate_backend(pid)), false) from {Restores} and wait_event_type = 'Lock'"));
        Func<Task> broken = () => restore;
        await broken.Should().ThrowAsync<NpgsqlException>();
        await obstacle.RollbackAsync();
        // The session's end is told before its locks are gone.
        await Eventually.TrueAsync(() => ScalarAsync<bool>(beside, $"select not exists (select 1 from {Restores})"));
        (await ScalarAsync<long>(beside, "select count(*) from pg_class where relnamespace = 'public'::regnamespace")).Should().Be(0);

        await BackupRestore.RunAsync(target, backup, new(Replaces: false, "test"), default);
        (await ScalarAsync<long>(beside, "select count(*) from incarnation")).Should().Be(1);
    }

    [Fact]
    public async Task HeldWork_Released_GoesOnAsItWas()
    {
        Guid late;
        await using (TinyEngine engine = new(_source))
            late = await engine.StartAsync("delay:0");
        await using (NpgsqlDataSource source = NpgsqlDataSource.Create(_source))
            await ScalarAsync<long>(source, $"with made as (insert into outbox (id, instance_id, kind, effect_key, due_at, payload, created_at) select gen_random_uuid(), '{late}', 'http', 'held/' || n, now(), '{{}}', now() from generate_series(1, 3) n returning 1) select count(*) from made");
        string file = Path.Combine(_folder, "held.zip");
        await BackupWriter.WriteAsync(_source, file, new("test", new Dictionary<string, string>(), null), default);
        string target = await CreateEmptyAsync();
        await using (BackupFile backup = await BackupFile.OpenAsync(file, default))
            await BackupRestore.RunAsync(target, backup, new(Replaces: false, "test"), default);
        await using NpgsqlDataSource restored = NpgsqlDataSource.Create(target);
        await using TinyEngine life = new(target);

        (await life.Engine.ServeDueAsync(default)).Should().Be(0, "what was due waits for a person");
        IReadOnlyList<HeldEffect> effects = await new ListHeldEffects(restored).ExecuteAsync(10, default);
        await using (NpgsqlConnection connection = await restored.OpenConnectionAsync())
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            (await ReleaseHeldEffects.MarkSentAsync(transaction, null, null, default)).Should().Be(0, "nobody can say what a call was answered");
            (await ReleaseHeldEffects.SendAsync(transaction, [effects[0].Id], null, default)).Should().Be(1);
            (await ReleaseHeldEffects.SendAsync(transaction, null, null, default)).Should().Be(2);
            (await ReleaseHeldFacts.ExecuteAsync(transaction, default)).Should().BeGreaterThan(0);
            await transaction.CommitAsync();
        }

        await Eventually.TrueAsync(async () =>
        {
            await life.Engine.ServeDueAsync(default);
            return await ScalarAsync<string>(restored, $"select status from instance where id = '{late}'") == "finished";
        });
        (await new ReadIncarnation(restored).ExecuteAsync(default)).Held.Total.Should().Be(0);
        (await ScalarAsync<long>(restored, "select count(*) from outbox where state = 'pending' and effect_key like 'held/%'")).Should().Be(3);
    }

    private static Task<long> CountAsync(NpgsqlDataSource source) => ScalarAsync<long>(source, "select count(*) from instance");

    private async Task<string> CreateEmptyAsync()
    {
        string made = await postgres.CreateAnotherDatabaseAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(made);
        await using NpgsqlCommand clear = source.CreateCommand("drop schema public cascade; create schema public");
        await clear.ExecuteNonQueryAsync();
        return made;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
