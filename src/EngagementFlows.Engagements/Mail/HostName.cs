using System.Globalization;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The names of hosts in mail addresses and settings.</summary>
public static class HostName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    // Without its own state, so shared. Unassigned code points are refused: they may mean another host tomorrow.
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>Returns the name in lower-case ASCII – an international one in its <c>xn--</c> form, in which look-alikes show –, or <see langword="null"/> if it is none.</summary>
    public static string? ToAscii(string host)
    {
        string ascii;
        try
        {
            ascii = Idn.GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }

        return ascii.Length is > 0 and <= LongestName && ascii.Split('.').All(IsLabel) ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && label.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-');
}
