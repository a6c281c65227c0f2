using System.Net;

namespace EngagementFlows.Server.Outbound;

/// <summary>Decides which addresses may be called. Pure.</summary>
public sealed class OutboundRules(OutboundOptions options)
{
    /// <summary>Checks the address of a call before anything is resolved.</summary>
    /// <param name="url">The address as the definition gave it.</param>
    /// <param name="target">The address to call, when allowed.</param>
    /// <param name="refusal">Why not, as a sentence, when refused.</param>
    public bool Allows(string url, out Uri target, out string refusal)
    {
        refusal = "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed))
        {
            target = new Uri("about:blank");
            refusal = $"The address '{Shown(url)}' cannot be called: it is not an absolute address such as 'https://api.example.com/path'.";
            return false;
        }

        target = parsed;
        if (parsed.Scheme is not ("http" or "https"))
            refusal = $"The address '{Shown(url)}' cannot be called: only 'http' and 'https' are allowed, not '{parsed.Scheme}'.";
        else if (parsed.UserInfo.Length > 0)
            refusal = $"The address at host '{parsed.IdnHost}' cannot be called: it carries a user name or password before the host; send them in a header.";
        else if (!Matches(options.AllowedHosts, parsed))
            refusal = $"The host '{parsed.IdnHost}' cannot be called: it is not listed in 'EngagementFlows:Outbound:AllowedHosts'. An administrator can add it there.";

        return refusal.Length == 0;
    }

    /// <summary>Keeps those of the resolved addresses that may be connected to.</summary>
    public IReadOnlyList<IPAddress> Connectable(Uri target, IReadOnlyList<IPAddress> resolved) =>
        Matches(options.PrivateHosts, target) ? resolved : [.. resolved.Where(PrivateAddresses.IsPublic)];

    private static bool Matches(IReadOnlyList<string> hosts, Uri target)
    {
        string host = target.IdnHost.TrimEnd('.');
        foreach (string entry in hosts)
        {
            if (Matches(entry, host, target.Port))
                return true;
        }

        return false;
    }

    private static bool Matches(string entry, string host, int port)
    {
        int colon = entry.LastIndexOf(':');
        bool hasPort = colon > 0 && entry.IndexOf(':') == colon;
        string name = hasPort ? entry[..colon] : entry;
        if (hasPort && entry[(colon + 1)..] != port.ToString())
            return false;

        // "*.example.com" means names below it, not the name itself and not "badexample.com".
        return name.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > name.Length - 1 && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static string Shown(string url) => url.Length <= 200 ? url : url[..200] + "…";
}
