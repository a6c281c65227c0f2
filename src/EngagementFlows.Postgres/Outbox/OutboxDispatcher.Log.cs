using Microsoft.Extensions.Logging;

namespace EngagementFlows.Postgres.Outbox;

public sealed partial class OutboxDispatcher
{
    // Effects are named by their ids: an effect key holds the recipient's address.
    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A round of the outbox failed; the next one follows in a second.")]
        public static partial void RoundFailed(ILogger logger, Exception fault);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} effects were left by a dispatcher that ended: claims are pending again, those being sent are uncertain.")]
        public static partial void LeasesExpired(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of effect {EffectId} broke off.")]
        public static partial void AttemptFailed(ILogger logger, Exception fault, Guid effectId, int attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "How attempt {Attempt} of effect {EffectId} ended could not be recorded; its lease will tell.")]
        public static partial void NotRecorded(ILogger logger, Exception fault, Guid effectId, int attempt);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of effect {EffectId} ended as {State} after its lease was lost; what was recorded meanwhile stands.")]
        public static partial void LeaseLost(ILogger logger, Guid effectId, int attempt, string state);
    }
}
