using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>The lists of <see cref="OfferedLists"/>: what drop-downs offer from the database to whoever draws a flow.</summary>
/// <param name="Named">The calendars and promise classes by their names.</param>
/// <param name="People">Who can be given a task by name; empty for a program.</param>
/// <param name="Paths">The paths of the flow's mails, forms and files.</param>
/// <param name="Written">What stands in the flow's inputs.</param>
internal sealed record StudioLists(IReadOnlyList<NamedValue> Named, IReadOnlyList<StudioChoice> People, IReadOnlyList<string> Paths, WrittenValues Written)
{
    private const string MailFolder = "mail/";
    private const string FormFolder = "forms/";

    private static readonly LocalizedText Owner = new("The engagement's owner", "项目负责人");
    private static readonly LocalizedText Architect = new("The engagement's architect", "项目架构师");
    private static readonly LocalizedText Third = new("The third person of a personnel file", "人事档案的第三人");
    private static readonly LocalizedText Role = new("Everybody with the role: {0}", "角色：{0}");
    private static readonly LocalizedText ClientCalendar = new("The client's working time", "客户的工作时间");
    private static readonly LocalizedText FirmCalendar = new("The firm's working time", "本公司的工作时间");

    /// <summary>Tells whether the choices depend on another input of the same activity: then the Studio asks when the activity is selected.</summary>
    /// <remarks>
    /// No more than one input of a type may. The Studio makes the fields of the activity anew after each such answer, and asks again for all of them then: with two, fields
    /// are replaced while somebody types into them.
    /// </remarks>
    public static bool DependsOnInput(string list) => list == OfferedLists.FormsOfDefinition;

    /// <summary>Returns what an input offers: its list, and whatever the flow has written there, or such a field would look empty.</summary>
    public IEnumerable<StudioChoice> For(ActivityDescriptor activity, InputDescriptor input, Language language) =>
        Of(input.OfferedFrom!, language).Concat(Written.Of(activity.TypeName, input.Name).Select(value => new StudioChoice(value, value))).DistinctBy(choice => choice.Value, StringComparer.Ordinal);

    /// <summary>Returns the forms among paths.</summary>
    public static IEnumerable<StudioChoice> Forms(IEnumerable<string> paths) =>
        paths.Where(path => path.StartsWith(FormFolder, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal)).Select(path => new StudioChoice(path, path));

    /// <summary>Returns what a list offers.</summary>
    /// <exception cref="InvalidOperationException">There is no such list.</exception>
    public IEnumerable<StudioChoice> Of(string list, Language language) => list switch
    {
        OfferedLists.Assignees =>
        [
            new(language.Say(Owner), "owner"),
            new(language.Say(Architect), "architect"),
            .. StaffRoles.All.Select(role => new StudioChoice(language.Say(Role, language.Say(StaffRoles.NameOf(role))), $"role:{role}")),
            new(language.Say(Third), "third"),
            .. People,
        ],
        OfferedLists.Calendars => [new(language.Say(ClientCalendar), CalendarAsked.OfClient), new(language.Say(FirmCalendar), CalendarAsked.OfFirm), .. OfNamed(NamedValue.Calendar, language)],
        OfferedLists.PromiseClasses => OfNamed(NamedValue.PromiseClass, language),
        OfferedLists.Forms => Forms(Paths),
        OfferedLists.AllForms => BuiltInForms.All.Select(path => new StudioChoice(path, path)).Concat(Forms(Paths)),
        OfferedLists.Mails => Mails(),
        OfferedLists.FormsOfDefinition => [],
        _ => throw new InvalidOperationException($"EngagementFlows bug: the list '{list}' is not known."),
    };

    private IEnumerable<StudioChoice> Mails() => Paths
        .Where(path => path.StartsWith(MailFolder, StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal))
        .Select(path => path[MailFolder.Length..].Split('.')[0])
        .Distinct(StringComparer.Ordinal)
        .Select(name => new StudioChoice(name, name));

    private IEnumerable<StudioChoice> OfNamed(string list, Language language) => Named
        .Where(value => value.List == list)
        .Select(value => new StudioChoice(language.Say(value.Name) is var name && name == value.Value ? name : $"{name} ({value.Value})", value.Value));
}
