using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Postgres.Migrations;
using Npgsql;

namespace EngagementFlows.Postgres.Backups;

/// <summary>How a restore is to be done.</summary>
/// <param name="Replaces">Whether a database that holds something may be put aside.</param>
/// <param name="By">Who restores, for the audit.</param>
public sealed record RestoreRequest(bool Replaces, string By);

/// <summary>What a restore did.</summary>
/// <param name="BeganAt">When the new incarnation began, by the database's clock.</param>
/// <param name="Held">What of before waits for a person.</param>
/// <param name="KeptSchema">The schema in which the former content lies, or <see langword="null"/>.</param>
public sealed record RestoreResult(DateTimeOffset BeganAt, HeldWork Held, string? KeptSchema);

/// <summary>Restores a verified backup: schema at the backup's level, rows, sequences, this build's later migrations, the new incarnation – in one transaction.</summary>
/// <remarks>
/// All of it or nothing: a fault, a kill or a cut at any instant leaves the database as it was. One restore at a time, and none beside a server: the lock of
/// migrations keeps servers that start meanwhile waiting. What was read back from the tables is compared with the backup's checksums before the commit.
/// </remarks>
public static partial class BackupRestore
{
    /// <exception cref="BackupException">The database is in use or not empty, or what arrived in it is not what the backup holds.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached or refuses a statement.</exception>
    public static async Task<RestoreResult> RunAsync(string connectionString, BackupFile file, RestoreRequest request, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await BackupSession.OpenAsync(connectionString, "EngagementFlows restore", cancellationToken);
        RestoreResult result;
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await TakeDatabaseAsync(connection, cancellationToken);
            string? kept = await MakeRoomAsync(connection, request.Replaces, cancellationToken);
            await MigrateAsync(connection, file.Manifest, cancellationToken);
            await FillAsync(connection, file, cancellationToken);
            foreach (Migration later in Migration.All.Where(migration => file.Manifest.Migrations.All(done => done.Number != migration.Number)))
                await MigrationRunner.ApplyInTransactionAsync(connection, later, cancellationToken);
            result = await BeginIncarnationAsync(transaction, file.Manifest, request.By, kept, cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }

        // Plans on tables without statistics are bad for minutes.
        await connection.ExecuteAsync("analyze", cancellationToken);
        return result;
    }

