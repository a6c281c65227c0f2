using System.Text.RegularExpressions;

namespace EngagementFlows.CrashDrill.Boundaries;

/// <summary>Gives a statement a short name for the table: what it does to which table.</summary>
internal static partial class StatementName
{
    /// <summary>Returns the name.</summary>
    public static string Of(string sql)
    {
        MatchCollection writes = Write().Matches(sql);
        if (writes.Count > 0)
            return Blanks().Replace(writes[0].Value, " ");
        Match call = Call().Match(sql);
        if (call.Success)
            return $"{call.Groups[1].Value}()";
        Match plain = Plain().Match(sql);
        if (plain.Success)
            return plain.Value.ToLowerInvariant();
        Match from = From().Match(sql);
        return from.Success ? $"read {from.Groups[1].Value}" : "read";
    }

    [GeneratedRegex(@"\b(insert\s+into|delete\s+from|(?<!for\s)(?<!for\sno\skey\s)update)\s+(?!of\b|skip\b|set\b)\w+")]
    private static partial Regex Write();

    [GeneratedRegex(@"^\s*select\s+(append_audits?)\b")]
    private static partial Regex Call();

    [GeneratedRegex(@"^\s*(begin|commit|rollback|listen|notify|discard|close|deallocate|set)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\bfrom\s+(?!unnest)(\w+)")]
    private static partial Regex From();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
