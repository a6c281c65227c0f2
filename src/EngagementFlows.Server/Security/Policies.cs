using EngagementFlows.Engagements.Clients;
using Microsoft.AspNetCore.Authorization;

namespace EngagementFlows.Server.Security;

/// <summary>Who may do what: people by role, keys made in the console by scope. Everything that no policy allows is denied; rules about single objects stand with the objects.</summary>
/// <remarks>The outcome for each route stands in <c>tests/EngagementFlows.Server.Tests/Security/routes.txt</c>, and a test requests each of them.</remarks>
public static class Policies
{
    /// <summary>Sees the console and reads through the API: everybody of the firm.</summary>
    public const string Read = "read";

    /// <summary>Sees the designer: flows as they are drawn, and instances on them.</summary>
    public const string SeeDesigner = "see-designer";

    /// <summary>Imports, draws and submits definitions, and takes them out of use.</summary>
    public const string ManageDefinitions = "manage-definitions";

    /// <summary>Publishes definitions that somebody else submitted, or returns them.</summary>
    public const string ApproveDefinitions = "approve-definitions";

    /// <summary>Starts flows and publishes events.</summary>
    public const string StartInstances = "start-instances";

    /// <summary>Cancels instances, mends incidents.</summary>
    public const string OperateInstances = "operate-instances";

    /// <summary>Makes, changes and runs recurring schedules.</summary>
    public const string ManageSchedules = "manage-schedules";

    /// <summary>Completes tasks; whose task it is, is checked with the task.</summary>
    public const string CompleteTasks = "complete-tasks";

    /// <summary>Gives tasks to others.</summary>
    public const string ReassignTasks = "reassign-tasks";

    /// <summary>Sees everybody's tasks.</summary>
    public const string WatchTasks = "watch-tasks";

    /// <summary>Imports and changes clients and engagements.</summary>
    public const string ManageClients = "manage-clients";

    /// <summary>Erases a client's data for good; no key does.</summary>
    public const string EraseClients = "erase-clients";

    /// <summary>Revokes clients' links and sends new ones.</summary>
    public const string ManageLinks = "manage-links";

    /// <summary>Says that milestones were reached.</summary>
    public const string ReachMilestones = "reach-milestones";

    /// <summary>Sees people's accounts and the keys of programs.</summary>
    public const string SeeAccounts = "see-accounts";

    /// <summary>Makes one-time links by which people set their passwords.</summary>
    public const string InvitePeople = "invite-people";

    /// <summary>Adds people, changes their roles, disables accounts; no key does.</summary>
    public const string ManagePeople = "manage-people";

    /// <summary>Tries the mail server.</summary>
    public const string TryMail = "try-mail";

    /// <summary>Makes and revokes keys of programs; no key does.</summary>
    public const string ManageKeys = "manage-keys";

    /// <summary>Reads the measurements of the whole installation.</summary>
    public const string Observe = "observe";

    /// <summary>Says which other systems are told facts, and which may tell us some; no key does.</summary>
    public const string ManageWebhooks = "manage-webhooks";

    /// <summary>Changes calendars and the promise table; everybody of the firm reads them.</summary>
    public const string ManageCalendars = "manage-calendars";

    /// <summary>Moves meetings, calls them off, and answers invitations.</summary>
    public const string ManageMeetings = "manage-meetings";

    private static readonly string[] Acting = [StaffRoles.Operator, StaffRoles.Architect, StaffRoles.AccountManager, StaffRoles.Administrator];

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        [Read] = new(StaffRoles.All, ApiScopes.Read),
        [SeeDesigner] = new([StaffRoles.Operator, StaffRoles.Architect, StaffRoles.Administrator, StaffRoles.Auditor], ApiScopes.Definitions),
        [ManageDefinitions] = new([StaffRoles.Operator, StaffRoles.Administrator], ApiScopes.Definitions),
        [ApproveDefinitions] = new([StaffRoles.Architect, StaffRoles.Administrator], ApiScopes.Definitions),
        [StartInstances] = new(Acting, ApiScopes.Start),
        [OperateInstances] = new([StaffRoles.Operator, StaffRoles.Administrator], ApiScopes.Operate),
        [ManageSchedules] = new([StaffRoles.Operator, StaffRoles.Administrator], ApiScopes.Operate),
        [CompleteTasks] = new(Acting, ApiScopes.Tasks),
        [ReassignTasks] = new([StaffRoles.Operator, StaffRoles.AccountManager, StaffRoles.Administrator], ApiScopes.Tasks),
        [WatchTasks] = new([StaffRoles.Operator, StaffRoles.Administrator, StaffRoles.Auditor], ApiScopes.Read),
        [ManageClients] = new([StaffRoles.Operator, StaffRoles.AccountManager, StaffRoles.Administrator], ApiScopes.Clients),
        [EraseClients] = new([StaffRoles.Administrator], Scope: null),
        [ManageLinks] = new(Acting, ApiScopes.Clients),
        [ReachMilestones] = new(Acting, ApiScopes.Clients),
        [SeeAccounts] = new([StaffRoles.Administrator, StaffRoles.Auditor], Scope: null),
        [InvitePeople] = new([StaffRoles.Administrator], ApiScopes.People),
        [ManagePeople] = new([StaffRoles.Administrator], Scope: null),
        [TryMail] = new([StaffRoles.Administrator], Scope: null),
        [ManageKeys] = new([StaffRoles.Administrator], Scope: null),
        [Observe] = new([StaffRoles.Administrator], ApiScopes.Read),
        [ManageCalendars] = new([StaffRoles.Operator, StaffRoles.Administrator], ApiScopes.Operate),
        [ManageMeetings] = new(Acting, ApiScopes.Tasks),
        [ManageWebhooks] = new([StaffRoles.Administrator], Scope: null),
    };

    /// <summary>Gets the names of all policies.</summary>
    public static IReadOnlyCollection<string> All => Rules.Keys;

    /// <summary>Tells whether somebody of these roles, or a key of these scopes, may do what the policy names.</summary>
    public static bool Allows(string policy, IEnumerable<string> roles, IEnumerable<string> scopes)
    {
        Rule rule = Rules[policy];
        return roles.Any(rule.Roles.Contains) || scopes.Any(scope => scope == rule.Scope);
    }

    /// <summary>Registers the policies; an endpoint that names none is for those who may read.</summary>
    public static void Register(AuthorizationOptions options)
    {
        foreach (string name in Rules.Keys)
        {
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
                CurrentPerson.TryOf(context.User) is { } caller && caller.May(name)));
        }

        options.FallbackPolicy = options.DefaultPolicy = options.GetPolicy(Read)!;
    }

    /// <param name="Roles">The roles of people, and of keys that the settings name, that are allowed.</param>
    /// <param name="Scope">The scope of a key that allows it; <see langword="null"/> = none does.</param>
    private sealed record Rule(IReadOnlyList<string> Roles, string? Scope);
}
