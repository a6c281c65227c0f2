using System.Globalization;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Forms;

/// <summary>Turns fields of a posted page into answers, and answers into fields.</summary>
internal static class FormPost
{
    private const string Prefix = "q.";

    /// <summary>Returns the name of a question's field.</summary>
    public static string FieldOf(string question) => Prefix + question;

    /// <summary>Returns the answers in the posted fields; what the form does not ask is left to the validator, which refuses it.</summary>
    public static PlainObject Read(FormDefinition form, IFormCollection fields)
    {
        HashSet<string> lists = [.. form.Questions.Where(question => question.Kind == QuestionKind.Choices).Select(question => question.Name)];
        PlainObject answers = new();
        foreach ((string field, Microsoft.Extensions.Primitives.StringValues values) in fields)
        {
            if (!field.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            string name = field[Prefix.Length..];
            string[] given = [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.ReplaceLineEndings("\n"))];
            if (given.Length > 0)
                answers[name] = lists.Contains(name) ? new PlainList(given) : given[^1];
        }

        return answers;
    }

    /// <summary>Returns what stands in the fields of a question: one text, or several for choices.</summary>
    public static IReadOnlyList<string> TextsOf(PlainObject answers, string question) => answers[question] switch
    {
        null => [],
        PlainList list => [.. list.Select(Text)],
        object value => [Text(value)],
    };

    /// <summary>Returns the only text in a question's field; empty if there is none.</summary>
    public static string TextOf(PlainObject answers, string question) => TextsOf(answers, question) is [string text, ..] ? text : "";

    /// <summary>Returns the posted fields that a page between the form and its sending hands on: answers, and where the reader stands.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Carried(IFormCollection fields) =>
    [
        .. from field in fields
           where field.Key is "page" or "shown" or "reason" || field.Key.StartsWith(Prefix, StringComparison.Ordinal)
           from value in field.Value
           select KeyValuePair.Create(field.Key, value ?? ""),
    ];

    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
