using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>The lists of <see cref="OfferedLists"/>: what drop-downs offer from the database.</summary>
/// <param name="Named">The calendars and promise classes by their names.</param>
internal sealed record StudioLists(IReadOnlyList<NamedValue> Named)
{
    private static readonly LocalizedText Owner = new("The engagement's owner", "项目负责人");
    private static readonly LocalizedText Architect = new("The engagement's architect", "项目架构师");
    private static readonly LocalizedText Third = new("The third person of a personnel file", "人事档案的第三人");
    private static readonly LocalizedText Role = new("Everybody with the role: {0}", "角色：{0}");
    private static readonly LocalizedText ClientCalendar = new("The client's working time", "客户的工作时间");
    private static readonly LocalizedText FirmCalendar = new("The firm's working time", "本公司的工作时间");

    /// <summary>Tells whether the choices depend on the flow, or on what stands in the input: then the Studio asks when the activity is selected.</summary>
    public static bool DependsOnFlow(string list) => list is not (OfferedLists.Calendars or OfferedLists.PromiseClasses);

    /// <summary>Returns what a list offers whatever the flow is.</summary>
    /// <exception cref="InvalidOperationException">There is no such list.</exception>
    public IEnumerable<StudioChoice> Of(string list, Language language) => list switch
    {
        OfferedLists.Assignees =>
        [
            new(language.Say(Owner), "owner"),
            new(language.Say(Architect), "architect"),
            .. StaffRoles.All.Select(role => new StudioChoice(language.Say(Role, language.Say(StaffRoles.NameOf(role))), $"role:{role}")),
            new(language.Say(Third), "third"),
        ],
        OfferedLists.Calendars => [new(language.Say(ClientCalendar), CalendarAsked.OfClient), new(language.Say(FirmCalendar), CalendarAsked.OfFirm), .. OfNamed(NamedValue.Calendar, language)],
        OfferedLists.PromiseClasses => OfNamed(NamedValue.PromiseClass, language),
        OfferedLists.AllForms => BuiltInForms.All.Select(path => new StudioChoice(path, path)),
        OfferedLists.Forms or OfferedLists.FormsOfDefinition or OfferedLists.Mails => [],
        _ => throw new InvalidOperationException($"EngagementFlows bug: the list '{list}' is not known."),
    };

    private IEnumerable<StudioChoice> OfNamed(string list, Language language) => Named
        .Where(value => value.List == list)
        .Select(value => new StudioChoice(language.Say(value.Name) is var name && name == value.Value ? name : $"{name} ({value.Value})", value.Value));
}
