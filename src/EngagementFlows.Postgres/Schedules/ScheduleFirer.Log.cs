using Microsoft.Extensions.Logging;

namespace EngagementFlows.Postgres.Schedules;

public sealed partial class ScheduleFirer
{
    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Schedule {ScheduleId} cannot be computed any more and was paused; the audit has the reason. Correct it and resume it.")]
        public static partial void Unreadable(ILogger logger, Guid scheduleId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Schedules were due since {DueAt} and nobody had fired them; they are fired now.")]
        public static partial void Overdue(ILogger logger, DateTimeOffset dueAt);
    }
}
