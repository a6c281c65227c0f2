using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server;

/// <summary>Where in its host this server stands for the visitor: at the root, or in a folder that a proxy gave it.</summary>
/// <remarks>Addresses are written from the server's own root (<see cref="Staff.StaffUrls"/>, <see cref="ClientPages.ClientUrls"/>); whatever goes out to a browser goes through here.</remarks>
/// <param name="folder">What stands before all paths, <c>/flows</c>; empty at the root.</param>
public sealed class Site(string folder)
{
    /// <summary>Gets what stands before all paths; empty at the root.</summary>
    public string Folder { get; } = folder;

    /// <summary>Returns the place of the server for whoever sent a request.</summary>
    public static Site Of(HttpContext context) => new(context.Request.PathBase.ToUriComponent());

    /// <summary>Leads a browser on to an address of ours.</summary>
    // The framework puts the folder in place of the tilde.
    public static RedirectHttpResult To(string address) => TypedResults.LocalRedirect("~" + address);

    /// <summary>Leads a browser back to where it says that it came from, folder included; home, if that is no path of ours.</summary>
    public static RedirectHttpResult BackTo(string? path) => IsLocal(path) ? TypedResults.LocalRedirect(path!) : To("/");

    /// <summary>Returns an address of ours as the visitor's browser needs it.</summary>
    public string Link(string address) => Folder + address;

    private static bool IsLocal(string? path) =>
        path is ['/', ..] && !(path.Length > 1 && path[1] is '/' or '\\') && !path.AsSpan().ContainsAnyInRange('\0', '\u001f');
}
