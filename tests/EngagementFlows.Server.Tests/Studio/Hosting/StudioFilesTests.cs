using System.IO.Compression;
using System.Net;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Studio.Hosting;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Studio.Hosting;

/// <summary>The Studio's files as browsers get them: compressed as the package ships them, kept for ever where their address changes with them.</summary>
public sealed class StudioFilesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Loader = "designer/_framework/blazor.webassembly.js";

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Get_WithACompressionThatIsKnown_IsServedAsShipped(string encoding)
    {
        using HttpResponseMessage answer = await AskAsync(HttpMethod.Get, Loader, ("Accept-Encoding", encoding));

        answer.Content.Headers.ContentEncoding.Should().Equal(encoding);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/javascript");
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using StreamReader reader = new(plain);
        (await reader.ReadToEndAsync()).Should().Contain("Blazor").And.Be(await server.Anonymous().GetStringAsync(Loader), "who takes no compression gets the same, unpacked");
    }

    [Fact]
    public async Task Get_OfAFingerprintedName_MayBeKeptForEver()
    {
        string name = Files.Names.First(name => name.StartsWith("_framework/dotnet.native.", StringComparison.Ordinal) && name.EndsWith(".wasm", StringComparison.Ordinal));

        using HttpResponseMessage answer = await AskAsync(HttpMethod.Head, "designer/" + name, ("Accept-Encoding", "br"));

        answer.Headers.CacheControl!.ToString().Should().Be("public, max-age=31536000, immutable");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/wasm");
        (await answer.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Get_OfAnotherName_IsAskedForAnewAndAnsweredWithNothingNew()
    {
        using HttpResponseMessage first = await AskAsync(HttpMethod.Get, Loader, ("Accept-Encoding", "br"));
        using HttpResponseMessage again = await AskAsync(HttpMethod.Get, Loader, ("Accept-Encoding", "br"), ("If-None-Match", first.Headers.ETag!.ToString()));
        using HttpResponseMessage named = await AskAsync(HttpMethod.Get, "designer/" + Files.Url("_framework/blazor.webassembly.js"), ("Accept-Encoding", "br"));
        using HttpResponseMessage misnamed = await AskAsync(HttpMethod.Get, Loader + "?v=000000000000", ("Accept-Encoding", "br"));

        first.Headers.CacheControl!.ToString().Should().Be("no-cache");
        again.StatusCode.Should().Be(HttpStatusCode.NotModified);
        named.Headers.CacheControl!.ToString().Should().Contain("immutable");
        misnamed.Headers.CacheControl!.ToString().Should().Be("no-cache");
    }

    [Theory]
    [InlineData("designer/_framework/")]
    [InlineData("designer/_framework/nothing.js")]
    [InlineData("designer/_framework/..%2f..%2fEngagementFlows.Server.dll")]
    [InlineData("designer/_framework/%2e%2e/%2e%2e/EngagementFlows.Server.dll")]
    [InlineData("designer/_content/..%5c..%5cassets%5cconsole.js")]
    [InlineData("designer/_framework/blazor.webassembly.js.br")]
    [InlineData("designer/index.html")]
    public async Task Get_OfAnythingElse_FindsNothing(string address)
    {
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Names_HoldNoPageAndNoMapOfSources() =>
        Files.Names.Should().NotContain(name => name.EndsWith(".map", StringComparison.Ordinal) || name.EndsWith(".html", StringComparison.Ordinal)).And.HaveCountGreaterThan(250);

    private StudioFiles Files => server.Services.GetRequiredService<StudioFiles>();

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, address);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Anonymous().SendAsync(request);
    }
}
