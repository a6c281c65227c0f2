namespace EngagementFlows.Engagements.Clients;

/// <summary>Reads a file of clients: one line is a client with its contact and engagement.</summary>
/// <remarks>Pure: nothing is stored. A reading with faults must not be stored, not even in part.</remarks>
public static class ClientImport
{
    /// <summary>The greatest size of a file, in bytes.</summary>
    public const int MaxBytes = 40 * 1024 * 1024;

    /// <summary>The greatest number of clients in a file.</summary>
    public const int MaxClients = 100_000;

    private const int SampleRows = 20;

    /// <summary>Gets the columns that every file must have.</summary>
    public static IReadOnlyList<string> RequiredColumns { get; } =
        ["external_id", "client", "contact", "email", "language", "zone", "engagement", "owner"];

    /// <summary>Gets the columns that a file may leave out.</summary>
    public static IReadOnlyList<string> OptionalColumns { get; } = ["industry", "country", "tier", "phone", "architect"];

    /// <summary>Reads <paramref name="file"/> and reports every fault in it at once, by line.</summary>
    public static ClientImportReading Read(ReadOnlySpan<byte> file, IEnumerable<Person> staff)
    {
        List<ImportFault> faults = [];
        if (file.Length > MaxBytes)
        {
            faults.Add(new(1, null, $"The file has {file.Length:N0} bytes; at most {MaxBytes:N0} are read. Split it.", $"文件大小为 {file.Length:N0} 字节，上限为 {MaxBytes:N0} 字节。请拆分后导入。"));
            return new([], faults);
        }

        if (FileText.Read(file, faults) is not { } text)
            return new([], faults);
        IReadOnlyList<CsvRecord> records = CsvReader.Read(text.Text, faults, text.Separator);
        if (records.Count == 0)
        {
            if (faults.Count == 0)
                faults.Add(new(1, null, $"The file is empty. Its first line must name the columns: {string.Join(",", RequiredColumns)}.", $"文件为空。首行应为列名：{string.Join(",", RequiredColumns)}。"));
            return new([], faults) { Text = text };
        }

        if (records.Count - 1 > MaxClients)
        {
            faults.Add(new(
                records[MaxClients + 1].Line, null, $"The file has {records.Count - 1:N0} clients; at most {MaxClients:N0} are imported at once. Split it.",
                $"文件包含 {records.Count - 1:N0} 个客户，一次最多导入 {MaxClients:N0} 个。请拆分后导入。"));
            return new([], faults) { Text = text };
        }

        ImportColumns columns = new(records[0], RequiredColumns, OptionalColumns, faults);
        // Without its columns every line would repeat the same fault.
        List<ImportedClient> clients = faults.Exists(fault => fault.Line == records[0].Line) ? [] : ReadRows(columns, records, staff, faults);
        return new(clients, faults) { Text = text, Lines = records.Count - 1, Columns = records[0].Fields, Sample = [.. records.Skip(1).Take(SampleRows)] };
    }

    private static List<ImportedClient> ReadRows(ImportColumns columns, IReadOnlyList<CsvRecord> records, IEnumerable<Person> staff, List<ImportFault> faults)
    {
        Dictionary<string, Person> byEmail = staff.ToDictionary(person => person.Email, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int> linesOfIds = new(StringComparer.Ordinal);
        List<ImportedClient> clients = [];
        foreach (CsvRecord record in records.Skip(1))
        {
            if (!columns.Fits(record, faults))
                continue;
            ImportRow row = new(columns, record, faults);
            ImportedClient client = ReadRow(row, record.Line, byEmail);
            if (client.ExternalId.Length > 0 && !linesOfIds.TryAdd(client.ExternalId, record.Line))
                row.Fault("external_id", $"'{client.ExternalId}' stands on line {linesOfIds[client.ExternalId]} already. Each client has one line.", $"“{client.ExternalId}”已出现在第 {linesOfIds[client.ExternalId]} 行。每个客户只能占一行。");
            if (!row.HasFaults)
                clients.Add(client);
        }

        faults.Sort((one, other) => one.Line.CompareTo(other.Line));
        return clients;
    }

    private static ImportedClient ReadRow(ImportRow row, int line, Dictionary<string, Person> staff) => new(
        line,
        row.Required("external_id", limit: 100),
        row.Required("client"),
        row.Optional("industry"),
        row.Country("country"),
        row.Number("tier", least: 1, most: 3, fallback: 2),
        row.Required("contact"),
        row.Email("email"),
        row.Optional("phone", limit: 40),
        row.Language("language"),
        row.Zone("zone"),
        row.Required("engagement"),
        row.Staff("owner", StaffRoles.AccountManager, required: true, staff) ?? Guid.Empty,
        row.Staff("architect", StaffRoles.Architect, required: false, staff));
}
