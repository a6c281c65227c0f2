using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Layout;

/// <summary>One entry of the side bar.</summary>
/// <param name="Key">The letter that follows <c>g</c> on the keyboard.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Icon">The name of its picture.</param>
/// <param name="IsProgram">Whether a program of its own runs there, with its own styles and scripts: its page is loaded as a whole.</param>
public sealed record NavigationEntry(char Key, string Url, LocalizedText Text, string Icon, bool IsProgram = false)
{
    /// <summary>Gets <c>false</c> where no script may put the page's body into the place of another's; <see langword="null"/> elsewhere.</summary>
    public string? EnhanceNav => IsProgram ? "false" : null;

    /// <summary>Tells whether a page with that path belongs to the entry.</summary>
    public bool Holds(string path) => Url == StaffUrls.Home ? path == Url : path == Url || path.StartsWith(Url + "/", StringComparison.Ordinal);
}

/// <summary>The entries of the console's side bar, in order.</summary>
internal static class Navigation
{
    public static NavigationEntry Home { get; } = new('h', StaffUrls.Home, FrameTexts.Home, "home");

    public static NavigationEntry Inbox { get; } = new('i', StaffUrls.Inbox, FrameTexts.Inbox, "inbox");

    public static NavigationEntry Clients { get; } = new('c', StaffUrls.Clients, FrameTexts.Clients, "clients");

    public static NavigationEntry Cases { get; } = new('a', StaffUrls.Cases, Staff.Cases.CaseTexts.Title, "talk");

    public static NavigationEntry Meetings { get; } = new('t', StaffUrls.Meetings, Staff.Meetings.MeetingTexts.Title, "meeting");

    public static NavigationEntry Mailbox { get; } = new('m', StaffUrls.Mailbox, FrameTexts.Mailbox, "mail");

    public static NavigationEntry Instances { get; } = new('n', StaffUrls.Instances, FrameTexts.Instances, "flow");

    public static NavigationEntry Incidents { get; } = new('e', StaffUrls.Incidents, FrameTexts.Incidents, "alert");

    public static NavigationEntry Definitions { get; } = new('d', StaffUrls.Definitions, FrameTexts.Definitions, "file");

    public static NavigationEntry Schedules { get; } = new('s', StaffUrls.Schedules, Staff.Schedules.ScheduleTexts.Title, "again");

    public static NavigationEntry Calendars { get; } = new('l', StaffUrls.Calendars, Staff.Calendars.CalendarTexts.Title, "calendar");

    public static NavigationEntry Promises { get; } = new('r', StaffUrls.Promises, Staff.Promises.PromiseTexts.Title, "clock");

    public static NavigationEntry Designer { get; } = new('f', StaffUrls.Designer, FrameTexts.Designer, "draw", IsProgram: true);

    /// <summary>Gets what concerns clients and one's own work.</summary>
    public static IReadOnlyList<NavigationEntry> Work { get; } = [Home, Inbox, Clients, Cases, Meetings, Mailbox];

    /// <summary>Gets what concerns the flows, for everybody.</summary>
    public static IReadOnlyList<NavigationEntry> Flows { get; } = [Instances, Incidents, Definitions, Schedules, Calendars, Promises];

    /// <summary>Gets what concerns the flows, for those who see the designer.</summary>
    public static IReadOnlyList<NavigationEntry> FlowsWithDesigner { get; } = [Designer, .. Flows];

    /// <summary>Gets what concerns the firm itself, for those who may see it.</summary>
    public static IReadOnlyList<NavigationEntry> Firm { get; } = [new('p', StaffUrls.People, FrameTexts.People, "person"), new('k', StaffUrls.ApiKeys, FrameTexts.ApiKeys, "key")];

    /// <summary>Gets what is told to other systems, for administrators.</summary>
    public static NavigationEntry Webhooks { get; } = new('w', StaffUrls.Webhooks, Staff.Webhooks.WebhookTexts.Title, "hook");
}
