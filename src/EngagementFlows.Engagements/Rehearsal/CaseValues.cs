using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>Equality of values in cases: numbers by value, date-times by instant, a missing member equals null.</summary>
internal static partial class CaseValues
{
    public static bool AreSame(object? wanted, object? found) => (wanted, found) switch
    {
        (null, null) => true,
        (bool one, bool other) => one == other,
        (long one, long other) => one == other,
        (long or double, long or double) => AreClose(Convert.ToDouble(wanted, CultureInfo.InvariantCulture), Convert.ToDouble(found, CultureInfo.InvariantCulture)),
        (string one, string other) => one == other || AreSameInstant(one, other),
        (PlainList one, PlainList other) => one.Count == other.Count && one.Zip(other).All(pair => AreSame(pair.First, pair.Second)),
        (PlainObject one, PlainObject other) => one.Select(member => member.Key).Union(other.Select(member => member.Key)).All(name => AreSame(one[name], other[name])),
        _ => false,
    };

    public static string Shown(object? value)
    {
        string text = PlainJson.Write(value);
        return text.Length <= 160 ? text : string.Concat(text.AsSpan(0, 157), "...");
    }

    private static bool AreClose(double one, double other) => one == other || Math.Abs(one - other) <= 1e-9 * Math.Max(Math.Abs(one), Math.Abs(other));

    private static bool AreSameInstant(string one, string other) =>
        InstantPattern().IsMatch(one) && InstantPattern().IsMatch(other) && TryInstant(one, out DateTimeOffset first) && TryInstant(other, out DateTimeOffset second)
        && (first - second).Duration() < TimeSpan.FromMicroseconds(1);

    private static bool TryInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$")]
    private static partial Regex InstantPattern();
}
