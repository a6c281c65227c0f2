using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Backups;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Server.CommandLine;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Server.Tests.CommandLine;

/// <summary>backup, restore and drill-restore on databases of an outside server.</summary>
public sealed class BackupCommandTests(EmptyPostgresFixture postgres) : IClassFixture<EmptyPostgresFixture>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-backup-").FullName;
    private string _source = "";

    private string KeyPath => Path.Combine(_folder, "keys.json");

    private string Backup => Path.Combine(_folder, "backup.zip");

    public async Task InitializeAsync()
    {
        _source = await postgres.CreateAnotherDatabaseAsync();
        string samples = Path.Combine(Architecture.Repository.Root, "workflows", "samples");
        await ImportClientsCommand.RunAsync(
            SettingsOf(_source), new(new FileInfo(Path.Combine(samples, "clients.csv")), new FileInfo(Path.Combine(samples, "people.csv")), IsDryRun: false), Language.English, TextWriter.Null, TextWriter.Null, default);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task BackupAndRestore_IntoAnEmptyDatabase_BringEveryRowBackAndTheSequencesOn()
    {
        string target = await postgres.CreateAnotherDatabaseAsync();
        await ExecuteAsync(_source, """
            insert into mail (id, effect_key, recipient, to_emails, language, subject, html, text, created_at, calendar_method, calendar)
            values ('0198c0de-0000-7000-8000-0000000000aa', 'with parts', 'a@b.example', '{a@b.example}', 'en', 's', 'h', 't', now(), 'CANCEL', E'BEGIN:VCALENDAR\nEND:VCALENDAR\n');
            insert into outbox (id, kind, effect_key, state, due_at, payload, created_at, ended_at)
            values ('0198c0de-0000-7000-8000-0000000000aa', 'mail', 'with parts', 'accepted', now(), '{}', now(), now());
            insert into mail_file (content) select decode(repeat('00ff5c0a', 50000), 'hex');
            insert into mail_attachment (mail_id, position, file_name, content_type, file_hash) select '0198c0de-0000-7000-8000-0000000000aa', 1, 'plan.pdf', 'application/pdf', hash from mail_file;
            """);
        string said = await BackUpAsync();

        StringWriter output = new();
        (await RestoreCommand.RunAsync(SettingsOf(target), Backup, replaces: false, withoutKeys: false, output, default)).Should().Be(0);

        said.Should().Contain("rows of").And.Contain("keep a copy of it in another place");
        output.ToString().Should().Contain("each table equals the backup").And.Contain("Every promise holds.");
        (await ScalarAsync<long>(target, "select count(*) from client")).Should().Be(await ScalarAsync<long>(_source, "select count(*) from client")).And.BeGreaterThan(10);
        (await ScalarAsync<string>(target, "select string_agg(t::text, '|' order by sequence) from timeline_entry t"))
            .Should().Be(await ScalarAsync<string>(_source, "select string_agg(t::text, '|' order by sequence) from timeline_entry t"));
        (await ScalarAsync<bool>(target, "select f.hash = sha256(f.content) and octet_length(f.content) = 200000 from mail_attachment a join mail_file f on f.hash = a.file_hash")).Should().BeTrue("files of mails come back as they were");
        (await ScalarAsync<long>(target, "select nextval('timeline_entry_sequence_seq')")).Should().Be(await ScalarAsync<long>(_source, "select max(sequence) + 1 from timeline_entry"));
        (await ScalarAsync<long>(target, "select count(*) from pg_constraint where contype = 'f'")).Should().Be(await ScalarAsync<long>(_source, "select count(*) from pg_constraint where contype = 'f'"));
        (await ScalarAsync<long>(target, "select count(*) from audit where act = 'DatabaseRestored'")).Should().Be(1);
        Func<Task> change = () => ExecuteAsync(target, "delete from timeline_entry");
        (await change.Should().ThrowAsync<PostgresException>()).WithMessage("*append-only*", "the triggers are armed again");

        StringWriter doctor = new();
        (await DoctorCommand.RunAsync(SettingsOf(target), asJson: false, doctor, default)).Should().Be(0);
        doctor.ToString().Should().Contain("restored ").And.Contain("from a backup of");
    }

    [Fact]
    public async Task Backup_IntoAFolder_IsNamedAfterTheInstantAndReadableByItsOwnerOnly()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "backups"));

        (await BackupCommand.RunAsync(SettingsOf(_source), Path.Combine(_folder, "backups"), withKeys: false, TimeProvider.System, TextWriter.Null, default)).Should().Be(0);

        string made = Directory.GetFiles(Path.Combine(_folder, "backups")).Should().ContainSingle("nothing partial is left over").Subject;
        Path.GetFileName(made).Should().MatchRegex(@"^engagementflows-\d{8}T\d{6}Z\.zip$");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(made).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using ZipArchive archive = await ZipFile.OpenReadAsync(made);
        archive.Entries.Select(entry => entry.FullName).Should().Contain("tables/client.copy").And.Contain("manifest.json").And.NotContain("keys.json");
    }

    [Fact]
    public async Task Backup_OverAFileThatExists_IsRefused()
    {
        await BackUpAsync();

        Func<Task> again = BackUpAsync;

        await again.Should().ThrowAsync<BackupException>().WithMessage("*exists already*");
    }

    [Fact]
    public async Task Backup_OfAnEmptyDatabase_IsRefusedAndLeavesNoFile()
    {
        string empty = await postgres.CreateAnotherDatabaseAsync();

        Func<Task> backup = () => BackupCommand.RunAsync(SettingsOf(empty), Backup, withKeys: false, TimeProvider.System, TextWriter.Null, default);

        await backup.Should().ThrowAsync<BackupException>().WithMessage("*nothing to back up*");
        Directory.GetFiles(_folder, "backup.zip*").Should().BeEmpty();
    }

    [Fact]
    public async Task Restore_IntoADatabaseThatHoldsSomething_NeedsReplaceAndKeepsTheFormerContentAside()
    {
        await BackUpAsync();
        await ExecuteAsync(_source, "insert into setting (key, value, updated_at) values ('after', 'the backup', now())");

        Func<Task> plain = () => RestoreCommand.RunAsync(SettingsOf(_source), Backup, replaces: false, withoutKeys: false, TextWriter.Null, default);
        await plain.Should().ThrowAsync<BackupException>().WithMessage("*not empty*--replace*");
        (await ScalarAsync<long>(_source, "select count(*) from setting where key = 'after'")).Should().Be(1, "nothing was touched");

        StringWriter output = new();
        (await RestoreCommand.RunAsync(SettingsOf(_source), Backup, replaces: true, withoutKeys: false, output, default)).Should().Be(0);

        (await ScalarAsync<long>(_source, "select count(*) from setting where key = 'after'")).Should().Be(0);
        string kept = await ScalarAsync<string>(_source, "select nspname::text from pg_namespace where nspname like 'before_restore_%'");
        output.ToString().Should().Contain($"drop schema \"{kept}\" cascade");
        (await ScalarAsync<long>(_source, $"select count(*) from {kept}.setting where key = 'after'")).Should().Be(1);
        (await MigrateCommand.RunAsync(SettingsOf(_source), TextWriter.Null, default)).Should().Be(0, "a server starts on it as on any other");
    }

    [Fact]
    public async Task Restore_BesideAServerAtWork_IsRefused()
    {
        string target = await postgres.CreateAnotherDatabaseAsync();
        await BackUpAsync();
        await using NpgsqlDataSource server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(target) { ApplicationName = "EngagementFlows engine" });
        await using NpgsqlConnection connection = await server.OpenConnectionAsync();

        Func<Task> restore = () => RestoreAsync(target);

        await restore.Should().ThrowAsync<BackupException>().WithMessage("*at work on database*Stop every server*");
    }

    [Fact]
    public async Task Restore_TwoAtOnce_OneRestoresAndTheOtherIsRefused()
    {
        string target = await postgres.CreateAnotherDatabaseAsync();
        await BackUpAsync();

        Task<int>[] both = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => RestoreAsync(target)))];
        Func<Task> all = () => Task.WhenAll(both);

        await all.Should().ThrowAsync<BackupException>();
        both.Count(one => one.IsCompletedSuccessfully).Should().Be(1);
        (await ScalarAsync<long>(target, "select count(*) from incarnation")).Should().Be(1);
    }

    [Theory]
    [InlineData("cut", "*no whole backup*")]
    [InlineData("foreign", "*no whole backup*")]
    [InlineData("nothing", "*no whole backup*")]
    [InlineData("row changed", "*damaged*'client'*")]
    [InlineData("manifest changed", "*no whole backup*")]
    [InlineData("newer format", "*format 99*later*")]
    [InlineData("newer schema", "*9999_later*newer*")]
    public async Task Restore_OfAFileThatIsNotAsItWasMade_IsRefusedBeforeAnythingIsTouched(string damage, string message)
    {
        string target = await postgres.CreateAnotherDatabaseAsync();
        await BackUpAsync();
        await DamageAsync(damage);

        Func<Task> restore = () => RestoreAsync(target);

        await restore.Should().ThrowAsync<BackupException>().WithMessage(message);
        (await ScalarAsync<long>(target, "select count(*) from pg_class c where relnamespace = 'public'::regnamespace")).Should().Be(0);
    }

    [Fact]
    public async Task Restore_WithoutItsKeys_IsRefusedUnlessItIsToldSo()
    {
        string target = await postgres.CreateAnotherDatabaseAsync();
        KeyFile.Open(KeyPath);
        await BackUpAsync();
        File.Delete(KeyPath);
        KeyFile.Open(KeyPath);

        Func<Task> restore = () => RestoreAsync(target);

        await restore.Should().ThrowAsync<BackupException>().WithMessage("*lacks the key(s) 'k1'*--without-keys*");
        (await RestoreCommand.RunAsync(SettingsOf(target), Backup, replaces: false, withoutKeys: true, TextWriter.Null, default)).Should().Be(0);
    }

    [Fact]
    public async Task Restore_OfABackupWithKeys_BringsTheKeyFileBack()
    {
        string target = await postgres.CreateAnotherDatabaseAsync();
        IReadOnlyDictionary<string, string> keys = KeyFile.Open(KeyPath).Fingerprints();
        await BackupCommand.RunAsync(SettingsOf(_source), Backup, withKeys: true, TimeProvider.System, TextWriter.Null, default);
        File.Delete(KeyPath);

        (await RestoreAsync(target)).Should().Be(0);

        KeyFile.Open(KeyPath).Fingerprints().Should().Equal(keys);
    }

    [Fact]
    public async Task Drill_OfAGoodBackup_SaysSoAndLeavesNothing()
    {
        await BackUpAsync();
        StringWriter output = new();

        int code = await DrillRestoreCommand.RunAsync(SettingsOf(_source), Backup, asJson: true, TimeProvider.System, output, default);

        code.Should().Be(0);
        JsonElement report = JsonDocument.Parse(output.ToString()).RootElement;
        report.GetProperty("isHealthy").GetBoolean().Should().BeTrue();
        report.GetProperty("rows").GetInt64().Should().BeGreaterThan(50);
        report.GetProperty("invariants").GetArrayLength().Should().BeGreaterThan(10);
        (await ScalarAsync<long>(_source, "select count(*) from pg_database where datname = current_database() || '_drill'")).Should().Be(0);
        (await ScalarAsync<long>(_source, "select count(*) from incarnation")).Should().Be(0, "the drilled database itself is left alone");
    }

    [Fact]
    public async Task Drill_OfABackupWithABrokenPromise_FailsAndNamesIt()
    {
        await ExecuteAsync(_source, "insert into audit_head (chain, sequence, hash) values ('broken', 5, '')");
        await BackUpAsync();
        StringWriter output = new();

        int code = await DrillRestoreCommand.RunAsync(SettingsOf(_source), Backup, asJson: false, TimeProvider.System, output, default);

        code.Should().Be(1);
        output.ToString().Should().Contain("VIOLATED").And.Contain("broken#5");
    }

    [Fact]
    public async Task Restore_OfAFullHouse_HoldsWhatWasOnItsWay()
    {
        string target = await postgres.CreateAnotherDatabaseAsync();
        await ExecuteAsync(_source, """
            insert into outbox (id, kind, effect_key, state, due_at, attempt, lease_owner, lease_expires_at, payload, created_at)
            select gen_random_uuid(), 'http', 'call/' || state, state, now() + interval '1 hour', 1,
                   case when state <> 'pending' then gen_random_uuid() end, case when state <> 'pending' then now() + interval '1 minute' end, '{}', now()
            from unnest(array['pending', 'claimed', 'sending']) state;
            insert into outbox (id, kind, effect_key, state, due_at, payload, created_at, ended_at) values (gen_random_uuid(), 'http', 'call/done', 'accepted', now(), '{}', now(), now());
            insert into inbox (instance_id, id, due_at, kind, payload, created_at) values (gen_random_uuid(), gen_random_uuid(), now() - interval '1 minute', 'start', '{}', now());
            insert into inbox (instance_id, id, due_at, kind, payload, created_at) values (gen_random_uuid(), gen_random_uuid(), now() + interval '1 day', 'start', '{}', now());
            """);
        await BackUpAsync();

        (await RestoreAsync(target)).Should().Be(0);

        await using NpgsqlDataSource restored = NpgsqlDataSource.Create(target);
        IncarnationState state = await new ReadIncarnation(restored).ExecuteAsync(default);
        state.Incarnation!.BackupTakenAt.Should().BeBefore(state.Incarnation.BeganAt);
        state.Held.Should().Be(new HeldWork(Mails: 0, Calls: 3, Facts: 1, Schedules: 0));
        (await new ListHeldEffects(restored).ExecuteAsync(10, default)).Count(effect => effect.WasBeingSent).Should().Be(1);
        (await ScalarAsync<long>(target, "select count(*) from outbox where state = 'accepted'")).Should().Be(1);
    }

    private async Task<string> BackUpAsync()
    {
        StringWriter output = new();
        (await BackupCommand.RunAsync(SettingsOf(_source), Backup, withKeys: false, TimeProvider.System, output, default)).Should().Be(0);
        return output.ToString();
    }

    private Task<int> RestoreAsync(string target) => RestoreCommand.RunAsync(SettingsOf(target), Backup, replaces: false, withoutKeys: false, TextWriter.Null, default);

    private async Task DamageAsync(string damage)
    {
        switch (damage)
        {
            case "cut":
                await using (FileStream file = new(Backup, FileMode.Open))
                    file.SetLength(file.Length * 2 / 3);
                break;
            case "foreign":
                File.Delete(Backup);
                await using (ZipArchive archive = await ZipFile.OpenAsync(Backup, ZipArchiveMode.Create))
                    archive.CreateEntry("letter.txt");
                break;
            case "nothing":
                await File.WriteAllTextAsync(Backup, "");
                break;
            case "row changed":
                await RewriteAsync("tables/client.copy", text => text.Replace("GmbH", "GmbX", StringComparison.Ordinal), fixHash: false);
                break;
            case "manifest changed":
                await RewriteAsync("manifest.json", text => text.Replace("\"rows\": 20", "\"rows\": 21", StringComparison.Ordinal) + " ", fixHash: false);
                break;
            case "newer format":
                await RewriteAsync("manifest.json", text => text.Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal), fixHash: true);
                break;
            default:
                await RewriteAsync("manifest.json", text => text.Replace("0001_instances", "9999_later", StringComparison.Ordinal).Replace("\"number\": 1,", "\"number\": 9999,", StringComparison.Ordinal), fixHash: true);
                break;
        }
    }

    private async Task RewriteAsync(string entry, Func<string, string> change, bool fixHash)
    {
        await using ZipArchive archive = await ZipFile.OpenAsync(Backup, ZipArchiveMode.Update);
        byte[] changed = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(Take(archive, entry))));
        Put(archive, entry, changed);
        if (!fixHash)
            return;
        Take(archive, "manifest.sha256");
        Put(archive, "manifest.sha256", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(changed))));
    }

    private static byte[] Take(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.GetEntry(name)!;
        using MemoryStream content = new();
        using (Stream stream = entry.Open())
            stream.CopyTo(content);
        entry.Delete();
        return content.ToArray();
    }

    private static void Put(ZipArchive archive, string name, byte[] content)
    {
        using Stream stream = archive.CreateEntry(name).Open();
        stream.Write(content);
    }

    private static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private SettingArguments SettingsOf(string connectionString) => SettingArguments.Take(
        [$"--ConnectionStrings:EngagementFlows={connectionString}", $"--EngagementFlows:DataFolder={_folder}", $"--EngagementFlows:KeyFile={KeyPath}"]);
}
