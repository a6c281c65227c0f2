using Npgsql;

namespace EngagementFlows.Postgres.Backups;

/// <summary>What of a schema a backup must know: read from the database itself, so that no table can be forgotten.</summary>
internal static class BackupCatalogue
{
    // The migrations stand in the manifest; what extensions brought is theirs.
    private const string TablesSql = """
        select c.relname::text,
               array(
                 select a.attname::text from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'schema_migration'
          and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        order by c.relname
        """;

    private const string PartitionsSql = """
        select p.relname::text, c.relname::text, pg_get_expr(c.relpartbound, c.oid)
        from pg_class c
        join pg_inherits i on i.inhrelid = c.oid
        join pg_class p on p.oid = i.inhparent
        join pg_namespace n on n.oid = p.relnamespace
        where n.nspname = current_schema() and c.relispartition and c.relkind = 'r'
        order by p.relname, c.relname
        """;

    private const string SequencesSql = """
        select sequencename::text, last_value from pg_sequences where schemaname = current_schema() and last_value is not null order by sequencename
        """;

    private const string ForeignKeysSql = """
        select t.relname::text, k.conname::text, pg_get_constraintdef(k.oid)
        from pg_constraint k
        join pg_class t on t.oid = k.conrelid
        join pg_namespace n on n.oid = t.relnamespace
        where n.nspname = current_schema() and k.contype = 'f' and k.conparentid = 0
        order by t.relname, k.conname
        """;

    private const string MigrationsSql = "select number, name, hash from schema_migration order by number";

    /// <summary>Returns the tables with their columns; nothing is counted yet.</summary>
    public static Task<List<(string Name, string[] Columns)>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, TablesSql, reader => (reader.GetString(0), reader.GetFieldValue<string[]>(1)), cancellationToken);

    public static Task<List<BackupPartition>> PartitionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, PartitionsSql, reader => new BackupPartition(reader.GetString(0), reader.GetString(1), reader.GetString(2)), cancellationToken);

    public static Task<List<BackupSequence>> SequencesAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, SequencesSql, reader => new BackupSequence(reader.GetString(0), reader.GetInt64(1)), cancellationToken);

    public static Task<List<(string Table, string Name, string Definition)>> ForeignKeysAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, ForeignKeysSql, reader => (reader.GetString(0), reader.GetString(1), reader.GetString(2)), cancellationToken);

    public static Task<List<BackupMigration>> MigrationsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, MigrationsSql, reader => new BackupMigration(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)), cancellationToken);

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(row(reader));
        return rows;
    }
}
