using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>What a group asks in each of its rows, and how many rows there may be.</summary>
/// <param name="Questions">The questions of a row; none of them is a group.</param>
/// <param name="RowTitle">What a row is called; <c>{panelIndex}</c> is its number from 1, <c>{panel.x}</c> its answer to x.</param>
/// <param name="AddText">The words on the button that adds a row.</param>
/// <param name="RemoveText">The words on the button that removes one.</param>
public sealed partial record FormGroup(IReadOnlyList<FormQuestion> Questions, LocalizedText RowTitle, LocalizedText AddText, LocalizedText RemoveText)
{
    /// <summary>The greatest number of rows that any group may have.</summary>
    public const int MostRows = 50;

    /// <summary>The beginning of a name in a condition or title that means a question of the same row.</summary>
    public const string RowPrefix = "panel.";

    private const string Number = "panelIndex";
    private const int LongestAnswer = 60;

    /// <summary>Gets the number of rows that are shown at first.</summary>
    public int First { get; init; }

    /// <summary>Gets the least number of rows with an answer; 0 = the group may be left empty.</summary>
    public int Least { get; init; }

    /// <summary>Gets the greatest number of rows.</summary>
    public int Most { get; init; } = MostRows;

    /// <summary>Returns what a row is called.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="row">Its answers, as typed or as checked.</param>
    public LocalizedText TitleOf(int index, PlainObject row) => new(Fill(RowTitle.En, text => text.En, index, row), Fill(RowTitle.ZhCn, text => text.ZhCn, index, row));

    /// <summary>Tells whether nothing was answered in a row; such a row is left out.</summary>
    public static bool IsBlank(PlainObject row) => row.All(member => FormValidator.IsBlank(member.Value));

    internal static IEnumerable<string> NamesIn(LocalizedText title) => Placeholder().Matches(title.En + title.ZhCn).Select(found => found.Groups[1].Value).Where(name => name != Number);

    private string Fill(string title, Func<LocalizedText, string> inLanguage, int index, PlainObject row)
    {
        string filled = Placeholder().Replace(title, found => found.Groups[1].Value == Number
            ? (index + 1).ToString(CultureInfo.InvariantCulture)
            : Questions.FirstOrDefault(question => RowPrefix + question.Name == found.Groups[1].Value) is { } named && row[named.Name] is not null ? Shorten(inLanguage(AnswerText.Of(named, row))) : "").Trim().TrimEnd(':', '：', '–', ' ');
        // Nothing of it is answered yet.
        return filled.Length > 0 ? filled : (index + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        if (line.Length <= LongestAnswer)
            return line;
        return (char.IsHighSurrogate(line[LongestAnswer - 1]) ? line[..(LongestAnswer - 1)] : line[..LongestAnswer]) + "…";
    }

    [GeneratedRegex(@"\{([^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
