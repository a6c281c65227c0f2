using System.Text;
using Npgsql;

namespace EngagementFlows.Postgres.Migrations;

/// <summary>Writes a database's schema as text, always in the same order: what reviewers read in <c>schema.sql</c>.</summary>
/// <remarks>Our own catalogue query, since no pg_dump comes with the embedded PostgreSQL. Partitions of the journal by month are left out.</remarks>
public static class SchemaText
{
    private const string Tables = """
        select c.relname, c.relkind = 'p', coalesce(array_to_string(c.reloptions, ', '), ''), coalesce(pg_get_partkeydef(c.oid), ''),
               array(
                 select format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
                               coalesce(case when a.attidentity <> '' then ' generated as identity' when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                                             else ' default ' || pg_get_expr(d.adbin, d.adrelid) end, ''))
                 from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 order by a.attnum),
               array(
                 select pg_get_constraintdef(k.oid) from pg_constraint k
                 where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x') order by k.contype <> 'p', pg_get_constraintdef(k.oid)),
               array(
                 select regexp_replace(pg_get_indexdef(i.indexrelid), ' (ON|on) (ONLY )?public\.', ' on ')
                 from pg_index i join pg_class x on x.oid = i.indexrelid
                 where i.indrelid = c.oid and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
                 order by x.relname),
               array(select pg_get_triggerdef(t.oid) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal order by t.tgname)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition
        order by c.relname
        """;

    private const string Functions = """
        select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = current_schema() and p.prokind = 'f'
        order by p.proname
        """;

    /// <summary>Returns the schema of the database.</summary>
    public static async Task<string> WriteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        StringBuilder text = new("-- The schema after all migrations, written by SchemaText and compared by a test. Read it; change it only by a new migration.\n");
        await using (NpgsqlCommand tables = dataSource.CreateCommand(Tables))
        {
            await using NpgsqlDataReader reader = await tables.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                AppendTable(text, reader);
        }

        await using NpgsqlCommand functions = dataSource.CreateCommand(Functions);
        await using NpgsqlDataReader function = await functions.ExecuteReaderAsync(cancellationToken);
        while (await function.ReadAsync(cancellationToken))
            text.Append('\n').Append(function.GetString(0).Trim()).Append(";\n");
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, NpgsqlDataReader reader)
    {
        IEnumerable<string> lines = reader.GetFieldValue<string[]>(4).Concat(reader.GetFieldValue<string[]>(5)).Select(line => "  " + line);
        text.Append("\ncreate table ").Append(reader.GetString(0)).Append(" (\n").AppendJoin(",\n", lines).Append("\n)");
        if (reader.GetBoolean(1))
            text.Append(" partition by ").Append(reader.GetString(3));
        if (reader.GetString(2).Length > 0)
            text.Append(" with (").Append(reader.GetString(2)).Append(')');
        text.Append(";\n");
        foreach (string definition in reader.GetFieldValue<string[]>(6).Concat(reader.GetFieldValue<string[]>(7)))
            text.Append(definition).Append(";\n");
    }
}
