using System.Globalization;
using System.Text.RegularExpressions;

namespace EngagementFlows.Engagements.Forms;

/// <summary>A bound of a date that is known only when the form is answered: <c>today()</c>, <c>today(3650)</c>, or the answer to a date asked before, <c>{from}</c>, <c>{panel.from}</c>.</summary>
/// <param name="Question">The question whose answer is the bound; one of the same row begins with <see cref="FormGroup.RowPrefix"/>. <see langword="null"/> = the day on which the form is answered.</param>
/// <param name="Days">How many days after that day, below zero before it.</param>
public sealed partial record DateBound(string? Question, int Days)
{
    private const int MostDays = 36_600;

    /// <summary>Returns the bound of <c>minValueExpression</c> or <c>maxValueExpression</c>; <see langword="null"/> if the server cannot check it.</summary>
    public static DateBound? Parse(string text)
    {
        if (Answer().Match(text) is { Success: true } answer)
            return new(answer.Groups["question"].Value.Trim(), 0);
        if (Today().Match(text) is not { Success: true } today)
            return null;
        if (today.Groups["days"].Value is not { Length: > 0 } given)
            return new(null, 0);
        int days = int.Parse(given, CultureInfo.InvariantCulture);
        return days is >= -MostDays and <= MostDays ? new(null, days) : null;
    }

    [GeneratedRegex(@"^\s*today\(\s*(?<days>-?[0-9]{1,6})?\s*\)\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Today();

    [GeneratedRegex(@"^\s*\{(?<question>[^{}]+)\}\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Answer();
}
