using System.Globalization;

namespace EngagementFlows.CrashDrill;

/// <summary>The settings under which the drill runs the servers: everything short, so that what waits in production for minutes is met in seconds.</summary>
internal static class DrillSettings
{
    /// <summary>The API key of the drill's callers; the owner's tasks are completed with it.</summary>
    public const string ApiKey = "crash-drill-0123456789-abcdefghijklmnop";

    /// <summary>The API key of the administrator who makes the webhook.</summary>
    public const string AdministratorKey = "crash-drill-administrator-0123456789-ab";

    /// <summary>The owner of all engagements.</summary>
    public const string Owner = "owner@firm.drill.example";

    /// <summary>How long a mail may be on its way before its sender counts as dead.</summary>
    public static readonly TimeSpan SendingLease = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan ClaimLease = TimeSpan.FromSeconds(3);

    /// <summary>Returns the environment of a server.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="dataFolder">The folder with the keys, which all servers share.</param>
    /// <param name="publicUrl">The base of links.</param>
    /// <param name="smtpPort">Where the sink, or the proxy before it, listens.</param>
    public static Dictionary<string, string> Of(string connectionString, string dataFolder, Uri publicUrl, int smtpPort) => new()
    {
        ["ConnectionStrings__EngagementFlows"] = connectionString,
        ["EngagementFlows__DataFolder"] = dataFolder,
        ["EngagementFlows__WorkflowsFolder"] = DrillPlace.Flows,
        ["EngagementFlows__PublicUrl"] = publicUrl.GetLeftPart(UriPartial.Authority),
        ["EngagementFlows__Definitions__PublishFiles"] = "true",
        ["EngagementFlows__Firm__Name"] = "Drill",
        ["EngagementFlows__Firm__Email"] = "office@firm.drill.example",
        ["EngagementFlows__Mail__Transport"] = "smtp",
        ["EngagementFlows__Mail__Smtp__Host"] = "127.0.0.1",
        ["EngagementFlows__Mail__Smtp__Port"] = smtpPort.ToString(CultureInfo.InvariantCulture),
        ["EngagementFlows__Mail__Smtp__Security"] = "None",
        ["EngagementFlows__Mail__Smtp__Timeout"] = "00:00:03",
        ["EngagementFlows__Outbox__ClaimLease"] = ClaimLease.ToString("c"),
        ["EngagementFlows__Outbox__SendingLease"] = SendingLease.ToString("c"),
        ["EngagementFlows__Outbox__RetryAfter"] = "00:00:01",
        ["EngagementFlows__Outbound__Timeout"] = "00:00:05",
        ["EngagementFlows__Outbound__AllowedHosts"] = "127.0.0.1:*",
        ["EngagementFlows__Outbound__PrivateHosts"] = "127.0.0.1:*",
        // All clients of the drill have one address.
        ["EngagementFlows__Links__RequestsPerMinute"] = "100000",
        // The callers of a round share a key; how fast they are is up to the machine.
        ["EngagementFlows__Api__RequestsPerMinute"] = "10000000",
        ["EngagementFlows__Api__AnonymousRequestsPerMinute"] = "10000000",
        ["EngagementFlows__ApiKeys__drill__Key"] = ApiKey,
        ["EngagementFlows__ApiKeys__drill__Roles"] = "operator,account-manager",
        ["EngagementFlows__ApiKeys__drill__ActsFor"] = Owner,
        ["EngagementFlows__ApiKeys__drilladmin__Key"] = AdministratorKey,
        ["EngagementFlows__ApiKeys__drilladmin__Roles"] = "administrator",
    };
}
