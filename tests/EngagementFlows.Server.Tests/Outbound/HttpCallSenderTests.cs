using System.Net;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Hosting;
using EngagementFlows.Server.Outbound;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using HttpProtocol = EngagementFlows.Engine.Activities.Http.HttpProtocol;

namespace EngagementFlows.Server.Tests.Outbound;

/// <summary>An outside call of a flow: made once, and what becomes of it goes back to the instance that waits.</summary>
public sealed class HttpCallSenderTests : IAsyncLifetime
{
    private static readonly Guid Instance = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly Guid Bookmark = new("0198c0de-0000-7000-8000-000000000002");

    private readonly TestClock _clock = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new();
    private WebApplication _peer = null!;
    private int _requests;

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
        _peer.MapGet("/json", () => Results.Text("""{"a":[1,"zwei"]}""", "application/json"));
        _peer.MapGet("/text", () => Results.Text("a plain \0word"));
        _peer.MapGet("/bytes", () => Results.Bytes([1, 0, 2], "application/octet-stream"));
        _peer.MapGet("/fault", () => Results.Text("""{"error":"later"}""", "application/json", statusCode: 503));
        _peer.MapGet("/large", () => Results.Text(new string('x', 4096)));
        _peer.MapGet("/hang", () =>
        {
            _arrived.TrySetResult();
            return _released.Task;
        });
        _peer.MapPost("/echo", async (HttpRequest request) =>
        {
            using StreamReader reader = new(request.Body);
            return Results.Text($"{request.ContentType}|{request.Headers["X-One"]}|{await reader.ReadToEndAsync()}", statusCode: 201);
        });
        await _peer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _released.TrySetResult();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_JsonAnswer_ComesBackAsValue()
    {
        PlainObject response = Response(await SendAsync("/json"));

        response["statusCode"].Should().Be(200L);
        ((PlainList)((PlainObject)response["content"]!)["a"]!).Should().Equal(1L, "zwei");
        ((PlainObject)response["headers"]!)["Content-Type"].Should().Be("application/json");
    }

    [Fact]
    public async Task SendAsync_TextOrBytes_ComeBackAsTheyAre()
    {
        Response(await SendAsync("/text"))["content"].Should().Be("a plain word", "U+0000 cannot be stored");
        Response(await SendAsync("/bytes"))["content"].Should().BeEquivalentTo(new byte[] { 1, 0, 2 });
    }

    [Fact]
    public async Task SendAsync_ServerError_IsAnAnswerAndIsNotRepeated()
    {
        SendOutcome outcome = await SendAsync("/fault");

        outcome.Should().BeOfType<SendAccepted>().Which.Answer.Should().Be("503");
        Response(outcome)["statusCode"].Should().Be(503L);
        _requests.Should().Be(1, "whether to call again is the flow's decision");
    }

    [Fact]
    public async Task SendAsync_ContentAndHeaders_ArriveAsTheFlowGaveThem()
    {
        PlainObject response = Response(await SendAsync("/echo", "POST", "{\"x\":1}", "application/json", new() { ["X-One"] = "eins" }));

        response["statusCode"].Should().Be(201L);
        response["content"].Should().Be("application/json|eins|{\"x\":1}");
    }

    [Theory]
    [InlineData("/hang", "Timeout", "seconds")]
    [InlineData("/large", "Refused", "larger than 1024 bytes")]
    public async Task SendAsync_AnswerLateOrTooLarge_TellsTheInstanceWhy(string path, string failure, string message)
    {
        Task<SendOutcome> sending = SendAsync(path);
        if (path == "/hang")
        {
            await _arrived.Task.WaitAsync(TimeSpan.FromMinutes(1));
            _clock.Advance(TimeSpan.FromSeconds(30));
        }

        SendOutcome outcome = await sending;

        outcome.Should().BeOfType<SendRejected>();
        Response(outcome)["failure"].Should().Be(failure);
        ((string)Response(outcome)["message"]!).Should().Contain(message);
        _requests.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_NobodyListensOrHostNotAllowed_TellsTheInstanceWhy()
    {
        using ClosedPort port = new();

        Response(await SendAsync($"http://peer.test:{port.Number}/json"))["failure"].Should().Be("Connect");
        Response(await SendAsync("http://elsewhere.test/json"))["failure"].Should().Be("Refused");
    }

    [Fact]
    public async Task SendAsync_LeaseIsAnothersByNow_CallsNobody()
    {
        (await SendAsync("/json", begin: false)).Should().BeOfType<SendLeft>();

        _requests.Should().Be(0);
    }

    private static PlainObject Response(SendOutcome outcome)
    {
        Stimulus? result = outcome switch
        {
            SendAccepted accepted => accepted.Result,
            SendRejected rejected => rejected.Result,
            _ => null,
        };
        BookmarkResumed resumed = result.Should().BeOfType<BookmarkResumed>().Subject;
        (resumed.InstanceId, resumed.BookmarkId).Should().Be((Instance, Bookmark));
        return (PlainObject)resumed.Input[HttpProtocol.ResponseKey]!;
    }

    private async Task<SendOutcome> SendAsync(
        string path, string method = "GET", string? content = null, string? contentType = null, PlainObject? headers = null, bool begin = true)
    {
        using OutboundHttp http = new(
            new OutboundOptions { AllowedHosts = ["peer.test:*"], PrivateHosts = ["peer.test:*"], MaxResponseBytes = 1024, Timeout = TimeSpan.FromSeconds(30) },
            _clock,
            (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        string payload = PlainState.ToText(new PlainObject
        {
            ["bookmark"] = Bookmark,
            ["method"] = method,
            ["url"] = path.StartsWith("http", StringComparison.Ordinal) ? path : $"http://peer.test:{new Uri(_peer.Urls.First()).Port}{path}",
            ["content"] = content,
            ["contentType"] = contentType,
            ["headers"] = headers ?? new PlainObject(),
        });
        ClaimedEffect effect = new(Guid.Empty, Instance, "http", "key", 1, payload);
        return await new HttpCallSender(http).SendAsync(effect, _ => Task.FromResult(begin), CancellationToken.None);
    }
}
