using System.Net;
using System.Text;
using EngagementFlows.Server.Outbound;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EngagementFlows.Server.Tests.Outbound;

public sealed class OutboundHttpTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new();
    private WebApplication _peer = null!;
    private int _port;
    private int _requests;
    private int _begun;
    private bool _mayBegin = true;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _peer = builder.Build();
        _peer.Use((context, next) =>
        {
            Interlocked.Increment(ref _requests);
            return next(context);
        });
        _peer.MapPost("/echo", async (HttpRequest request) =>
        {
            using StreamReader reader = new(request.Body);
            return Results.Text($"{request.ContentType}|{request.Headers["X-One"]}|{await reader.ReadToEndAsync()}", "text/plain", statusCode: 201);
        });
        _peer.MapGet("/redirect", () => Results.Redirect("http://169.254.169.254/latest"));
        _peer.MapGet("/large", () => Results.Text(new string('x', 4096)));
        _peer.MapGet("/endless", async (HttpResponse response) =>
        {
            byte[] chunk = new byte[1024];
            while (!response.HttpContext.RequestAborted.IsCancellationRequested)
                await response.Body.WriteAsync(chunk, response.HttpContext.RequestAborted);
        });
        _peer.MapGet("/hang", () =>
        {
            _arrived.TrySetResult();
            return _released.Task;
        });
        await _peer.StartAsync();
        _port = new Uri(_peer.Urls.First()).Port;
    }

    public async Task DisposeAsync()
    {
        _released.TrySetResult();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task CallAsync_AllowedHost_ReturnsStatusHeadersAndBody()
    {
        using OutboundHttp http = Caller(["peer.test:*"], ["peer.test:*"], IPAddress.Loopback);

        OutboundResult result = await CallAsync(http, "POST", "/echo", "{\"a\":1}", "application/json", ("X-One", "1"));

        OutboundAnswered answered = result.Should().BeOfType<OutboundAnswered>().Subject;
        answered.Status.Should().Be(HttpStatusCode.Created);
        Encoding.UTF8.GetString(answered.Body).Should().Be("application/json|1|{\"a\":1}");
        answered.ContentType.Should().StartWith("text/plain");
    }

    [Theory]
    [InlineData("other.test", "127.0.0.1", null)]
    [InlineData("peer.test:*", "127.0.0.1", null)]
    [InlineData("peer.test:*", "203.0.113.1", "Content-Length")]
    public async Task CallAsync_Refused_NobodyIsToldThatItBegins(string allowed, string address, string? header)
    {
        using OutboundHttp http = Caller([allowed], [], IPAddress.Parse(address));

        OutboundResult result = await CallAsync(http, "GET", "/large", headers: header is null ? [] : [(header, "1")]);

        result.Should().BeOfType<OutboundRefused>();
        _begun.Should().Be(0, "a call that is refused was never under way");
    }

    [Fact]
    public async Task CallAsync_LeaseLost_SendsNothing()
    {
        _mayBegin = false;
        using OutboundHttp http = Caller(["peer.test:*"], ["peer.test:*"], IPAddress.Loopback);

        OutboundResult result = await CallAsync(http, "POST", "/echo", "x");

        result.Should().BeOfType<OutboundWithheld>();
        (_begun, _requests).Should().Be((1, 0));
    }

    [Fact]
    public async Task CallAsync_Redirect_IsAnAnswerAndNotFollowed()
    {
        using OutboundHttp http = Caller(["peer.test:*"], ["peer.test:*"], IPAddress.Loopback);

        OutboundResult result = await CallAsync(http, "GET", "/redirect");

        result.Should().BeOfType<OutboundAnswered>().Which.Status.Should().Be(HttpStatusCode.Redirect);
        _requests.Should().Be(1);
    }

    [Fact]
    public async Task CallAsync_PublicNameWithPrivateAddress_IsRefusedAndNothingIsSent()
    {
        using OutboundHttp http = Caller(["peer.test:*"], [], IPAddress.Loopback, IPAddress.Parse("::1"));

        OutboundResult result = await CallAsync(http, "GET", "/large");

        result.Should().BeOfType<OutboundRefused>().Which.Reason.Should().Contain("no public address");
        _requests.Should().Be(0);
    }

    [Fact]
    public async Task CallAsync_NameThatChangesItsAddress_IsResolvedOnce()
    {
        int asked = 0;
        using OutboundHttp http = new(
            new OutboundOptions { AllowedHosts = ["peer.test:*"], PrivateHosts = ["peer.test:*"] },
            TimeProvider.System,
            (_, _) => Task.FromResult(new[] { Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254") }));

        OutboundResult result = await CallAsync(http, "POST", "/echo", "x");

        result.Should().BeOfType<OutboundAnswered>();
        asked.Should().Be(1);
    }

    [Theory]
    [InlineData("/large")]
    [InlineData("/endless")]
    public async Task CallAsync_AnswerOverTheLimit_IsTooLarge(string path)
    {
        using OutboundHttp http = Caller(["peer.test:*"], ["peer.test:*"], IPAddress.Loopback);

        OutboundResult result = await CallAsync(http, "GET", path);

        result.Should().BeOfType<OutboundTooLarge>();
    }

    [Fact]
    public async Task CallAsync_PeerThatDoesNotAnswer_TimesOut()
    {
        TestClock clock = new();
        using OutboundHttp http = new(
            new OutboundOptions { AllowedHosts = ["peer.test:*"], PrivateHosts = ["peer.test:*"], Timeout = TimeSpan.FromSeconds(9) },
            clock,
            (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));

        Task<OutboundResult> calling = CallAsync(http, "GET", "/hang");
        await _arrived.Task.WaitAsync(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(9));
        OutboundResult result = await calling;

        result.Should().BeOfType<OutboundTimedOut>();
    }

    [Fact]
    public async Task CallAsync_NobodyListens_Fails()
    {
        using OutboundHttp http = Caller(["peer.test:*"], ["peer.test:*"], IPAddress.Loopback);
        using ClosedPort closed = new();
        _port = closed.Number;

        OutboundResult result = await CallAsync(http, "GET", "/large");

        result.Should().BeOfType<OutboundFailed>();
    }

    [Theory]
    [InlineData("Host", "other.test")]
    [InlineData("Content-Length", "0")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("X-Bad", "a\r\nX-Injected: 1")]
    [InlineData("X Bad", "a")]
    public async Task CallAsync_HeaderThatBelongsToTheConnection_IsRefused(string name, string value)
    {
        using OutboundHttp http = Caller(["peer.test:*"], ["peer.test:*"], IPAddress.Loopback);

        OutboundResult result = await CallAsync(http, "POST", "/echo", "x", "text/plain", (name, value));

        result.Should().BeOfType<OutboundRefused>().Which.Reason.Should().Contain(name);
        _requests.Should().Be(0);
    }

    private static OutboundHttp Caller(string[] allowed, string[] inside, params IPAddress[] addresses) =>
        new(new OutboundOptions { AllowedHosts = allowed, PrivateHosts = inside, MaxResponseBytes = 1024 }, TimeProvider.System, (_, _) => Task.FromResult(addresses));

    private Task<OutboundResult> CallAsync(
        OutboundHttp http, string method, string path, string? content = null, string? contentType = null, params (string Name, string Value)[] headers) =>
        http.CallAsync(
            method,
            $"http://peer.test:{_port}{path}",
            content is null ? null : Encoding.UTF8.GetBytes(content),
            contentType,
            headers.Select(header => KeyValuePair.Create(header.Name, header.Value)),
            _ =>
            {
                _begun++;
                return Task.FromResult(_mayBegin);
            },
            CancellationToken.None);
}
