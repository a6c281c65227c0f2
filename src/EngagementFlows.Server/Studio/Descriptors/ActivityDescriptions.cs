using System.Text.Json;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Instances;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>Describes the activity types of the catalogue to the Studio. Pure.</summary>
/// <param name="lists">What drop-downs offer.</param>
/// <param name="language">The language of the reader.</param>
internal sealed class ActivityDescriptions(StudioLists lists, Language language)
{
    private static readonly LocalizedText Required = new("Required. {0}", "必填。{0}");

    // Their children are the drawing itself, or are reached by ports that the Studio makes of the node's own values.
    private static readonly string[] NoPorts = ["activities", "branches", "cases", "expectedStatusCodes"];

    /// <summary>Returns the description of a type.</summary>
    public StudioActivity Of(ActivityDescriptor activity)
    {
        int dot = activity.TypeName.LastIndexOf('.');
        return new(
            activity.TypeName,
            activity.Version,
            activity.TypeName[(dot + 1)..],
            dot < 0 ? "" : activity.TypeName[..dot],
            language.Say(activity.DisplayName),
            language.Say(activity.Description),
            language.Say(activity.Category),
            // A Job or Task would get a tab about running in the background, which means nothing here: every activity waits without holding anything.
            activity.Kind == "Trigger" ? "Trigger" : "Action",
            [.. activity.Inputs.Select((input, place) => Of(activity, input, place))],
            [.. activity.Outputs.Select(Of)],
            [.. Ports(activity)],
            activity.IsOffered,
            activity.ChildProperties.Contains("activities", StringComparer.Ordinal),
            activity.IsStart,
            activity.IsTerminal,
            NoProperties,
            Construction(activity));
    }

    /// <summary>Returns the stand-in for activities whose type or version is not known here.</summary>
    public StudioActivity NotFound() => new(
        NotFoundType, 1, "NotFoundActivity", "Elsa", language.Say(NotFoundName), language.Say(NotFoundDescription), language.Say(NotFoundCategory), "Action",
        [], [], [], IsBrowsable: false, IsContainer: false, IsStart: false, IsTerminal: false, NoProperties, NoProperties);

    /// <summary>The type of the stand-in.</summary>
    public const string NotFoundType = "Elsa.NotFoundActivity";

    internal static IReadOnlyDictionary<string, object> NoProperties { get; } = new Dictionary<string, object>();

    private static readonly LocalizedText NotFoundName = new("Unknown activity", "未知活动");
    private static readonly LocalizedText NotFoundDescription = new(
        "Stands for an activity of a type or version that this server does not know. It is kept as it was.", "代表本服务器不认识的活动类型或版本，内容原样保留。");
    private static readonly LocalizedText NotFoundCategory = new("Flow", "流程");

    private StudioInput Of(ActivityDescriptor activity, InputDescriptor input, int place) => new(
        Capital(input.Name),
        input.TypeName,
        language.Say(input.DisplayName),
        input.IsRequired ? language.Say(Required, language.Say(input.Description)) : language.Say(input.Description),
        place,
        input.IsOffered,
        IsSynthetic: false,
        input.IsExpression,
        InputEditors.HintOf(input),
        DefaultOf(input),
        "Literal",
        InputEditors.SpecificationsOf(activity, input, lists, language));

    private StudioOutput Of(OutputDescriptor output, int place) =>
        new(Capital(output.Name), output.TypeName, language.Say(output.DisplayName), language.Say(output.Description), place, IsBrowsable: true, IsSynthetic: false);

    private IEnumerable<StudioPort> Ports(ActivityDescriptor activity)
    {
        foreach (string property in activity.ChildProperties.Except(NoPorts, StringComparer.Ordinal))
            yield return new(Capital(property), language.Say(PortWords.Of(property)), "Embedded");
        if (activity.IsTerminal)
            yield break;
        foreach (string outcome in activity.Outcomes)
            yield return new(outcome, language.Say(OutcomeWords.Of(outcome)), "Flow");
    }

    // The Studio draws the ports of chosen outcomes from the input's value: a new task has its usual outcome written out, or it would have no way on but Timed out.
    private static IReadOnlyDictionary<string, object> Construction(ActivityDescriptor activity)
    {
        InputDescriptor? outcomes = activity.Inputs.FirstOrDefault(input => input.UIHint == InputEditors.DynamicOutcomes);
        if (outcomes is null || activity.Outcomes.Count < 2 || activity.Outcomes[0] != "Done")
            return NoProperties;
        return new Dictionary<string, object>
        {
            [outcomes.Name] = new { outcomes.TypeName, Expression = new { Type = "Object", Value = """["Done"]""" } },
        };
    }

    // As the engine would read it back from a definition.
    private static JsonElement? DefaultOf(InputDescriptor input) => input.DefaultValue switch
    {
        null => null,
        TimeSpan span => JsonSerializer.SerializeToElement(span.ToString("c", System.Globalization.CultureInfo.InvariantCulture)),
        object value => JsonElement.Parse(PlainJson.Write(value)),
    };

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
