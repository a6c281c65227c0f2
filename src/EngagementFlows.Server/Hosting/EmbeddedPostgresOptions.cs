namespace EngagementFlows.Server.Hosting;

/// <summary>Where the embedded PostgreSQL lives and as whom it runs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Gets the folder that is the server's own; the cluster lives in <c>postgres</c> below it.</summary>
    /// <value>Key <c>EngagementFlows:DataFolder</c>; default <c>.data</c> at the nearest parent with <c>EngagementFlows.sln</c>.</value>
    public required string DataFolder { get; init; }

    /// <summary>Gets the user as whom PostgreSQL runs when the server itself runs as root, which PostgreSQL refuses.</summary>
    /// <value>Key <c>EngagementFlows:Postgres:User</c>; default <c>nobody</c>. Without effect for ordinary users.</value>
    public string User { get; init; } = "nobody";

    /// <summary>Gets the folder for binaries and data that <see cref="User"/> can reach, used where he cannot reach the clone.</summary>
    /// <value>Key <c>EngagementFlows:Postgres:ReachableFolder</c>; default <c>/var/lib/engagementflows</c>.</value>
    public string ReachableFolder { get; init; } = "/var/lib/engagementflows";

    /// <summary>Gets the folder with <c>bin</c>, <c>lib</c> and <c>share</c>, or <see langword="null"/> to look for the npm package.</summary>
    /// <value>Key <c>EngagementFlows:Postgres:Binaries</c>.</value>
    public string? Binaries { get; init; }

    /// <summary>Gets settings of PostgreSQL that differ from its defaults; durability is never among the server's own.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ServerSettings;

    /// <summary>Gets the settings of the product: more memory and rarer checkpoints, nothing that weakens a commit.</summary>
    public static IReadOnlyDictionary<string, string> ServerSettings { get; } = new Dictionary<string, string>
    {
        ["max_connections"] = "200",
        ["shared_buffers"] = "256MB",
        ["max_wal_size"] = "2GB",
        ["checkpoint_timeout"] = "15min",
        ["log_checkpoints"] = "off",
    };
}
