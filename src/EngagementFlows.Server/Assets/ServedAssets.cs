using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;

namespace EngagementFlows.Server.Assets;

/// <summary>The styles and scripts that browsers load, under addresses that change with their content and may be kept for ever.</summary>
internal sealed class ServedAssets
{
    private readonly string _folder;
    private readonly FrozenDictionary<string, string> _hashes;

    /// <summary>Reads the hashes of all files in <paramref name="folder"/>; an absent folder (a build without npm) serves nothing.</summary>
    public ServedAssets(string folder)
    {
        _folder = folder;
        _hashes = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Where(IsPlain).ToFrozenDictionary(path => Path.GetFileName(path), HashOf, StringComparer.Ordinal)
            : FrozenDictionary<string, string>.Empty;
    }

    /// <summary>Creates the assets that the build put beside the assembly.</summary>
    public static ServedAssets BesideAssembly() => new(Path.Combine(AppContext.BaseDirectory, "assets"));

    /// <summary>Returns the address of a file, <c>/assets/1a2b3c4d5e6f/console.css</c>.</summary>
    public string Url(string name) => $"/assets/{_hashes.GetValueOrDefault(name, "absent")}/{name}";

    /// <summary>Maps the address of the files; they are the same for everybody, signed in or not.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{hash}/{name}", ["GET", "HEAD"], Serve).AllowAnonymous().ExcludeFromDescription();

    private static Results<NotFound, PhysicalFileHttpResult> Serve(string hash, string name, ServedAssets assets, HttpContext context)
    {
        // The name is looked up, never joined into a path unseen.
        if (!assets._hashes.TryGetValue(name, out string? known))
            return TypedResults.NotFound();

        HttpResponse response = context.Response;
        response.Headers.CacheControl = hash == known ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept-Encoding";
        string path = Path.Combine(assets._folder, name);
        string accepted = context.Request.Headers.AcceptEncoding.ToString();
        foreach ((string encoding, string suffix) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            if (!accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) || !File.Exists(path + suffix))
                continue;

            response.Headers.ContentEncoding = encoding;
            path += suffix;
            break;
        }

        return TypedResults.PhysicalFile(path, ContentTypeOf(name));
    }

    private static string ContentTypeOf(string name) =>
        new FileExtensionContentTypeProvider().TryGetContentType(name, out string? type)
            ? type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type
            : "application/octet-stream";

    private static bool IsPlain(string path) => Path.GetExtension(path) is not (".br" or ".gz" or ".stamp");

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..12];
}
