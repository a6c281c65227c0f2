using EngagementFlows.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace EngagementFlows.Server.Security;

/// <summary>Whose word is taken about where a request comes from.</summary>
internal static class Proxies
{
    /// <summary>Returns the rules for requests that come through these networks: visitor's address, scheme and the folder that the proxy cut off are taken from them, the host never.</summary>
    /// <remarks>Without it everybody who comes through a proxy would share one count of sign-ins and of link openings.</remarks>
    public static ForwardedHeadersOptions Believing(IReadOnlyList<IPNetwork> networks)
    {
        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (IPNetwork network in networks)
            options.KnownIPNetworks.Add(network);
        return options;
    }

    /// <summary>Returns the folder under which the console's configured address lies, for a proxy that leaves it in the path; <see langword="null"/> = at the host's root.</summary>
    public static PathString? FolderOf(ServerOptions options) =>
        (options.ConsoleUrl ?? options.PublicUrl)?.AbsolutePath.TrimEnd('/') is { Length: > 0 } folder ? PathString.FromUriComponent(folder) : null;
}
