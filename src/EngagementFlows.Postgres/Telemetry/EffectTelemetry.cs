using System.Diagnostics;
using EngagementFlows.Postgres.Outbox;

namespace EngagementFlows.Postgres.Telemetry;

/// <summary>Watches one attempt to carry out an effect: a span in the trace of its instance, and the count of its outcome.</summary>
internal static class EffectTelemetry
{
    public static Activity? Begin(ClaimedEffect effect) => FlowsTelemetry.StartOf(effect.InstanceId, "dispatch", ActivityKind.Producer)?
        .SetTag("engagementflows.effect.kind", effect.Kind)
        .SetTag("engagementflows.effect.id", effect.Id.ToString("D"))
        .SetTag("engagementflows.attempt", effect.Attempt);

    public static void End(Activity? span, ClaimedEffect effect, SendOutcome outcome)
    {
        string word = outcome switch
        {
            SendAccepted => "accepted",
            SendRejected => "rejected",
            SendUncertain => "uncertain",
            SendAgain => "again",
            SendLater => "later",
            _ => "left",
        };
        FlowsTelemetry.Effects.Add(1, new("engagementflows.effect.kind", effect.Kind), new("engagementflows.outcome", word));
        span?.SetTag("engagementflows.outcome", word).SetStatus(word is "accepted" or "later" or "left" ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
    }
}
