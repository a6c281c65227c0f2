using Microsoft.Extensions.Logging;

namespace EngagementFlows.Postgres.Inbox;

internal sealed partial class InboxWorker
{
    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A group of {Count} due facts could not be committed together and is served one by one.")]
        public static partial void GroupUndone(ILogger logger, Exception fault, int count);

        [LoggerMessage(Level = LogLevel.Information, Message = "The start of instance {InstanceId} by a trigger is dropped: the definition's activation strategy allows no further instance now.")]
        public static partial void StartNotAllowed(ILogger logger, Guid instanceId);

        [LoggerMessage(Level = LogLevel.Error, Message = "A fact of kind {Kind} for instance {InstanceId} could not be served; next try at {NextTry}, none = it is parked for a person.")]
        public static partial void FactFailed(ILogger logger, Exception fault, Guid instanceId, string kind, DateTimeOffset? nextTry);
    }
}
