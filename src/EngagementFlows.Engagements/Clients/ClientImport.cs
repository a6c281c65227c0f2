namespace EngagementFlows.Engagements.Clients;

/// <summary>Reads a file of clients: one line is a client with its contact and engagement.</summary>
/// <remarks>Pure: nothing is stored. A reading with faults must not be stored, not even in part.</remarks>
public static class ClientImport
{
    /// <summary>The greatest size of a file, in bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Gets the columns that every file must have.</summary>
    public static IReadOnlyList<string> RequiredColumns { get; } =
        ["external_id", "client", "contact", "email", "language", "zone", "engagement", "owner"];

    /// <summary>Gets the columns that a file may leave out.</summary>
    public static IReadOnlyList<string> OptionalColumns { get; } = ["industry", "tier", "phone", "architect"];

    /// <summary>Reads <paramref name="file"/> and reports every fault in it at once, by line.</summary>
    public static ClientImportReading Read(ReadOnlySpan<byte> file, IEnumerable<Person> staff)
    {
        List<ImportFault> faults = [];
        if (file.Length > MaxBytes)
        {
            faults.Add(new(1, null, $"The file has {file.Length:N0} bytes; at most {MaxBytes:N0} are read. Split it."));
            return new([], faults);
        }

        if (CsvReader.Decode(file, faults) is not { } text)
            return new([], faults);
        IReadOnlyList<CsvRecord> records = CsvReader.Read(text, faults);
        if (records.Count == 0)
        {
            if (faults.Count == 0)
                faults.Add(new(1, null, $"The file is empty. Its first line must name the columns: {string.Join(",", RequiredColumns)}."));
            return new([], faults);
        }

        ImportColumns columns = new(records[0], RequiredColumns, OptionalColumns, faults);
        // Without its columns every line would repeat the same fault.
        return faults.Exists(fault => fault.Line == records[0].Line) ? new([], faults) : new(ReadRows(columns, records, staff, faults), faults);
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
                row.Fault("external_id", $"'{client.ExternalId}' stands on line {linesOfIds[client.ExternalId]} already. Each client has one line.");
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
