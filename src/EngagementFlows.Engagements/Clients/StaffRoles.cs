using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Clients;

/// <summary>The roles that a member of staff may have; everything that no role allows is denied.</summary>
public static class StaffRoles
{
    /// <summary>Draws and publishes flows, watches instances, mends incidents.</summary>
    public const string Operator = "operator";

    /// <summary>Approves steps and answers for engagements.</summary>
    public const string Architect = "architect";

    /// <summary>Owns engagements and speaks with clients.</summary>
    public const string AccountManager = "account-manager";

    /// <summary>Installs, connects, manages accounts.</summary>
    public const string Administrator = "administrator";

    /// <summary>Reads everything, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Gets all roles, in the order in which people read them.</summary>
    public static IReadOnlyList<string> All { get; } = [Operator, Architect, AccountManager, Administrator, Auditor];

    /// <summary>Tells whether <paramref name="role"/> is one of <see cref="All"/>.</summary>
    public static bool IsKnown(string role) => All.Contains(role, StringComparer.Ordinal);

    /// <summary>Returns the name that people read; the role itself if it is unknown.</summary>
    public static LocalizedText NameOf(string role) => role switch
    {
        Operator => new("Operator", "流程运营"),
        Architect => new("Architect", "架构师"),
        AccountManager => new("Account manager", "客户经理"),
        Administrator => new("Administrator", "管理员"),
        Auditor => new("Auditor", "审计员"),
        _ => new(role, role),
    };
}
