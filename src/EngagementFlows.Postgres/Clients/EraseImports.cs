using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Takes a client out of the files that were uploaded: a file that holds him is dropped if nobody has confirmed it, and no preview shows him.</summary>
/// <remarks>Runs in the erasing transaction. What a file says is decided by the reader that would import it.</remarks>
internal static class EraseImports
{
    private const string WaitingSql = "select id, content from client_import where content is not null and state in ('queued', 'running', 'starting') order by id";

    private const string AllSql = "select id, content, preview, failure, failure_zh from client_import order by id for update";

    private const string DropSql = "update client_import set state = 'cancelled', ended_at = $2, content = null where id = $1 and state = 'previewed'";

    private const string BlankSql = "update client_import set preview = $2, failure = $3, failure_zh = $4 where id = $1";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns an import under way whose file holds the client, or <see langword="null"/>.</summary>
    public static async Task<Guid?> FindUnderWayAsync(NpgsqlTransaction transaction, ErasureScope scope, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(WaitingSql, transaction.Connection, transaction);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (Holds(reader.GetFieldValue<byte[]>(1), scope))
                return reader.GetGuid(0);
        }

        return null;
    }

    /// <summary>Drops and blanks.</summary>
    public static async Task ExecuteAsync(NpgsqlTransaction transaction, ErasureScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = new(transaction.Connection, transaction);
        await using (NpgsqlCommand command = new(AllSql, transaction.Connection, transaction))
        {
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                Guid id = reader.GetGuid(0);
                if (!reader.IsDBNull(1) && Holds(reader.GetFieldValue<byte[]>(1), scope))
                    batch.BatchCommands.Add(Drop(id, now));
                string preview = reader.GetString(2);
                string blank = Blank(preview, scope);
                string? failure = reader.Text(3);
                string? failureZh = reader.Text(4);
                if (blank != preview || Names(failure, scope) || Names(failureZh, scope))
                    batch.BatchCommands.Add(Blanked(id, blank, Names(failure, scope) ? "Erased" : failure, Names(failureZh, scope) ? "已删除" : failureZh));
            }
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // A whole field: the id of one client may be the beginning of another's, whose file must not be dropped.
    private static bool Holds(byte[] file, ErasureScope scope) =>
        FileText.Read(file, []) is { } text
        && CsvReader.Read(text.Text, [], text.Separator).Any(record => record.Fields.Any(field => scope.Words.Contains(field.Trim(), StringComparer.OrdinalIgnoreCase)));

    private static string Blank(string preview, ErasureScope scope)
    {
        JsonObject found = JsonNode.Parse(preview)!.AsObject();
        bool isChanged = false;
        foreach (string part in new[] { "sample", "faults" })
        {
            if (found[part] is not JsonArray lines)
                continue;
            for (int i = lines.Count - 1; i >= 0; i--)
            {
                if (!TextsOf(lines[i]).Any(text => Names(text, scope)))
                    continue;
                lines.RemoveAt(i);
                isChanged = true;
            }
        }

        return isChanged ? found.ToJsonString(Json) : preview;
    }

    private static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(TextsOf),
        JsonObject members => members.SelectMany(member => TextsOf(member.Value)),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };

    private static bool Names(string? text, ErasureScope scope) =>
        text is not null && scope.Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static NpgsqlBatchCommand Drop(Guid id, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(DropSql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInstant(now);
        return command;
    }

    private static NpgsqlBatchCommand Blanked(Guid id, string preview, string? failure, string? failureZh)
    {
        NpgsqlBatchCommand command = new(BlankSql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddJson(preview);
        command.Parameters.AddText(failure);
        command.Parameters.AddText(failureZh);
        return command;
    }
}
