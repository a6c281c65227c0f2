using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>The editors of inputs in the words of the Studio.</summary>
internal static class InputEditors
{
    public const string SingleLine = "singleline";
    public const string MultiLine = "multiline";
    public const string DropDown = "dropdown";
    public const string CheckBox = "checkbox";
    public const string CodeEditor = "code-editor";
    public const string JsonEditor = "json-editor";
    public const string MultiText = "multitext";
    public const string DynamicOutcomes = "dynamic-outcomes";

    /// <summary>The member of the specifications by which the Studio asks for choices anew when an activity is selected.</summary>
    public const string Refresh = "Refresh";

    private const string CheckList = "checklist";
    private static readonly LocalizedText NothingChosen = new("– nothing –", "（不填）");

    /// <summary>Returns the Studio's name of an editor.</summary>
    /// <remarks>Dates are single lines of ISO text: the Studio's own picker writes them in the browser's culture and without an offset.</remarks>
    /// <exception cref="InvalidOperationException">No editor is known for the hint.</exception>
    public static string HintOf(InputDescriptor input) => input.UIHint switch
    {
        "single-line" => input.TypeName == "Boolean" && !IsCondition(input) ? CheckBox : SingleLine,
        "cron-editor" or "datetime-picker" => SingleLine,
        "multi-line" => MultiLine,
        "multi-text" => MultiText,
        "check-list" => CheckList,
        "checkbox" or "dropdown" or "code-editor" or "json-editor" or "dynamic-outcomes" or "flow-switch-editor" or "switch-editor" or "http-status-codes" or "variable-picker"
            or "output-picker" or "outcome-picker" or "workflow-definition-picker" => input.UIHint,
        _ => throw new InvalidOperationException($"EngagementFlows bug: the editor '{input.UIHint}' of the input '{input.Name}' has no name in the Studio."),
    };

    /// <summary>Returns what the editor needs besides its name, or <see langword="null"/>.</summary>
    public static IReadOnlyDictionary<string, object>? SpecificationsOf(ActivityDescriptor activity, InputDescriptor input, StudioLists lists, Language language)
    {
        switch (HintOf(input))
        {
            case DropDown when input.OfferedFrom is { } list:
                return Choices(lists.For(activity, input, language), input, language, StudioLists.DependsOnInput(list));
            case DropDown:
                return Choices(Options(input, language), input, language, refresh: false);
            case CheckList:
                return One("checklist", new { checkList = new { items = Options(input, language).Select(choice => new { choice.Text, choice.Value, IsChecked = false }), isFlagsEnum = false } });
            case CodeEditor:
                return One("code-editor", new { language = "javascript", editorHeight = 1 });
            case DynamicOutcomes:
                // What a person may choose comes from the input; what may happen besides is always there.
                return One("DynamicOutcomesOptions", new { fixedOutcomes = activity.Outcomes.Where(outcome => outcome != "Done") });
            default:
                return null;
        }
    }

    /// <summary>Returns the specification of a drop-down; one that may be left out can be emptied again.</summary>
    public static IReadOnlyDictionary<string, object> Choices(IEnumerable<StudioChoice> choices, InputDescriptor input, Language language, bool refresh)
    {
        bool canBeEmptied = !input.IsRequired && input.DefaultValue is null;
        StudioChoice[] items = [.. canBeEmptied ? [new StudioChoice(language.Say(NothingChosen), "")] : Array.Empty<StudioChoice>(), .. choices];
        Dictionary<string, object> specifications = One(DropDown, new { selectList = new { items, isFlagsEnum = false } });
        if (refresh)
            specifications[Refresh] = true;
        return specifications;
    }

    private static IEnumerable<StudioChoice> Options(InputDescriptor input, Language language) =>
        (input.Options ?? []).Select(option => new StudioChoice(input.NameOfOption is { } name ? language.Say(name(option)) : option, option));

    private static Dictionary<string, object> One(string name, object value) => new(StringComparer.Ordinal) { [name] = value };

    // A condition is nearly always an expression: a line, as in Elsa, not a box to tick.
    private static bool IsCondition(InputDescriptor input) => input.Name == "condition";
}
