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
            Fault(column, "The field is empty and must be filled.");
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
            Fault(column, $"{ImportFault.Quote(value)} is not a mail address: {fault}.");
        return value;
    }

    /// <summary>Returns the language in its own spelling.</summary>
    public string Language(string column)
    {
        string value = Required(column);
        if (value.Length > 0 && Languages.Find(value) is null)
            Fault(column, $"{ImportFault.Quote(value)} is not a language of the house. Allowed: {string.Join(", ", Languages.All)}.");
        return Languages.Find(value) ?? value;
    }

    /// <summary>Returns an IANA time zone.</summary>
    public string Zone(string column)
    {
        string value = Required(column);
        // Windows names are converted on some machines and unknown on others: only IANA names mean the same everywhere.
        if (value.Length > 0 && !(TimeZoneInfo.TryFindSystemTimeZoneById(value, out TimeZoneInfo? zone) && zone.HasIanaId))
            Fault(column, $"{ImportFault.Quote(value)} is not an IANA time zone. Write it like Asia/Shanghai or Europe/Berlin.");
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
            Fault(column, $"{ImportFault.Quote(value)} is not the address of a member of staff. Add the person first, or correct the address.");
            return null;
        }

        if (!person.IsActive)
            Fault(column, $"{ImportFault.Quote(value)} ({person.Name}) is no longer active. Name somebody else.");
        else if (!person.Is(role))
            Fault(column, $"{ImportFault.Quote(value)} ({person.Name}) does not have the role '{role}'. Give the role, or name somebody who has it.");
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
        Fault(column, $"{ImportFault.Quote(value)} is not a whole number from {least} to {most}.");
        return fallback;
    }

    /// <summary>Reports a fault of a column.</summary>
    public void Fault(string column, string message) => faults.Add(new(record.Line, column, message));

    private void CheckLine(string column, string value, int limit)
    {
        if (TextRule.FaultOfLine(value, limit) is { } fault)
            Fault(column, $"The field cannot be taken: {fault}.");
    }
}
