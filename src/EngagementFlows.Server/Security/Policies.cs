using EngagementFlows.Engagements.Clients;
using Microsoft.AspNetCore.Authorization;

namespace EngagementFlows.Server.Security;

/// <summary>Who may do what, by role. Everything that no policy allows is denied; rules about single objects stand with the objects.</summary>
public static class Policies
{
    /// <summary>Sees the console and reads through the API: everybody of the firm.</summary>
    public const string Read = "read";

    /// <summary>Imports definitions, submits and publishes them.</summary>
    public const string ManageDefinitions = "manage-definitions";

    /// <summary>Starts flows and publishes events.</summary>
    public const string StartInstances = "start-instances";

    /// <summary>Cancels instances, mends incidents.</summary>
    public const string OperateInstances = "operate-instances";

    /// <summary>Completes tasks; whose task it is, is checked with the task.</summary>
    public const string CompleteTasks = "complete-tasks";

    /// <summary>Gives tasks to others.</summary>
    public const string ReassignTasks = "reassign-tasks";

    /// <summary>Imports and changes clients and engagements.</summary>
    public const string ManageClients = "manage-clients";

    /// <summary>Manages people and their accounts.</summary>
    public const string ManagePeople = "manage-people";

    /// <summary>Tries the mail server.</summary>
    public const string TryMail = "try-mail";

    private static readonly Dictionary<string, IReadOnlyList<string>> AllowedRoles = new(StringComparer.Ordinal)
    {
        [Read] = StaffRoles.All,
        [ManageDefinitions] = [StaffRoles.Operator, StaffRoles.Administrator],
        [StartInstances] = [StaffRoles.Operator, StaffRoles.Architect, StaffRoles.AccountManager, StaffRoles.Administrator],
        [OperateInstances] = [StaffRoles.Operator, StaffRoles.Administrator],
        [CompleteTasks] = [StaffRoles.Operator, StaffRoles.Architect, StaffRoles.AccountManager, StaffRoles.Administrator],
        [ReassignTasks] = [StaffRoles.Operator, StaffRoles.AccountManager, StaffRoles.Administrator],
        [ManageClients] = [StaffRoles.Operator, StaffRoles.AccountManager, StaffRoles.Administrator],
        [ManagePeople] = [StaffRoles.Administrator],
        [TryMail] = [StaffRoles.Administrator],
    };

    /// <summary>Gets the names of all policies.</summary>
    public static IReadOnlyCollection<string> All => AllowedRoles.Keys;

    /// <summary>Returns the roles that a policy allows.</summary>
    public static IReadOnlyList<string> RolesOf(string policy) => AllowedRoles[policy];

    /// <summary>Tells whether a person of these roles may do what the policy names.</summary>
    public static bool Allows(string policy, IEnumerable<string> roles) => roles.Any(AllowedRoles[policy].Contains);

    /// <summary>Registers the policies; an endpoint that names none is for the staff alone.</summary>
    public static void Register(AuthorizationOptions options)
    {
        foreach ((string name, IReadOnlyList<string> roles) in AllowedRoles)
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireRole(roles));
        options.FallbackPolicy = options.DefaultPolicy = options.GetPolicy(Read)!;
    }
}
