namespace EngagementFlows.Server.Outbound;

/// <summary>What definitions may call outside: section <c>EngagementFlows:Outbound</c>.</summary>
public sealed record OutboundOptions
{
    /// <summary>Gets the hosts that may be called: exact names (<c>api.example.com</c>), names with a port (<c>api.example.com:8443</c>), with any port (<c>api.example.com:*</c>) or all names below one (<c>*.example.com</c>).</summary>
    /// <value>Default none: nothing may be called. Without a port an entry means ports 80 and 443.</value>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Gets those of the allowed hosts, in the same spelling, that may have private or loopback addresses (a service in the firm's own network).</summary>
    /// <value>Default none. Link-local addresses and the metadata services of clouds stay closed.</value>
    public IReadOnlyList<string> PrivateHosts { get; init; } = [];

    /// <summary>Gets the time that a call may take in all.</summary>
    /// <value>Default 30 seconds; 1 second to 5 minutes.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the time that may pass from the word to send until the head of the answer is here.</summary>
    /// <value>Default <see langword="null"/>: as long as <see cref="Timeout"/>.</value>
    public TimeSpan? AnswerTimeout { get; init; }

    /// <summary>Gets the number of calls to one host that may be under way at once; more wait their turn, within <see cref="Timeout"/>.</summary>
    /// <value>Default 8; 1 to 1,000.</value>
    public int MaxCallsPerHost { get; init; } = 8;

    /// <summary>Gets the bytes of the largest answer.</summary>
    /// <value>Default 1 MiB.</value>
    public int MaxResponseBytes { get; init; } = 1024 * 1024;
}