    private static async Task TakeDatabaseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>($"select pg_try_advisory_xact_lock({MigrationRunner.LockNumber})", cancellationToken))
            throw new BackupException($"Another restore is at work on database '{connection.Database}', or a server starts on it. Wait for its end and look at what it did.");
        // Another restore that comes now is refused by the lock, as this one would be by it.
        const string others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'EngagementFlows%' and application_name <> 'EngagementFlows restore'";
        if (await connection.ScalarAsync<long>(others, cancellationToken) is var count and > 0)
            throw new BackupException($"EngagementFlows is at work on database '{connection.Database}' ({count} connection(s)). Stop every server and command on it, then restore.");
    }

    /// <summary>Puts what is there aside, as a schema beside the new one; returns its name.</summary>
    private static async Task<string?> MakeRoomAsync(NpgsqlConnection connection, bool replaces, CancellationToken cancellationToken)
    {
        const string tables = "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'm', 'S')";
        if (await connection.ScalarAsync<long>(tables, cancellationToken) == 0)
            return null;
        if (!replaces)
            throw new BackupException($"The database '{connection.Database}' is not empty. Restore into an empty one, or say --replace: what is there now is then kept aside in a schema of its own.");
        await LockAsync(connection, cancellationToken);
        string schema = await connection.ScalarAsync<string>("select current_schema()::text", cancellationToken);
        DateTime now = await connection.ScalarAsync<DateTime>("select now()", cancellationToken);
        string kept = string.Create(CultureInfo.InvariantCulture, $"before_restore_{now:yyyyMMdd_HHmmss}");
        await connection.ExecuteAsync($"alter schema {BackupSession.Quoted(schema)} rename to {BackupSession.Quoted(kept)}", cancellationToken);
        await connection.ExecuteAsync($"create schema {BackupSession.Quoted(schema)}", cancellationToken);
        return kept;
    }

    /// <summary>Keeps everybody out until the commit, a backup above all: it would read the tables of the one schema and the rows of the other.</summary>
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        IEnumerable<string> tables = (await BackupCatalogue.TablesAsync(connection, cancellationToken)).Select(table => table.Name);
        try
        {
            foreach (string table in tables)
                await connection.ExecuteAsync($"lock table {BackupSession.Quoted(table)} in access exclusive mode nowait", cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new BackupException($"Somebody is at work on the tables of database '{connection.Database}'. Stop every server, command and session on it, then restore.", fault);
        }
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, BackupManifest manifest, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(MigrationRunner.TableSql, cancellationToken);
        HashSet<int> level = [.. manifest.Migrations.Select(migration => migration.Number)];
        foreach (Migration migration in Migration.All.Where(migration => level.Contains(migration.Number)))
            await MigrationRunner.ApplyInTransactionAsync(connection, migration, cancellationToken);
        foreach (BackupPartition partition in manifest.Partitions)
        {
            // The bound is the one text of the file that becomes part of a statement.
            if (!Bound().IsMatch(partition.Bound))
                throw new BackupException($"The backup names a partition '{partition.Name}' with the bound '{partition.Bound}', which is none. The file was changed; take another backup.");
            await connection.ExecuteAsync(
                $"create table if not exists {BackupSession.Quoted(partition.Name)} partition of {BackupSession.Quoted(partition.Parent)} {partition.Bound}", cancellationToken);
        }
    }

    private static async Task FillAsync(NpgsqlConnection connection, BackupFile file, CancellationToken cancellationToken)
    {
        List<(string Name, string[] Columns)> own = await BackupCatalogue.TablesAsync(connection, cancellationToken);
        RefuseOtherTables(own, file.Manifest);
        // Tables come in the order of their names: what refers to others is checked when all of them are there.
        List<(string Table, string Name, string Definition)> references = await BackupCatalogue.ForeignKeysAsync(connection, cancellationToken);
        foreach ((string table, string name, _) in references)
            await connection.ExecuteAsync($"alter table {BackupSession.Quoted(table)} drop constraint {BackupSession.Quoted(name)}", cancellationToken);
        foreach (BackupTable table in file.Manifest.Tables)
            await FillAsync(connection, file, table, cancellationToken);
        foreach ((string table, string name, string definition) in references)
            await connection.ExecuteAsync($"alter table {BackupSession.Quoted(table)} add constraint {BackupSession.Quoted(name)} {definition}", cancellationToken);
        foreach (BackupSequence sequence in file.Manifest.Sequences)
        {
            await using NpgsqlCommand set = new("select setval(format('%I', $1)::regclass, $2)", connection);
            set.Parameters.AddText(sequence.Name);
            set.Parameters.AddBigint(sequence.LastValue);
            await set.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task FillAsync(NpgsqlConnection connection, BackupFile file, BackupTable table, CancellationToken cancellationToken)
    {
        string name = BackupSession.Quoted(table.Name);
        await connection.ExecuteAsync($"alter table {name} disable trigger user", cancellationToken);
        // Rows that a migration brought are in the backup as they are now.
        await connection.ExecuteAsync($"delete from {name}", cancellationToken);
        using RowDigest sent = new();
        BackupTable read;
        await using (Stream source = await file.OpenTableAsync(table, cancellationToken))
            read = await TableCopy.InAsync(connection, table, source, sent, cancellationToken);
        if (read.Rows != table.Rows || read.Bytes != table.Bytes || read.Sha256 != table.Sha256)
            throw file.Damaged(table.Name);
        await connection.ExecuteAsync($"alter table {name} enable trigger user", cancellationToken);
        using RowDigest there = new();
        BackupTable arrived = await TableCopy.OutAsync(connection, table.Name, table.Columns, Stream.Null, there, cancellationToken);
        if (arrived.Rows != table.Rows || !there.Matches(sent))
            throw new BackupException($"Table '{table.Name}' came out of the database with other content than the backup holds ({arrived.Rows} rows instead of {table.Rows}). Nothing was restored; this must not happen: please report it.");
    }

    private static void RefuseOtherTables(List<(string Name, string[] Columns)> own, BackupManifest manifest)
    {
        Dictionary<string, string[]> known = own.ToDictionary(table => table.Name, table => table.Columns);
        foreach (BackupTable table in manifest.Tables)
        {
            if (!known.TryGetValue(table.Name, out string[]? columns) || !columns.SequenceEqual(table.Columns, StringComparer.Ordinal))
                throw new BackupException($"The backup holds table '{table.Name}' with columns that its migrations do not make. Tables beside EngagementFlows' own belong into another schema; take them out of the source and back it up again.");
        }

        if (known.Keys.Except(manifest.Tables.Select(table => table.Name)).FirstOrDefault() is { } missing)
            throw new BackupException($"The backup lacks table '{missing}'. The file was changed; take another backup.");
    }

    private static async Task<RestoreResult> BeginIncarnationAsync(
        NpgsqlTransaction transaction, BackupManifest manifest, string by, string? kept, CancellationToken cancellationToken)
    {
        DateTimeOffset now = new(await transaction.Connection!.ScalarAsync<DateTime>("select clock_timestamp()", cancellationToken), TimeSpan.Zero);
        await BeginIncarnation.ExecuteAsync(transaction, new(TimeOrderedId.Create(now), now, manifest.TakenAt, by), cancellationToken);
        HeldWork held = await HoldOldWork.ExecuteAsync(transaction, now, cancellationToken);
        await AppendAudit.ExecuteAsync(transaction, new(AuditEntry.Administration, by, "DatabaseRestored", "database", held.ToJson()), now, cancellationToken);
        return new(now, held, kept);
    }

    [GeneratedRegex(@"\A(DEFAULT|FOR VALUES FROM \('[0-9:+\- ]+'\) TO \('[0-9:+\- ]+'\))\z")]
    private static partial Regex Bound();
}
