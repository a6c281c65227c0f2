using System.Text.Json;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Forms;

/// <summary>What a form file came to.</summary>
/// <param name="Form">The form; <see langword="null"/> if the file is no form at all.</param>
/// <param name="Faults">Everything that has to be mended.</param>
public sealed record FormReading(FormDefinition? Form, IReadOnlyList<FormFault> Faults);

/// <summary>Reads the subset of SurveyJS form JSON that the server can check by itself.</summary>
/// <remarks>What is merely looks (widths, colours) is left alone; what would make the page and the server disagree about an answer is a fault.</remarks>
public sealed class FormReader
{
    private const int MaxQuestions = 500;
    private const int MaxDepth = 16;

    // What a page of the form may have to carry in all its rows.
    private const int MaxFields = 5000;
    private static readonly string[] UncheckedSettings = ["triggers", "calculatedValues"];

    private readonly List<FormFault> _faults = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly FormText _texts;
    private readonly FormQuestionReader _questions;

    private FormReader()
    {
        _texts = new(_faults);
        _questions = new(_texts, _faults);
    }

    /// <summary>Reads <paramref name="json"/> and reports every fault at once.</summary>
    public static FormReading Read(string json)
    {
        FormReader reader = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
            FormDefinition? form = document.RootElement.ValueKind == JsonValueKind.Object ? reader.Form(document.RootElement) : null;
            if (form is null)
                reader._faults.Add(new("form", "The file does not hold a JSON object. Export the form from the SurveyJS creator as JSON."));
            return new(form, reader._faults);
        }
        catch (JsonException broken)
        {
            return new(null, [new("form", $"The file is not JSON: {broken.Message}")]);
        }
    }

    private FormDefinition Form(JsonElement root)
    {
        LocalizedText? title = _texts.Read(root, "title", "form");
        if (title is null)
            _faults.Add(new("form", "The form has no title. Add one in both languages."));
        foreach (string setting in UncheckedSettings.Where(setting => root.TryGetProperty(setting, out _)))
            _faults.Add(new("form", $"'{setting}' is not supported, because the server could not check the answers that it makes. Remove it."));

        List<FormPage> pages = [];
        if (root.TryGetProperty("pages", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement page in list.EnumerateArray())
                pages.Add(Page(page, FormJson.Text(page, "name") ?? $"page{pages.Count + 1}"));
        }
        else if (root.TryGetProperty("elements", out _))
        {
            pages.Add(Page(root, "page1", isRoot: true));
        }

        FormDefinition form = new(title ?? new("", ""), _texts.Read(root, "description", "form"), pages);
        int count = form.AllQuestions.Count();
        if (count is 0 or > MaxQuestions)
            _faults.Add(new("form", $"The form has {count} questions; 1 to {MaxQuestions} are allowed."));
        int fields = form.Questions.Sum(question => question.Group is { } group ? group.Most * group.Questions.Count : 1);
        if (fields > MaxFields)
            _faults.Add(new("form", $"With all rows of its groups the form has {fields} questions; at most {MaxFields} are allowed. Lower a maxPanelCount."));
        CheckConditions(form);
        return form;
    }

    private FormPage Page(JsonElement page, string name, bool isRoot = false)
    {
        List<FormQuestion> questions = [];
        if (!IsObject(page, $"page '{name}'"))
            return new(name, null, null, questions);
        FormCondition[] conditions = _questions.Conditions(page, $"page '{name}'");
        Elements(page, conditions, panel: null, questions, new("elements", "", _names, Depth: 0));
        LocalizedText? title = isRoot ? null : _texts.Read(page, "title", $"page '{name}'");
        return new(name, title, isRoot ? null : _texts.Read(page, "description", $"page '{name}'"), questions);
    }

    private void Elements(JsonElement owner, FormCondition[] conditions, LocalizedText? panel, List<FormQuestion> questions, Level level)
    {
        if (!owner.TryGetProperty(level.Property, out JsonElement elements) || elements.ValueKind != JsonValueKind.Array)
            return;
        foreach (JsonElement element in elements.EnumerateArray())
        {
            if (!IsObject(element, level.Property))
                continue;
            string type = FormJson.Text(element, "type") ?? "";
            string name = FormJson.Text(element, "name") ?? "";
            if (type is "html" or "image")
                continue;
            FormCondition[] all = [.. conditions, .. _questions.Conditions(element, $"'{name}'")];
            if (type == "panel")
            {
                if (level.Depth < MaxDepth)
                    Elements(element, all, _texts.Read(element, "title", $"panel '{name}'") ?? panel, questions, level with { Property = "elements", Depth = level.Depth + 1 });
                else
                    _faults.Add(new($"panel '{name}'", $"Panels are nested deeper than {MaxDepth} levels. Flatten them."));
                continue;
            }

            if (!level.Names.Add(name))
                _faults.Add(new($"question '{level.Within}{name}'", "The name is used twice. Give each question a name of its own."));
            if (type == "paneldynamic" && level.Within.Length > 0)
                _faults.Add(new($"question '{level.Within}{name}'", $"A paneldynamic stands inside the paneldynamic '{level.Within[..^1]}', and rows have no rows. Put it beside the other one, or ask with plain questions."));
            else if (_questions.Read(element, type, name) is { } question)
                questions.Add((question.Kind == QuestionKind.Group ? WithRows(question, element) : question) with { VisibleIf = all, Panel = panel });
        }
    }

    private FormQuestion WithRows(FormQuestion question, JsonElement element)
    {
        List<FormQuestion> inRow = [];
        Elements(element, [], panel: null, inRow, new("templateElements", $"{question.Name}.", new(StringComparer.Ordinal), Depth: 0));
        FormGroup group = _questions.Group(element, question, inRow);
        return question with { Group = group, IsRequired = group.Least > 0 };
    }

    private bool IsObject(JsonElement element, string where)
    {
        if (element.ValueKind == JsonValueKind.Object)
            return true;
        _faults.Add(new(where, $"{element.GetRawText()} stands where a JSON object is wanted. Remove it."));
        return false;
    }

    private void CheckConditions(FormDefinition form)
    {
        Dictionary<string, FormQuestion> earlier = new(StringComparer.Ordinal);
        foreach (FormQuestion question in form.Questions)
        {
            CheckConditions(question, question.Name, earlier);
            if (question.Group is { } group)
            {
                Dictionary<string, FormQuestion> inRow = new(earlier, StringComparer.Ordinal);
                foreach (FormQuestion one in group.Questions)
                {
                    CheckConditions(one, $"{question.Name}.{one.Name}", inRow);
                    inRow.TryAdd(FormGroup.RowPrefix + one.Name, one);
                }
            }

            earlier.TryAdd(question.Name, question);
        }
    }

    private void CheckConditions(FormQuestion question, string name, Dictionary<string, FormQuestion> earlier)
    {
        foreach (FormCondition.Comparison comparison in question.VisibleIf.SelectMany(condition => condition.Comparisons).DistinctBy(comparison => comparison.Question))
        {
            if (!earlier.TryGetValue(comparison.Question, out FormQuestion? asked))
                _faults.Add(new($"question '{name}', visibleIf", $"'{comparison.Question}' is not a question that is asked before. Asked before: {string.Join(", ", earlier.Keys.Take(20))}."));
            else if (asked.Kind == QuestionKind.Group && comparison.Operator is not ("empty" or "notempty"))
                _faults.Add(new($"question '{name}', visibleIf", $"'{comparison.Question}' is a group: only empty and notempty can be asked of it."));
        }

        foreach (string bound in new[] { question.NotBefore?.Question, question.NotAfter?.Question }.OfType<string>())
        {
            if (!earlier.TryGetValue(bound, out FormQuestion? asked) || asked.Kind != QuestionKind.Date)
                _faults.Add(new($"question '{name}', bounds", $"'{bound}' is not a date that is asked before. Dates asked before: {string.Join(", ", earlier.Where(one => one.Value.Kind == QuestionKind.Date).Select(one => one.Key).Take(20))}."));
        }
    }

    /// <summary>Where the reader stands among panels and groups.</summary>
    /// <param name="Property">The property with the elements.</param>
    /// <param name="Within">The group's name with a full stop; empty outside of groups.</param>
    /// <param name="Names">The names that are taken.</param>
    /// <param name="Depth">The depth of panels.</param>
    private sealed record Level(string Property, string Within, HashSet<string> Names, int Depth);
}
