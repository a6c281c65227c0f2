using System.Globalization;
using System.Text;
using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Outbound;

namespace EngagementFlows.Server.Webhooks;

/// <summary>Tells other systems facts: signed, at least once, each under its event's id, by which a receiver knows a repetition.</summary>
/// <remarks>
/// Unlike a mail, a message may be repeated without harm: an attempt is never uncertain. It is tried again with growing rests until it has been failing for
/// <see cref="SendBackoff.Patience"/>.
/// </remarks>
internal sealed class WebhookSender(FindWebhook find, SealedSecrets secrets, OutboundHttp http, DatabaseClock clock) : IEffectSender
{
    private const int LongestAnswer = 200;

    // Resuming makes what waits due at once; this only bounds how long a resumption that was missed matters.
    private static readonly TimeSpan WhilePaused = TimeSpan.FromHours(1);

    public string Kind => "webhook";

    public async Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
    {
        if (await find.ForDeliveryAsync(effect.Id, cancellationToken) is not var (id, url, state, secret))
            return new SendRejected("The webhook was removed.");
        if (state == Webhook.Paused)
            return new SendLater("The webhook is paused.", WhilePaused);
        byte[] body = Encoding.UTF8.GetBytes(effect.Payload);
        OutboundResult result = await http.CallAsync(
            "POST", url, body, "application/json; charset=utf-8", Headers(id, secret, EventOf(effect.Payload), body), static _ => Task.FromResult(true), cancellationToken);
        return result switch
        {
            OutboundAnswered { Status: >= (System.Net.HttpStatusCode)200 and < (System.Net.HttpStatusCode)300 } answered => new SendAccepted(Shown(answered)),
            OutboundAnswered { Status: System.Net.HttpStatusCode.Gone } gone => new SendRejected($"{Shown(gone)} – the receiver wants no more of it."),
            OutboundAnswered answered => new SendAgain(Shown(answered), RetryAfter(answered)),
            OutboundRefused refused => new SendAgain(refused.Reason),
            OutboundFailed failed => new SendAgain(failed.Reason),
            OutboundTimedOut late => new SendAgain($"No answer came within {late.After.TotalSeconds} seconds (EngagementFlows:Outbound:Timeout)."),
            // It was taken, whatever it says at such length.
            OutboundTooLarge large => new SendAgain($"The answer is larger than {large.LimitBytes} bytes (EngagementFlows:Outbound:MaxResponseBytes)."),
            _ => throw new InvalidOperationException($"EngagementFlows bug: a message cannot end as '{result.GetType()}'."),
        };
    }

    private KeyValuePair<string, string>[] Headers(Guid webhook, string sealedSecret, string eventId, byte[] body)
    {
        byte[] key = WebhookSignature.KeyOf(secrets.Open(WebhookDesk.OwnerOf(webhook), sealedSecret))
            ?? throw new InvalidOperationException($"EngagementFlows bug: the secret of webhook '{webhook}' is none.");
        // Each attempt has a timestamp of its own: a receiver refuses old ones.
        long timestamp = clock.Now.ToUnixTimeSeconds();
        return
        [
            new(WebhookSignature.IdHeader, eventId),
            new(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture)),
            new(WebhookSignature.SignatureHeader, WebhookSignature.Sign(key, eventId, timestamp, body)),
            new("User-Agent", "EngagementFlows"),
        ];
    }

    private static string EventOf(string payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    private static string Shown(OutboundAnswered answered)
    {
        string text = new([.. Encoding.UTF8.GetString(answered.Body, 0, Math.Min(answered.Body.Length, LongestAnswer)).Where(letter => !char.IsControl(letter))]);
        return text.Length == 0 ? $"HTTP {(int)answered.Status}" : $"HTTP {(int)answered.Status}: {text}";
    }

    private static TimeSpan? RetryAfter(OutboundAnswered answered)
    {
        string? value = answered.Headers.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value is [string first, ..] ? first : null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : null;
    }
}
