using System.Text;
using EngagementFlows.Engine.Activities.Http;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Scripts;
using HttpProtocol = EngagementFlows.Engine.Activities.Http.HttpProtocol;

namespace EngagementFlows.Server.Outbound;

/// <summary>Makes the outside calls that flows ask for, under the rules; how a call ended is told to the instance in the commit that records it.</summary>
internal sealed class HttpCallSender(OutboundHttp http) : IEffectSender
{
    public string Kind => "http";

    public async Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
    {
        if (effect.InstanceId is not { } instanceId)
            return new SendRejected("The call belongs to no instance.");
        HttpCallRequested call = HttpCallJson.Read(effect.EffectKey, effect.Payload);
        if (!await begin(cancellationToken))
            return new SendLeft();
        byte[]? content = call.Content is null ? null : Encoding.UTF8.GetBytes(call.Content);
        // Begun is begun: an attempt that ends with the process is uncertain.
        OutboundResult result = await http.CallAsync(call.Method, call.Url, content, call.ContentType, Headers(call.Headers), CancellationToken.None);
        return result switch
        {
            OutboundAnswered answered => new SendAccepted($"HTTP {(int)answered.Status}", Told(HttpProtocol.Answered((int)answered.Status, Headers(answered.Headers), answered.ContentType, answered.Body))),
            OutboundRefused refused => Ended(HttpCallFailure.Refused, refused.Reason),
            OutboundFailed failed => Ended(HttpCallFailure.Connect, failed.Reason),
            OutboundTimedOut late => Ended(HttpCallFailure.Timeout, $"No answer came within {late.After.TotalSeconds:0.#} s; whether the other side acted is not known."),
            OutboundTooLarge large => Ended(HttpCallFailure.Refused, $"The answer is larger than the {large.LimitBytes} bytes that EngagementFlows:Outbound:MaxResponseBytes allows."),
            _ => throw new InvalidOperationException($"EngagementFlows bug: a call cannot end as '{result.GetType()}'."),
        };

        SendRejected Ended(HttpCallFailure failure, string reason) => new(reason, Told(HttpProtocol.Failed(failure, reason)));

        BookmarkResumed Told(PlainObject input) => new(instanceId, call.BookmarkId, input);
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(PlainObject headers)
    {
        foreach ((string name, object? value) in headers)
        {
            if (value is PlainList list)
            {
                foreach (object? item in list)
                    yield return new(name, item?.ToString() ?? "");
            }
            else
            {
                yield return new(name, value?.ToString() ?? "");
            }
        }
    }

    private static PlainObject Headers(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> headers)
    {
        PlainObject texts = new();
        foreach ((string name, IReadOnlyList<string> values) in headers)
            texts[name] = values.Count == 1 ? values[0] : new PlainList(values);
        return texts;
    }
}
