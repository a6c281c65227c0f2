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

    /// <summary>Returns the folders in which the configured addresses of staff and clients lie, for a proxy that leaves them in the path; none at the host's root.</summary>
    /// <remarks>The longer first: of two folders of which one lies in the other, the path is cut by that which it names.</remarks>
    public static IReadOnlyList<PathString> FoldersOf(ServerOptions options) =>
    [
        .. new[] { options.ConsoleUrl, options.PublicUrl }
            .Select(address => address?.AbsolutePath.TrimEnd('/') ?? "")
            .Where(folder => folder.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(folder => folder.Length)
            .Select(PathString.FromUriComponent),
    ];

    /// <summary>Takes the folder in which the server lies off the path of a request that still has it.</summary>
    /// <remarks>One folder at most: what follows may be a page of ours that is called like the other one.</remarks>
    public static Task CutFolderAsync(IReadOnlyList<PathString> folders, HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        foreach (PathString folder in folders)
        {
            if (!request.Path.StartsWithSegments(folder, out PathString asWritten, out PathString rest))
                continue;
            request.PathBase = request.PathBase.Add(asWritten);
            request.Path = rest;
            break;
        }

        return next(context);
    }
}
