namespace EngagementFlows.Engagements.Clients;

/// <summary>One line of a staff file that keeps all rules.</summary>
/// <param name="Line">The line of the file.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Email">The address by which a later import finds the person again.</param>
/// <param name="Roles">Roles of <see cref="StaffRoles"/>.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>.</param>
/// <param name="Zone">IANA time zone.</param>
/// <param name="Phone">The phone number, or <see langword="null"/>.</param>
public sealed record ImportedPerson(int Line, string Name, string Email, IReadOnlyList<string> Roles, string Language, string Zone, string? Phone);

/// <summary>What a staff file came to.</summary>
/// <param name="People">The lines that keep all rules.</param>
/// <param name="Faults">Everything that has to be mended; a file with any fault is not imported at all.</param>
public sealed record PeopleImportReading(IReadOnlyList<ImportedPerson> People, IReadOnlyList<ImportFault> Faults);

/// <summary>Reads a file of staff; it makes people who can own tasks, not accounts that can sign in.</summary>
public static class PeopleImport
{
    private static readonly string[] Required = ["name", "email", "roles", "language", "zone"];
    private static readonly string[] Optional = ["phone"];

    /// <summary>Reads <paramref name="file"/> and reports every fault in it at once, by line.</summary>
    public static PeopleImportReading Read(ReadOnlySpan<byte> file)
    {
        List<ImportFault> faults = [];
        if (FileText.Read(file, faults) is not { } text)
            return new([], faults);
        IReadOnlyList<CsvRecord> records = CsvReader.Read(text.Text, faults, text.Separator);
        if (records.Count == 0)
        {
            if (faults.Count == 0)
                faults.Add(new(1, null, $"The file is empty. Its first line must name the columns: {string.Join(",", Required)}.", $"文件为空。首行应为列名：{string.Join(",", Required)}。"));
            return new([], faults);
        }

        ImportColumns columns = new(records[0], Required, Optional, faults);
        return faults.Count > 0 ? new([], faults) : new(ReadRows(columns, records, faults), faults);
    }

    private static List<ImportedPerson> ReadRows(ImportColumns columns, IReadOnlyList<CsvRecord> records, List<ImportFault> faults)
    {
        Dictionary<string, int> lines = new(StringComparer.OrdinalIgnoreCase);
        List<ImportedPerson> people = [];
        foreach (CsvRecord record in records.Skip(1))
        {
            if (!columns.Fits(record, faults))
                continue;
            ImportRow row = new(columns, record, faults);
            ImportedPerson person = new(
                record.Line, row.Required("name"), row.Email("email"), Roles(row), row.Language("language"), row.Zone("zone"), row.Optional("phone", limit: 40));
            if (person.Email.Length > 0 && !lines.TryAdd(person.Email, record.Line))
                row.Fault("email", $"'{person.Email}' stands on line {lines[person.Email]} already. Each person has one line.", $"“{person.Email}”已出现在第 {lines[person.Email]} 行。每人只能占一行。");
            if (!row.HasFaults)
                people.Add(person);
        }

        return people;
    }

    private static string[] Roles(ImportRow row)
    {
        string[] roles = row.Required("roles").Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string role in roles.Where(role => !StaffRoles.IsKnown(role)))
            row.Fault("roles", $"'{role}' is not a role. Allowed, separated by blanks: {string.Join(", ", StaffRoles.All)}.", $"“{role}”不是角色。可选（以空格分隔）：{string.Join("、", StaffRoles.All)}。");
        return roles;
    }
}
