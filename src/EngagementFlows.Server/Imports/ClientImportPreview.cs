using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Server.Imports;

/// <summary>What people look at before they confirm an import.</summary>
/// <param name="Encoding">The encoding that was detected, or <see langword="null"/> if none explains the file.</param>
/// <param name="Separator"><c>comma, semicolon, tab</c>.</param>
/// <param name="Columns">The names in the first line.</param>
/// <param name="Sample">The first lines.</param>
/// <param name="Faults">The first thousand faults.</param>
internal sealed record ClientImportPreview(string? Encoding, string? Separator, IReadOnlyList<string> Columns, IReadOnlyList<CsvRecord> Sample, IReadOnlyList<ImportFault> Faults)
{
    private const int MostFaults = 1000;
    private const int MostCharacters = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ClientImportPreview Of(ClientImportReading reading) => new(
        reading.Text?.Encoding,
        reading.Text?.Separator switch { ';' => "semicolon", '\t' => "tab", ',' => "comma", _ => null },
        [.. reading.Columns.Select(Shown)],
        [.. reading.Sample.Select(record => new CsvRecord(record.Line, [.. record.Fields.Select(Shown)]))],
        [.. reading.Faults.Take(MostFaults).Select(fault => fault with { Column = fault.Column is null ? null : Shown(fault.Column), Message = Storable(fault.Message), MessageZh = Storable(fault.MessageZh) })]);

    public static ClientImportPreview Read(string json) =>
        JsonSerializer.Deserialize<ClientImportPreview>(json, Json) ?? throw new InvalidOperationException("EngagementFlows bug: a preview is stored as null.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private static string Shown(string text) => Storable(text.Length <= MostCharacters ? text : text[..MostCharacters] + "…");

    // What the file holds may be no text for PostgreSQL; it is shown all the same.
    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
