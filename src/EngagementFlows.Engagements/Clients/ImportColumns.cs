namespace EngagementFlows.Engagements.Clients;

/// <summary>Finds a file's columns by the names in its first line, whatever their order.</summary>
internal sealed class ImportColumns
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _count;

    /// <summary>Reads the header; reports unknown, repeated and missing columns.</summary>
    public ImportColumns(CsvRecord header, IReadOnlyList<string> required, IReadOnlyList<string> optional, ICollection<ImportFault> faults)
    {
        string allowed = $"Required: {string.Join(", ", required)}. Optional: {string.Join(", ", optional)}.";
        string allowedZh = $"必需列：{string.Join("、", required)}。可选列：{string.Join("、", optional)}。";
        _count = header.Fields.Count;
        for (int i = 0; i < _count; i++)
        {
            string name = header.Fields[i].Trim();
            if (!required.Concat(optional).Contains(name, StringComparer.OrdinalIgnoreCase))
                faults.Add(new(header.Line, ImportFault.Short(name), $"Column {ImportFault.Quote(name)} is not known. {allowed}", $"未知的列“{ImportFault.Short(name)}”。{allowedZh}"));
            else if (!_positions.TryAdd(name, i))
                faults.Add(new(header.Line, name, $"Column '{name}' stands in the first line twice. Keep one of them.", $"首行中列“{name}”出现了两次，请保留一个。"));
        }

        foreach (string name in required)
        {
            if (!_positions.ContainsKey(name))
                faults.Add(new(header.Line, name, $"Column '{name}' is missing in the first line. {allowed}", $"首行缺少列“{name}”。{allowedZh}"));
        }
    }

    /// <summary>Tells whether the record has as many fields as the header, and reports it if not.</summary>
    public bool Fits(CsvRecord record, ICollection<ImportFault> faults)
    {
        if (record.Fields.Count == _count)
            return true;
        faults.Add(new(record.Line, null, $"The line has {record.Fields.Count} fields, the first line names {_count} columns. Put fields that hold the separator in quotation marks, and leave empty fields between separators.", $"该行有 {record.Fields.Count} 个字段，而首行有 {_count} 列。含分隔符的字段请用引号包住，空字段请保留分隔符。"));
        return false;
    }

    /// <summary>Returns the field of a column without blanks around it; empty if the file has no such column.</summary>
    public string Of(CsvRecord record, string column) => _positions.TryGetValue(column, out int at) ? record.Fields[at].Trim() : "";
}
