using System.Net;

namespace EngagementFlows.Server.Outbound;

/// <summary>Decides which addresses may be called. Pure.</summary>
public sealed class OutboundRules
{
    private readonly List<HostEntry> _allowed;
    private readonly List<HostEntry> _private;

    /// <exception cref="ArgumentException">An entry of the options is no host; settings are checked before they come here.</exception>
    public OutboundRules(OutboundOptions options)
    {
        _allowed = Entries(options.AllowedHosts);
        _private = Entries(options.PrivateHosts);
    }

    /// <summary>Checks the address of a call before anything is resolved.</summary>
    /// <param name="url">The address as the definition gave it.</param>
    /// <param name="target">The address to call, when allowed.</param>
    /// <param name="refusal">Why not, as a sentence, when refused.</param>
    public bool Allows(string url, out Uri target, out string refusal)
    {
        target = Nowhere;
        // The parser drops or escapes control characters; what somebody who reads the definition sees must be what is called.
        if (url.Any(char.IsControl))
            refusal = $"The address '{Shown(url)}' cannot be called: it holds a line break or another control character. Remove it.";
        else if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed))
            refusal = $"The address '{Shown(url)}' cannot be called: it is not an absolute address such as 'https://api.example.com/path'.";
        else if (parsed.Scheme is not ("http" or "https"))
            refusal = $"The address '{Shown(url)}' cannot be called: only 'http' and 'https' are allowed, not '{parsed.Scheme}'.";
        else
            refusal = RefusalOf(target = parsed);
        return refusal.Length == 0;
    }

    /// <summary>Keeps those of the resolved addresses that may be connected to.</summary>
    public IReadOnlyList<IPAddress> Connectable(Uri target, IReadOnlyList<IPAddress> resolved)
    {
        bool inside = _private.Exists(entry => entry.Covers(target));
        return [.. resolved.Where(address => PrivateAddresses.IsPublic(address) || (inside && PrivateAddresses.IsInside(address)))];
    }

    private static Uri Nowhere { get; } = new("about:blank");

    private string RefusalOf(Uri target)
    {
        if (target.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6) || target.IdnHost.Length > 253)
            return "The address cannot be called: its host is neither a name of at most 253 characters nor an IP address.";
        if (target.UserInfo.Length > 0)
            return $"The address at host '{target.IdnHost}' cannot be called: it carries a user name or password before the host; send them in a header.";
        if (_allowed.Exists(entry => entry.Covers(target)))
            return "";
        return _allowed.Exists(entry => entry.CoversHost(target))
            ? $"The port {target.Port} of host '{target.IdnHost}' cannot be called: 'EngagementFlows:Outbound:AllowedHosts' lists the host, but not this port. An administrator can add '{target.IdnHost}:{target.Port}' there."
            : $"The host '{target.IdnHost}' cannot be called: it is not listed in 'EngagementFlows:Outbound:AllowedHosts'. An administrator can add it there.";
    }

    private static List<HostEntry> Entries(IReadOnlyList<string> hosts) =>
        [.. hosts.Select(host => HostEntry.Read(host) ?? throw new ArgumentException($"EngagementFlows bug: '{host}' is no host and passed the reader of the settings.", nameof(hosts)))];

    private static string Shown(string url) => url.Length <= 200 ? url : url[..200] + "…";
}
