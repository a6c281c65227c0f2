using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EngagementFlows.Testing;

/// <summary>Another system that is told facts: keeps what comes, and answers as it is told to.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _peer;
    private readonly ConcurrentDictionary<string, HttpStatusCode> _answers = new();
    private readonly ConcurrentDictionary<string, bool> _held = new();

    private Receiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _peer = builder.Build();
        _peer.MapPost("/{path}", TakeAsync);
    }

    /// <summary>Gets what came, in its order.</summary>
    public ConcurrentQueue<ReceivedMessage> Messages { get; } = new();

    /// <summary>Gets the host and port, to be allowed.</summary>
    public string Host => new Uri(Base).Authority;

    private string Base => _peer.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Receiver> StartAsync()
    {
        Receiver receiver = new();
        await receiver._peer.StartAsync();
        return receiver;
    }

    public string Url(string path) => $"{Base}/{path}";

    /// <summary>Says how messages to a path are answered from now on.</summary>
    public void Answer(string path, HttpStatusCode status) => _answers[path] = status;

    /// <summary>Lets messages to a path wait for their answer until their sender gives up.</summary>
    public void Hold(string path) => _held[path] = true;

    /// <summary>Returns what came to a path.</summary>
    public IReadOnlyList<ReceivedMessage> To(string path) => [.. Messages.Where(message => message.Path == path)];

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async Task<IResult> TakeAsync(string path, HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        Messages.Enqueue(new(
            path, $"{context.Request.Headers[WebhookSignature.IdHeader]}", $"{context.Request.Headers[WebhookSignature.TimestampHeader]}",
            $"{context.Request.Headers[WebhookSignature.SignatureHeader]}", body.ToArray()));
        if (_held.ContainsKey(path))
        {
            TaskCompletionSource gone = new();
            await using CancellationTokenRegistration told = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        }

        HttpStatusCode status = _answers.GetValueOrDefault(path, HttpStatusCode.NoContent);
        return status == HttpStatusCode.NoContent ? Results.NoContent() : Results.Text("not \0now", statusCode: (int)status);
    }
}

/// <summary>A message as it came.</summary>
public sealed record ReceivedMessage(string Path, string Id, string Timestamp, string Signature, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Kind => Json.GetProperty("type").GetString()!;

    public string Text => Encoding.UTF8.GetString(Body);
}
