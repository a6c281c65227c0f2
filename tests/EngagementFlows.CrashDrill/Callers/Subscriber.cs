using System.Text.Json;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>The system that wants to be told by a webhook: that clients have answered, and that instances have ended.</summary>
internal static class Subscriber
{
    /// <summary>Gets the kinds of facts that it wants; of each instance of the drill there is one of each in the end.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["client.answered", "instance.finished"];

    /// <summary>Makes the webhook and returns its secret.</summary>
    /// <exception cref="InvalidOperationException">The server does not make it.</exception>
    public static async Task<string> SubscribeAsync(Caller administrator, int port, CancellationToken cancellationToken)
    {
        object webhook = new { name = "drill", url = $"http://127.0.0.1:{port}/facts", kinds = Kinds };
        JsonElement? made = await administrator.PostAsync("/api/webhooks", "webhook", webhook, cancellationToken);
        return made?.GetProperty("secret").GetString() ?? throw new InvalidOperationException("The drill's webhook is not made.");
    }
}
