using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Engagements.Clients;

/// <summary>Checks the fields of one line and collects what is wrong with them.</summary>
internal sealed class ImportRow(ImportColumns columns, CsvRecord record, ICollection<ImportFault> faults)
{
    private readonly int _faultsBefore = faults.Count;

    /// <summary>Gets whether a fault was found since this row began.</summary>
    public bool HasFaults => faults.Count > _faultsBefore;

    /// <summary>Returns a text that must not be empty.</summary>
    public string Required(string column, int limit = TextRule.NameLength)
    {
        string value = columns.Of(record, column);
        if (value.Length == 0)
            Fault(column, "The field is empty and must be filled.", "此字段不能为空，请填写。");
        else
            CheckLine(column, value, limit);
        return value;
    }

    /// <summary>Returns a text, or <see langword="null"/> if the field is empty.</summary>
    public string? Optional(string column, int limit = TextRule.NameLength)
    {
        string value = columns.Of(record, column);
        if (value.Length == 0)
            return null;
        CheckLine(column, value, limit);
        return value;
    }

    /// <summary>Returns a mail address.</summary>
    public string Email(string column)
    {
        string value = Required(column, limit: 254);
        if (value.Length > 0 && EmailAddress.Fault(value) is { } fault)
            Fault(column, $"{ImportFault.Quote(value)} is not a mail address: {fault}.", $"“{ImportFault.Short(value)}”不是有效的邮箱地址。格式应为 name@host.example；国际域名请写成 ASCII 形式（xn--…）。");
        return value;
    }

    /// <summary>Returns the language in its own spelling.</summary>
    public string Language(string column)
    {
        string value = Required(column);
        if (value.Length > 0 && Languages.Find(value) is null)
            Fault(column, $"{ImportFault.Quote(value)} is not a language of the house. Allowed: {string.Join(", ", Languages.All)}.", $"“{ImportFault.Short(value)}”不是可用的语言。可选：{string.Join("、", Languages.All)}。");
        return Languages.Find(value) ?? value;
    }

    /// <summary>Returns an IANA time zone.</summary>
    public string Zone(string column)
    {
        string value = Required(column);
        // Windows names are converted on some machines and unknown on others: only IANA names mean the same everywhere.
        if (value.Length > 0 && !(TimeZoneInfo.TryFindSystemTimeZoneById(value, out TimeZoneInfo? zone) && zone.HasIanaId))
            Fault(column, $"{ImportFault.Quote(value)} is not an IANA time zone. Write it like Asia/Shanghai or Europe/Berlin.", $"“{ImportFault.Short(value)}”不是 IANA 时区。请写成 Asia/Shanghai 或 Europe/Berlin 的形式。");
        return value;
    }

    /// <summary>Returns the code of a country that has a holiday table; <see langword="null"/> if the field is empty.</summary>
    public string? Country(string column)
    {
        string? value = Optional(column)?.ToUpperInvariant();
        if (value is not null && HolidayTables.Find(value) is null)
            Fault(column, $"{ImportFault.Quote(value)} is not a country whose holidays are known: {string.Join(", ", HolidayTables.Countries)}. Leave the field empty to go by the contact's zone.", $"“{ImportFault.Short(value)}”不是已有节假日数据的国家或地区：{string.Join("、", HolidayTables.Countries)}。留空则按联系人的时区判断。");
        return value;
    }

    /// <summary>Returns the active member of staff with that address and role; <see langword="null"/> if the field is empty or wrong.</summary>
    public Guid? Staff(string column, string role, bool required, IReadOnlyDictionary<string, Person> staff)
    {
        string? value = required ? Required(column) : Optional(column);
        if (string.IsNullOrEmpty(value))
            return null;
        if (!staff.TryGetValue(value, out Person? person))
        {
            Fault(column, $"{ImportFault.Quote(value)} is not the address of a member of staff. Add the person first, or correct the address.", $"“{ImportFault.Short(value)}”不是任何员工的邮箱。请先添加该员工，或更正地址。");
            return null;
        }

        if (!person.IsActive)
            Fault(column, $"{ImportFault.Quote(value)} ({person.Name}) is no longer active. Name somebody else.", $"“{ImportFault.Short(value)}”（{person.Name}）已停用，请指定其他人。");
        else if (!person.Is(role))
            Fault(column, $"{ImportFault.Quote(value)} ({person.Name}) does not have the role '{role}'. Give the role, or name somebody who has it.", $"“{ImportFault.Short(value)}”（{person.Name}）没有“{role}”角色。请授予该角色，或指定有此角色的人。");
        return person.Id;
    }

    /// <summary>Returns a whole number in a range; <paramref name="fallback"/> if the field is empty.</summary>
    public int Number(string column, int least, int most, int fallback)
    {
        string? value = Optional(column);
        if (value is null)
            return fallback;
        if (int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
            return number;
        Fault(column, $"{ImportFault.Quote(value)} is not a whole number from {least} to {most}.", $"“{ImportFault.Short(value)}”不是 {least} 到 {most} 之间的整数。");
        return fallback;
    }

    /// <summary>Reports a fault of a column.</summary>
    public void Fault(string column, string message, string messageZh) => faults.Add(new(record.Line, column, message, messageZh));

    private void CheckLine(string column, string value, int limit)
    {
        if (TextRule.FaultOfLine(value, limit) is { } fault)
            Fault(column, $"The field cannot be taken: {fault}.", $"此字段无法导入：最多 {limit} 个字符，且不能含换行、控制字符或残缺字符。");
    }
}
