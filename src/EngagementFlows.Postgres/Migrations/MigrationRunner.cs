using Npgsql;

namespace EngagementFlows.Postgres.Migrations;

/// <summary>Brings a database to this build's schema: forward only, each migration in a transaction of its own.</summary>
/// <remarks>Many processes may start at once: an advisory lock lets one work and the others find its work done.</remarks>
public sealed class MigrationRunner(NpgsqlDataSource dataSource)
{
    private const int OldestServer = 150000;
    // "EFLOWS" in ASCII: a lock number that no other product is likely to take.
    internal const long LockNumber = 0x45464C4F5753;

    internal const string TableSql = """
        create table if not exists schema_migration (
          number integer primary key,
          name text not null,
          hash text not null,
          applied_at timestamptz not null default now()
        )
        """;

    /// <summary>Applies what is missing and returns the names of what was applied.</summary>
    /// <exception cref="MigrationException">The server is too old, the database is newer than this build, or a migration failed or was edited.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (connection.PostgreSqlVersion is { Major: < OldestServer / 10000 } found)
        {
            throw new MigrationException(
                $"The PostgreSQL server at '{connection.Host}' is version '{found}'; EngagementFlows needs 15 or later. Upgrade it, or leave ConnectionStrings:EngagementFlows empty to use the embedded PostgreSQL 18.");
        }

        await ExecuteAsync(connection, $"select pg_advisory_lock({LockNumber})", cancellationToken);
        try
        {
            IReadOnlyList<string> applied = await ApplyAsync(connection, cancellationToken);
            // Before the first row of the month is written, or it would lie in the default partition.
            await ExecuteAsync(connection, "select ensure_journal_partitions(now())", cancellationToken);
            return applied;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockNumber})", CancellationToken.None);
        }
    }

    /// <summary>Returns the names of migrations that the database still lacks; writes nothing.</summary>
    public async Task<IReadOnlyList<string>> ListPendingAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand exists = new("select to_regclass('schema_migration') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            return [.. Migration.All.Select(migration => migration.Name)];
        Dictionary<int, (string Name, string Hash)> applied = await ReadAppliedAsync(connection, cancellationToken);
        return [.. Migration.All.Where(migration => !applied.ContainsKey(migration.Number)).Select(migration => migration.Name)];
    }

    private static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, TableSql, cancellationToken);
        Dictionary<int, (string Name, string Hash)> applied = await ReadAppliedAsync(connection, cancellationToken);
        Check(applied);
        List<string> done = [];
        foreach (Migration migration in Migration.All.Where(migration => !applied.ContainsKey(migration.Number)))
        {
            await ApplyAsync(connection, migration, cancellationToken);
            done.Add(migration.Name);
        }

        return done;
    }

    private static void Check(Dictionary<int, (string Name, string Hash)> applied)
    {
        Dictionary<int, Migration> known = Migration.All.ToDictionary(migration => migration.Number);
        foreach ((int number, (string name, string hash)) in applied.OrderBy(pair => pair.Key))
        {
            if (!known.TryGetValue(number, out Migration? migration))
                throw new MigrationException($"The database has migration '{name}', which this build does not know: it was used by a newer version of EngagementFlows. Run that version, or restore a backup from before its upgrade.");
            if (migration.Hash != hash)
                throw new MigrationException($"Migration '{name}' was applied to this database with other content than this build has; migrations never change after a release. Run the build that made the database, or begin with an empty database (for the embedded one: delete the data folder's 'postgres').");
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ApplyInTransactionAsync(connection, migration, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Applies and records one migration in the transaction that the caller has begun.</summary>
    internal static async Task ApplyInTransactionAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, migration.Statements, cancellationToken);
        }
        // A server that ends the session (57P01 to 57P05) says nothing about the migration: that goes on as what it is.
        catch (PostgresException fault) when (!fault.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            throw new MigrationException(
                $"Migration '{migration.Name}' failed and was undone: {fault.MessageText} (SQLSTATE {fault.SqlState}, position {fault.Position}). The database user must own the schema; the server's log has more.", fault);
        }

        await using NpgsqlCommand record = new("insert into schema_migration (number, name, hash) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Hash } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Dictionary<int, (string Name, string Hash)>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Dictionary<int, (string Name, string Hash)> applied = [];
        await using NpgsqlCommand command = new("select number, name, hash from schema_migration", connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
