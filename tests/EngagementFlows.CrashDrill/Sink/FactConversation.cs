using System.Globalization;
using System.Text;
using EngagementFlows.Server.Webhooks;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>One connection to the sink's receiver of webhooks: one POST and its answer, under the same mode as the mails.</summary>
internal sealed class FactConversation(Stream stream, SinkRecord record, SinkBehaviour behaviour)
{
    private const int MostHeaders = 64;

    /// <summary>Takes a message, or does to it what the mode says; then hangs up.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Ids, signatures and our facts are ASCII.
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        if (await reader.ReadLineAsync(cancellationToken) is not { Length: > 0 })
            return;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (headers.Count < MostHeaders && await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            string[] parts = line.Split(':', 2);
            headers[parts[0]] = parts[^1].Trim();
        }

        char[] body = new char[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        if (await reader.ReadBlockAsync(body, cancellationToken) < body.Length)
            return;
        await AnswerAsync(
            new(headers.GetValueOrDefault(WebhookSignature.IdHeader, ""), headers.GetValueOrDefault(WebhookSignature.TimestampHeader, ""), headers.GetValueOrDefault(WebhookSignature.SignatureHeader, ""), new string(body)),
            cancellationToken);
    }

    private async Task AnswerAsync(DeliveredFact fact, CancellationToken cancellationToken)
    {
        SinkMode mode = behaviour.OfNextMessage();
        switch (mode)
        {
            case SinkMode.DropBeforeRecord:
                return;
            case SinkMode.RefuseForNow:
                await SayAsync("503 Service Unavailable", cancellationToken);
                return;
            case SinkMode.RefuseForGood:
                // Only 410 would end the telling for good: a receiver that is wrong today may be right tomorrow.
                await SayAsync("500 Internal Server Error", cancellationToken);
                return;
            case SinkMode.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(300 + behaviour.Draw(700)), cancellationToken);
                break;
        }

        record.Add(fact.ToLine());
        if (mode == SinkMode.DropAfterRecord)
            return;
        await SayAsync("204 No Content", cancellationToken);
        if (mode == SinkMode.AnswerTwice)
            await SayAsync("204 No Content", cancellationToken);
    }

    private async Task SayAsync(string status, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellationToken);
}
