using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>The outcome of checking one answer: a value with its type, or what is wrong.</summary>
internal readonly record struct AnswerCheck(object? Value, TypedAnswer? Typed, LocalizedText? Fault)
{
    public static AnswerCheck Of(object value, TypedAnswer typed) => new(value, typed, null);

    public static AnswerCheck Wrong(LocalizedText fault) => new(null, null, fault);
}

/// <summary>Checks one answer by the rules of its question.</summary>
internal static class AnswerChecks
{
    private static readonly TypedAnswer Blank = new("", QuestionKind.Text);

    public static AnswerCheck Check(FormQuestion question, object raw) => question.Kind switch
    {
        QuestionKind.Text or QuestionKind.Comment => Text(question, raw),
        QuestionKind.Email => Email(question, raw),
        QuestionKind.Number => Number(question, raw),
        QuestionKind.Date => Date(question, raw),
        QuestionKind.Boolean => Flag(raw),
        QuestionKind.Choice => Choice(question, raw),
        QuestionKind.Choices => Choices(question, raw),
        QuestionKind.Rating => Rating(question, raw),
        // A group is no answer of its own: the validator checks its rows one by one.
        _ => throw new InvalidOperationException($"EngagementFlows bug: question kind '{question.Kind}' has no check."),
    };

    private static AnswerCheck Text(FormQuestion question, object raw)
    {
        if (Scalar(raw) is not { } text)
            return AnswerCheck.Wrong(AnswerWords.NotText);
        text = text.Trim();
        if (text.Length > question.MostCount)
            return AnswerCheck.Wrong(AnswerWords.TextTooLong(question.MostCount));
        if (text.Length < question.LeastCount)
            return AnswerCheck.Wrong(AnswerWords.TextTooShort(question.LeastCount));
        string? fault = question.Kind == QuestionKind.Comment ? TextRule.FaultOfText(text, int.MaxValue) : TextRule.FaultOfLine(text, int.MaxValue);
        if (fault is not null)
            return AnswerCheck.Wrong(AnswerWords.BadCharacter);
        foreach (FormPattern pattern in question.Patterns)
        {
            if (!pattern.Expression.IsMatch(text))
                return AnswerCheck.Wrong(pattern.Message ?? AnswerWords.PatternMissed);
        }

        return AnswerCheck.Of(text, Blank with { Text = text });
    }

    private static AnswerCheck Email(FormQuestion question, object raw)
    {
        AnswerCheck text = Text(question, raw);
        return text.Fault is null && EmailAddress.Fault((string)text.Value!) is not null ? AnswerCheck.Wrong(AnswerWords.NotEmail) : text;
    }

    private static AnswerCheck Number(FormQuestion question, object raw)
    {
        if (Decimal(raw) is not { } number)
            return AnswerCheck.Wrong(AnswerWords.NotNumber);
        if (number < question.Least)
            return AnswerCheck.Wrong(AnswerWords.TooSmall(question.Least));
        if (number > question.Most)
            return AnswerCheck.Wrong(AnswerWords.TooGreat(question.Most));
        return AnswerCheck.Of(Plain(number), Blank with { Number = number });
    }

    private static AnswerCheck Date(FormQuestion question, object raw)
    {
        if (DateOf(raw) is not { } date)
            return AnswerCheck.Wrong(AnswerWords.NotDate);
        if (date < question.Earliest)
            return AnswerCheck.Wrong(AnswerWords.TooEarly(question.Earliest.Value));
        if (date > question.Latest)
            return AnswerCheck.Wrong(AnswerWords.TooLate(question.Latest.Value));
        return AnswerCheck.Of((string)raw, Blank with { Date = date });
    }

    /// <summary>Returns the date of an answer, <c>2026-03-31</c>; <see langword="null"/> if it is none.</summary>
    public static DateOnly? DateOf(object? answer) =>
        DateOnly.TryParseExact(answer as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;

    private static AnswerCheck Flag(object raw) => raw switch
    {
        true or "true" => AnswerCheck.Of(true, Blank with { Flag = true }),
        false or "false" => AnswerCheck.Of(false, Blank with { Flag = false }),
        _ => AnswerCheck.Wrong(AnswerWords.NotFlag),
    };

    private static AnswerCheck Choice(FormQuestion question, object raw) =>
        Scalar(raw) is { } value && IsOffered(question, value)
            ? AnswerCheck.Of(value, Blank with { Text = value })
            : AnswerCheck.Wrong(AnswerWords.NotOffered);

    private static AnswerCheck Choices(FormQuestion question, object raw)
    {
        string?[] values = raw is PlainList list ? [.. list.Select(Scalar)] : [Scalar(raw)];
        string[] distinct = [.. values.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (distinct.Length != values.Length || !distinct.All(value => IsOffered(question, value)))
            return AnswerCheck.Wrong(AnswerWords.NotOffered);
        if (distinct.Length < question.LeastCount)
            return AnswerCheck.Wrong(AnswerWords.TooFew(question.LeastCount));
        if (distinct.Length > question.MostCount)
            return AnswerCheck.Wrong(AnswerWords.TooMany(question.MostCount));
        return AnswerCheck.Of(new PlainList(distinct), Blank with { Choices = distinct });
    }

    private static AnswerCheck Rating(FormQuestion question, object raw)
    {
        if (Scalar(raw) is not { } value || !question.Choices.Any(choice => choice.Value == value))
            return AnswerCheck.Wrong(AnswerWords.NotOffered);
        // A scale of words is stored as the word.
        return Decimal(value) is { } number ? AnswerCheck.Of(Plain(number), Blank with { Number = number }) : AnswerCheck.Of(value, Blank with { Text = value });
    }

    private static bool IsOffered(FormQuestion question, string value) =>
        question.Choices.Any(choice => choice.Value == value) || (question.HasOther && value == FormValidator.OtherValue);

    private static string? Scalar(object? raw) => raw switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long or double or decimal => Convert.ToString(raw, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static decimal? Decimal(object raw)
    {
        if (raw is double number && (!double.IsFinite(number) || Math.Abs(number) > 1e15))
            return null;
        return raw switch
        {
            long whole => whole,
            decimal exact => exact,
            double broken => (decimal)broken,
            string text when decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal parsed) && Math.Abs(parsed) <= 1_000_000_000_000_000m => parsed,
            _ => null,
        };
    }

    // Scripts know whole and broken numbers; the exact one is kept in the typed answer.
    private static object Plain(decimal number)
    {
        if (number == decimal.Truncate(number) && Math.Abs(number) < 9_000_000_000_000_000m)
            return decimal.ToInt64(number);
        return decimal.ToDouble(number);
    }
}
