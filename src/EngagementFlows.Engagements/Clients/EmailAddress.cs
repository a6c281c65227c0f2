namespace EngagementFlows.Engagements.Clients;

/// <summary>The rule for a mail address: one plain ASCII address, nothing that could become a second recipient or a header.</summary>
public static class EmailAddress
{
    private const string LocalMarks = ".!#$%&'*+/=?^_`{|}~-";

    /// <summary>Returns why <paramref name="text"/> is not an address, or <see langword="null"/> if it is one.</summary>
    public static string? Fault(string text)
    {
        if (text.Length > 254)
            return $"it has {text.Length} characters; at most 254 are allowed";
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at > 64 || at != text.LastIndexOf('@'))
            return "it must have the form name@host.example";
        if (!IsLocalPart(text.AsSpan(0, at)))
            return $"'{text[..at]}' before the @ may hold ASCII letters, digits and {LocalMarks} only, and no dot at an end or beside another";
        return IsHost(text[(at + 1)..])
            ? null
            : $"'{text[(at + 1)..]}' after the @ must be a host name with a dot; write an international name in its ASCII form (xn--…)";
    }

    private static bool IsLocalPart(ReadOnlySpan<char> part)
    {
        if (part[0] == '.' || part[^1] == '.' || part.IndexOf("..", StringComparison.Ordinal) >= 0)
            return false;
        foreach (char unit in part)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && !LocalMarks.Contains(unit, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private static bool IsHost(string host)
    {
        string[] labels = host.Split('.');
        return labels.Length >= 2 && labels.All(label =>
            label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-'));
    }
}
