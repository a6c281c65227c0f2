using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using EngagementFlows.Server.Staff;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace EngagementFlows.Server.Studio.Hosting;

/// <summary>The files of the Studio's own program as its package ships them, compressed already; they are the same for everybody.</summary>
/// <remarks>
/// The build lays most of them down in their two compressed forms only: who takes neither is served what Brotli unpacks. Names are looked up in what was there
/// at the start, never joined into a path unseen.
/// </remarks>
internal sealed partial class StudioFiles
{
    private const string Brotli = ".br";
    private const string Gzip = ".gz";
    private const string ForEver = "public, max-age=31536000, immutable";

    private static readonly string[] AtTheRoot = ["Elsa.Studio.Host.CustomElements.styles.css", "appsettings.json"];

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly string _folder;
    private readonly FrozenSet<string> _stored;
    private readonly FrozenSet<string> _names;
    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>Reads the names of all files in <paramref name="folder"/>; an absent folder (a build without npm) serves nothing.</summary>
    public StudioFiles(string folder)
    {
        _folder = folder;
        _stored = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).ToFrozenSet(StringComparer.Ordinal)
            : [];
        _names = _stored.Select(WithoutSuffix).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Gets the names of all files, as the Studio asks for them.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>Creates the files that the build put beside the assembly.</summary>
    public static StudioFiles BesideAssembly() => new(Path.Combine(AppContext.BaseDirectory, "studio"));

    /// <summary>Maps the addresses of the files, below the designer's own.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup(StaffUrls.Designer).AllowAnonymous().ExcludeFromDescription();
        group.MapMethods("/_framework/{**path}", ["GET", "HEAD"], (string? path, StudioFiles files, HttpContext context) => files.Serve("_framework/" + path, context));
        group.MapMethods("/_content/{**path}", ["GET", "HEAD"], (string? path, StudioFiles files, HttpContext context) => files.Serve("_content/" + path, context));
        foreach (string name in AtTheRoot)
            group.MapMethods(name, ["GET", "HEAD"], (StudioFiles files, HttpContext context) => files.Serve(name, context));
    }

    /// <summary>Returns the address of a file, relative to the designer's, that changes with its content.</summary>
    public string Url(string name) => _names.Contains(name) ? $"{name}?v={HashOf(name)}" : name;

    private IResult Serve(string name, HttpContext context)
    {
        if (!_names.Contains(name))
            return TypedResults.NotFound();

        HttpResponse response = context.Response;
        EntityTagHeaderValue? tag = null;
        if (Fingerprint().IsMatch(name) || (context.Request.Query["v"] is [{ } asked] && asked == HashOf(name)))
            response.Headers.CacheControl = ForEver;
        else
            // Asked for anew each time, and answered with 304: scripts name these without anything that changes with their content.
            (response.Headers.CacheControl, tag) = ("no-cache", new EntityTagHeaderValue($"\"{HashOf(name)}\""));
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept-Encoding";
        return Content(name, tag, context);
    }

    private IResult Content(string name, EntityTagHeaderValue? tag, HttpContext context)
    {
        string accepted = context.Request.Headers.AcceptEncoding.ToString();
        foreach ((string encoding, string suffix) in new[] { ("br", Brotli), ("gzip", Gzip) })
        {
            if (!accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) || !_stored.Contains(name + suffix))
                continue;
            context.Response.Headers.ContentEncoding = encoding;
            return TypedResults.PhysicalFile(PathOf(name + suffix), TypeOf(name), entityTag: tag);
        }

        return _stored.Contains(name)
            ? TypedResults.PhysicalFile(PathOf(name), TypeOf(name), entityTag: tag)
            : TypedResults.Stream(Unpacked(name), TypeOf(name), entityTag: tag);
    }

    private Stream Unpacked(string name) =>
        _stored.Contains(name + Brotli)
            ? new BrotliStream(File.OpenRead(PathOf(name + Brotli)), CompressionMode.Decompress)
            : new GZipStream(File.OpenRead(PathOf(name + Gzip)), CompressionMode.Decompress);

    // Of the stored form: the package's versions differ in it as they do in the file itself.
    private string HashOf(string name) => _hashes.GetOrAdd(name, name =>
    {
        string stored = new[] { "", Brotli, Gzip }.Select(suffix => name + suffix).First(_stored.Contains);
        using FileStream file = File.OpenRead(PathOf(stored));
        return Convert.ToHexStringLower(SHA256.HashData(file))[..12];
    });

    private string PathOf(string stored) => Path.Combine(_folder, stored);

    private static string TypeOf(string name) =>
        Types.TryGetContentType(name, out string? type)
            ? type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type
            : "application/octet-stream";

    private static string WithoutSuffix(string stored) =>
        stored.EndsWith(Brotli, StringComparison.Ordinal) || stored.EndsWith(Gzip, StringComparison.Ordinal) ? stored[..^3] : stored;

    // As the Studio's own build names them: dotnet.native.0vy9r1bx3k.wasm.
    [GeneratedRegex(@"^_framework/.*\.[0-9a-z]{10}\.[a-z]+$")]
    private static partial Regex Fingerprint();
}
