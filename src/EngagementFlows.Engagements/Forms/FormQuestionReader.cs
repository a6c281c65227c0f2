using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Reads one question of a form.</summary>
internal sealed class FormQuestionReader(FormText texts, ICollection<FormFault> faults)
{
    private const string Known = "text, comment, radiogroup, dropdown, checkbox, boolean, rating, panel, html";

    // The page would store or offer something else than the server expects.
    private static readonly string[] UncheckedProperties =
        ["choicesByUrl", "choicesFromQuestion", "choicesVisibleIf", "choicesEnableIf", "valueTrue", "valueFalse", "valueName", "requiredIf", "setValueExpression", "maskType"];

    /// <summary>Returns the question; <see langword="null"/> (and a fault) if its type is unknown.</summary>
    public FormQuestion? Read(JsonElement element, string type, string name)
    {
        string where = $"question '{name}'";
        if (name.Length == 0 || name.Length > 100 || !name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-'))
            faults.Add(new(where, "The name must have 1 to 100 ASCII letters, digits, '_' or '-', because answers are stored under it. Rename the question."));
        if (KindOf(element, type) is not { } kind)
        {
            faults.Add(new(where, $"Type '{type}' with inputType '{FormJson.Text(element, "inputType")}' is not supported. Supported: {Known}; inputType text, number, date, email, tel, url."));
            return null;
        }

        foreach (string property in UncheckedProperties.Where(property => element.TryGetProperty(property, out _)))
            faults.Add(new(where, $"'{property}' is not supported, because the server could not check the answer. Remove it."));
        LocalizedText? title = texts.Read(element, "title", where);
        if (title is null)
            faults.Add(new(where, "The question has no title. Add one in both languages."));
        FormQuestion question = new()
        {
            Name = name,
            Kind = kind,
            Type = type,
            Title = title ?? new(name, name),
            Description = texts.Read(element, "description", where),
            IsRequired = FormJson.Flag(element, "isRequired"),
            Choices = kind is QuestionKind.Choice or QuestionKind.Choices ? Choices(element, where) : kind == QuestionKind.Rating ? RateValues(element, where) : [],
            HasOther = FormJson.Flag(element, "showOtherItem") || FormJson.Flag(element, "hasOther"),
        };
        return WithValidators(WithBounds(question, element), element, where);
    }

    /// <summary>Returns the conditions of a question, panel or page.</summary>
    public FormCondition[] Conditions(JsonElement element, string where)
    {
        if (FormJson.Text(element, "visible") == "false")
            faults.Add(new(where, "'visible: false' hides it for ever. Remove it, or write a visibleIf."));
        if (FormJson.Text(element, "visibleIf") is not { Length: > 0 } text)
            return [];
        try
        {
            return [FormConditionParser.Parse(text)];
        }
        catch (FormatException fault)
        {
            faults.Add(new($"{where}, visibleIf", $"The condition '{text}' cannot be checked: {fault.Message}."));
            return [];
        }
    }

    private static QuestionKind? KindOf(JsonElement element, string type) => (type, FormJson.Text(element, "inputType") ?? "text") switch
    {
        ("text", "text" or "tel" or "url") => QuestionKind.Text,
        ("text", "number") => QuestionKind.Number,
        ("text", "date") => QuestionKind.Date,
        ("text", "email") => QuestionKind.Email,
        ("comment", _) => QuestionKind.Comment,
        ("radiogroup" or "dropdown", _) => QuestionKind.Choice,
        ("checkbox" or "tagbox", _) => QuestionKind.Choices,
        ("boolean", _) => QuestionKind.Boolean,
        ("rating", _) => QuestionKind.Rating,
        _ => null,
    };

    private List<FormChoice> Choices(JsonElement element, string where)
    {
        List<FormChoice> choices = [];
        if (element.TryGetProperty("choices", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in list.EnumerateArray())
                choices.Add(Choice(item, where));
        }

        if (FormJson.Flag(element, "showNoneItem") || FormJson.Flag(element, "hasNone"))
            choices.Add(new("none", texts.Read(element, "noneText", where) ?? new("None", "无")));
        if (choices.Count == 0)
            faults.Add(new(where, "The question offers no choices. Add at least one."));
        foreach (IGrouping<string, FormChoice> twice in choices.GroupBy(choice => choice.Value).Where(group => group.Count() > 1))
            faults.Add(new(where, $"The choice '{twice.Key}' is offered twice. Give each its own value."));
        return choices;
    }

    private FormChoice Choice(JsonElement item, string where)
    {
        bool isObject = item.ValueKind == JsonValueKind.Object;
        string? value = isObject ? FormJson.Text(item, "value") : FormJson.Text(item);
        if (value is not { Length: > 0 and <= TextRule.NameLength })
            faults.Add(new(where, $"The choice {item.GetRawText()} has no value of 1 to {TextRule.NameLength} characters. Write {{\"value\": \"a\", \"text\": {{\"default\": \"A\", \"zh-cn\": \"甲\"}}}}."));
        LocalizedText text = isObject && texts.Read(item, "text", $"{where}, choice '{value}'") is { } named
            ? named
            : item.ValueKind == JsonValueKind.String ? texts.Read(item, $"{where}, choices") : new(value ?? "", value ?? "");
        return new(value ?? "", text);
    }

    private List<FormChoice> RateValues(JsonElement element, string where)
    {
        if (element.TryGetProperty("rateValues", out JsonElement values) && values.ValueKind == JsonValueKind.Array)
            return [.. values.EnumerateArray().Select(item => Choice(item, where))];
        int least = FormJson.Count(element, "rateMin") ?? 1;
        int most = FormJson.Count(element, "rateMax") ?? (FormJson.Count(element, "rateCount") is { } count ? least + count - 1 : 5);
        if (most <= least || most - least > 20)
        {
            faults.Add(new(where, $"The scale goes from {least} to {most}. The end must lie 1 to 20 above the beginning."));
            return [];
        }

        return [.. Enumerable.Range(least, most - least + 1).Select(rate => rate.ToString(CultureInfo.InvariantCulture)).Select(rate => new FormChoice(rate, new(rate, rate)))];
    }

    private static FormQuestion WithBounds(FormQuestion question, JsonElement element)
    {
        int limit = question.Kind == QuestionKind.Comment ? TextRule.CommentLength : 1000;
        return question.Kind switch
        {
            QuestionKind.Text or QuestionKind.Comment or QuestionKind.Email =>
                question with { MostCount = FormJson.Count(element, "maxLength") is { } most and > 0 ? Math.Min(most, limit) : limit },
            QuestionKind.Number => question with { Least = FormJson.Number(element, "min"), Most = FormJson.Number(element, "max") },
            QuestionKind.Date => question with { Earliest = Date(element, "min"), Latest = Date(element, "max") },
            QuestionKind.Choices => question with
            {
                LeastCount = FormJson.Count(element, "minSelectedChoices") ?? 0,
                MostCount = FormJson.Count(element, "maxSelectedChoices") is { } most and > 0 ? most : int.MaxValue,
            },
            _ => question,
        };
    }

    private static DateOnly? Date(JsonElement element, string name) =>
        DateOnly.TryParseExact(FormJson.Text(element, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;

    private FormQuestion WithValidators(FormQuestion question, JsonElement element, string where)
    {
        if (!element.TryGetProperty("validators", out JsonElement validators) || validators.ValueKind != JsonValueKind.Array)
            return question;
        foreach (JsonElement validator in validators.EnumerateArray())
            question = WithValidator(question, validator, where);
        return question;
    }

    private FormQuestion WithValidator(FormQuestion question, JsonElement validator, string where)
    {
        string type = FormJson.Text(validator, "type") ?? "";
        switch (type)
        {
            case "text":
                return question with
                {
                    LeastCount = FormJson.Count(validator, "minLength") ?? question.LeastCount,
                    MostCount = FormJson.Count(validator, "maxLength") is { } most and > 0 ? Math.Min(most, question.MostCount) : question.MostCount,
                };
            case "numeric":
                return question with { Least = FormJson.Number(validator, "minValue") ?? question.Least, Most = FormJson.Number(validator, "maxValue") ?? question.Most };
            case "answercount":
                return question with { LeastCount = FormJson.Count(validator, "minCount") ?? question.LeastCount, MostCount = FormJson.Count(validator, "maxCount") ?? question.MostCount };
            case "email":
                return question with { Kind = question.Kind == QuestionKind.Text ? QuestionKind.Email : question.Kind };
            case "regex":
                return Pattern(validator, where) is { } pattern ? question with { Patterns = [.. question.Patterns, pattern] } : question;
            default:
                faults.Add(new(where, $"Validator '{type}' is not supported. Supported: text, numeric, answercount, email, regex."));
                return question;
        }
    }

    private FormPattern? Pattern(JsonElement validator, string where)
    {
        string expression = FormJson.Text(validator, "regex") ?? "";
        try
        {
            // Clients choose the text that is matched: an expression that could backtrack without end is refused when the form is read.
            return new(new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), texts.Read(validator, "text", $"{where}, validator"));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            faults.Add(new(where, $"The expression '{expression}' cannot be used: {fault.Message} Write one without look-around and back-references."));
            return null;
        }
    }
}
