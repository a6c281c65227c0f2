using System.Collections.Concurrent;
using System.Text;
using EngagementFlows.Engagements.Forms;
using Npgsql;

namespace EngagementFlows.Postgres.Forms;

/// <summary>Loads the form of a process version, or one that is built in.</summary>
public static class LoadForm
{
    private const int MostCached = 500;

    private const string Sql = """
        select content from definition_asset where definition_version_id = $1 and path = $2
        """;

    // What belongs to a version never changes.
    private static readonly ConcurrentDictionary<(string Version, string Path, int Hash), FormDefinition> Read = new();

    /// <summary>Returns the form as the server understands it.</summary>
    /// <exception cref="InvalidOperationException">The version has no such form, or one that cannot be read.</exception>
    public static async Task<FormDefinition> ExecuteAsync(NpgsqlConnection connection, string versionId, string path, CancellationToken cancellationToken)
    {
        byte[] content = await BytesAsync(connection, versionId, path, cancellationToken);
        (string, string, int) key = (versionId, path, BitConverter.ToInt32(System.Security.Cryptography.SHA256.HashData(content)));
        if (Read.TryGetValue(key, out FormDefinition? known))
            return known;
        FormReading reading = FormReader.Read(Encoding.UTF8.GetString(content));
        if (reading.Form is null || reading.Faults.Count > 0)
        {
            throw new InvalidOperationException(
                $"Process version '{versionId}': form '{path}' cannot be used. {string.Join(" ", reading.Faults.Select(fault => $"{fault.Where}: {fault.Message}"))}");
        }

        if (Read.Count >= MostCached)
            Read.Clear();
        return Read[key] = reading.Form;
    }

    /// <summary>Returns the form's file as it is, for whoever draws it.</summary>
    /// <exception cref="InvalidOperationException">The version has no such form.</exception>
    public static async Task<byte[]> BytesAsync(NpgsqlConnection connection, string versionId, string path, CancellationToken cancellationToken)
    {
        if (BuiltInForms.Find(path) is { } own)
            return own;
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText(path);
        return await command.ExecuteScalarAsync(cancellationToken) as byte[]
            ?? throw new InvalidOperationException($"Process version '{versionId}' has no file '{path}'. Put it into the process folder and publish the process again.");
    }
}
