using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Reads one question of a form.</summary>
internal sealed class FormQuestionReader(FormText texts, ICollection<FormFault> faults)
{
    private const string Known = "text, comment, radiogroup, dropdown, checkbox, boolean, rating, paneldynamic, panel, html";

    private const string StaffOfRole = "staff:";
    private static readonly string[] OwnItems = ["showOtherItem", "hasOther", "showNoneItem", "hasNone"];

    // The page would store or offer something else than the server expects.
    private static readonly string[] UncheckedProperties =
        ["choicesByUrl", "choicesFromQuestion", "choicesVisibleIf", "choicesEnableIf", "valueTrue", "valueFalse", "valueName", "requiredIf", "setValueExpression", "maskType"];

    // Rows that come or go without the person, and checks of which the server knows nothing.
    private static readonly string[] UncheckedOfGroups = ["keyName", "templateVisibleIf", "allowAddPanel", "allowRemovePanel", "defaultValue", "defaultPanelValue"];

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

        IEnumerable<string> unsupported = kind == QuestionKind.Group ? UncheckedProperties.Concat(UncheckedOfGroups) : UncheckedProperties;
        foreach (string property in unsupported.Where(property => element.TryGetProperty(property, out _)))
            faults.Add(new(where, $"'{property}' is not supported, because the server could not check the answer. Remove it."));
        LocalizedText? title = texts.Read(element, "title", where);
        if (title is null)
            faults.Add(new(where, "The question has no title. Add one in both languages."));
        string? staff = Staff(element, type, where);
        FormQuestion question = new()
        {
            Name = name,
            Kind = kind,
            Type = type,
            Title = title ?? new(name, name),
            Description = texts.Read(element, "description", where),
            IsRequired = FormJson.Flag(element, "isRequired"),
            Staff = staff,
            Choices = staff is not null ? [] : kind is QuestionKind.Choice or QuestionKind.Choices ? Choices(element, where) : kind == QuestionKind.Rating ? RateValues(element, where) : [],
            HasOther = FormJson.Flag(element, "showOtherItem") || FormJson.Flag(element, "hasOther"),
        };
        return WithValidators(WithBounds(question, element, where), element, where);
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
        ("paneldynamic", _) => QuestionKind.Group,
        _ => null,
    };

    /// <summary>Returns what a paneldynamic asks in each row.</summary>
    public FormGroup Group(JsonElement element, FormQuestion question, IReadOnlyList<FormQuestion> rowQuestions)
    {
        string where = $"question '{question.Name}'";
        int most = Count(element, "maxPanelCount", where, 1) ?? FormGroup.MostRows;
        int least = Math.Max(Count(element, "minPanelCount", where, 0) ?? 0, question.IsRequired ? 1 : 0);
        int first = Math.Max(Count(element, "panelCount", where, 0) ?? 0, least);
        if (least > most || first > most)
            faults.Add(new(where, $"minPanelCount and panelCount must not be greater than maxPanelCount, which is {most}."));
        if (rowQuestions.Count == 0)
            faults.Add(new(where, "The group asks nothing. Put questions into its templateElements."));
        LocalizedText title = texts.Read(element, "templateTitle", where) ?? new($"{question.Title.En} {{panelIndex}}", $"{question.Title.ZhCn} {{panelIndex}}");
        foreach (string name in FormGroup.NamesIn(title).Where(name => !rowQuestions.Any(one => FormGroup.RowPrefix + one.Name == name)).Distinct(StringComparer.Ordinal))
            faults.Add(new($"{where}, templateTitle", $"'{{{name}}}' means nothing here. Use {{panelIndex}} for the row's number, or {{panel.x}} for the answer to x."));
        return new(
            rowQuestions,
            title,
            texts.Read(element, "panelAddText", where) ?? texts.Read(element, "addPanelText", where) ?? new("Add another", "添加一项"),
            texts.Read(element, "panelRemoveText", where) ?? texts.Read(element, "removePanelText", where) ?? new("Remove", "删除"))
        {
            First = first,
            Least = least,
            Most = most,
        };
    }

    private int? Count(JsonElement element, string property, string where, int least)
    {
        if (!element.TryGetProperty(property, out JsonElement value))
            return null;
        if (FormJson.Count(element, property) is { } count && count >= least && count <= FormGroup.MostRows)
            return count;
        faults.Add(new(where, $"'{property}' is {value.GetRawText()}. It must be a number from {least} to {FormGroup.MostRows}."));
        return null;
    }

    // Our own property, which SurveyJS carries along: the list itself never stands in a form's file.
    private string? Staff(JsonElement element, string type, string where)
    {
        if (FormJson.Text(element, "efChoices") is not { } asked)
            return null;
        string role = asked.StartsWith(StaffOfRole, StringComparison.Ordinal) ? asked[StaffOfRole.Length..] : "";
        if (asked != FormQuestion.AnyStaff && !StaffRoles.IsKnown(role))
            faults.Add(new(where, $"'efChoices' is '{asked}'. Write \"staff\", or \"staff:<role>\" with one of {string.Join(", ", StaffRoles.All)}."));
        if (type != "dropdown" || element.TryGetProperty("choices", out _) || OwnItems.Any(item => FormJson.Flag(element, item)))
            faults.Add(new(where, "'efChoices' stands in a dropdown without choices of its own and without the items other and none. Remove them, or remove 'efChoices'."));
        return role.Length > 0 ? role : FormQuestion.AnyStaff;
    }

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

    private FormQuestion WithBounds(FormQuestion question, JsonElement element, string where)
    {
        int limit = question.Kind == QuestionKind.Comment ? TextRule.CommentLength : 1000;
        question = question with { NotBefore = Bound(element, "minValueExpression", question.Kind, where), NotAfter = Bound(element, "maxValueExpression", question.Kind, where) };
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

    private DateBound? Bound(JsonElement element, string name, QuestionKind kind, string where)
    {
        if (FormJson.Text(element, name) is not { Length: > 0 } text)
            return null;
        DateBound? bound = kind == QuestionKind.Date ? DateBound.Parse(text) : null;
        if (kind != QuestionKind.Date)
            faults.Add(new(where, $"'{name}' bounds dates alone. Give it the inputType date, or remove '{name}'."));
        else if (bound is null)
            faults.Add(new($"{where}, {name}", $"'{text}' cannot be checked. Write today(), today(30) for thirty days later, or a date that is asked before, {{from}} or in a row {{panel.from}}."));
        return bound;
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
