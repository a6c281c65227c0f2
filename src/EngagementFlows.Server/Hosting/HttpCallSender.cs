using System.Diagnostics;
using EngagementFlows.Engine.Activities.Http;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Outbound;
using HttpProtocol = EngagementFlows.Engine.Activities.Http.HttpProtocol;

namespace EngagementFlows.Server.Hosting;

/// <summary>Makes the outside HTTP calls of flows, once each; what comes back resumes the instance that waits for it.</summary>
/// <remarks>A call whose answer was lost with its process is uncertain: the other side may have acted, so it is never made again by itself.</remarks>
internal sealed class HttpCallSender(OutboundHttp http) : IEffectSender
{
    public string Kind => "http";

    public async Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
    {
        HttpCallRequested call = HttpCallJson.Read(effect.EffectKey, effect.Payload);
        byte[]? content = call.Content is null ? null : System.Text.Encoding.UTF8.GetBytes(call.Content);
        // The host alone: paths and queries of calls may hold what people wrote, and keys.
        using Activity? span = FlowsTelemetry.Source.StartActivity("call", ActivityKind.Client)?
            .SetTag("http.request.method", call.Method)
            .SetTag("server.address", Uri.TryCreate(call.Url, UriKind.Absolute, out Uri? url) ? url.Host : null);
        OutboundResult result = await http.CallAsync(call.Method, call.Url, content, call.ContentType, Headers(call.Headers), begin, CancellationToken.None);
        span?.SetTag("http.response.status_code", (int?)(result as OutboundAnswered)?.Status);
        return result switch
        {
            OutboundAnswered answered => new SendAccepted($"{(int)answered.Status}", Resume(effect, call, Answer(answered))),
            OutboundRefused refused => new SendRejected(refused.Reason, Resume(effect, call, HttpProtocol.Failed(HttpCallFailure.Refused, refused.Reason))),
            OutboundFailed failed => new SendRejected(failed.Reason, Resume(effect, call, HttpProtocol.Failed(HttpCallFailure.Connect, failed.Reason))),
            OutboundWithheld => new SendLeft(),
            OutboundTimedOut late => Ended(effect, call, HttpCallFailure.Timeout, $"No answer came within {late.After.TotalSeconds} seconds ({late.Setting})."),
            OutboundTooLarge large => Ended(effect, call, HttpCallFailure.Refused, $"The answer is larger than {large.LimitBytes} bytes (EngagementFlows:Outbound:MaxResponseBytes)."),
            _ => throw new InvalidOperationException($"EngagementFlows bug: a call cannot end as '{result.GetType()}'."),
        };
    }

    private static SendRejected Ended(ClaimedEffect effect, HttpCallRequested call, HttpCallFailure failure, string reason) =>
        new(reason, Resume(effect, call, HttpProtocol.Failed(failure, reason)));

    private static BookmarkResumed Resume(ClaimedEffect effect, HttpCallRequested call, PlainObject input) =>
        new(effect.InstanceId ?? throw new InvalidOperationException($"EngagementFlows bug: the call '{effect.EffectKey}' belongs to no instance."), call.BookmarkId, input);

    private static PlainObject Answer(OutboundAnswered answered)
    {
        PlainObject headers = new();
        foreach ((string name, IReadOnlyList<string> values) in answered.Headers)
            headers[name] = string.Join(", ", values);
        return HttpProtocol.Answered((int)answered.Status, headers, answered.ContentType, answered.Body);
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(PlainObject headers)
    {
        foreach ((string name, object? value) in headers)
        {
            foreach (object? single in value is PlainList several ? several : [value])
                yield return new(name, Convert.ToString(single, System.Globalization.CultureInfo.InvariantCulture) ?? "");
        }
    }
}
