using EngagementFlows.Postgres.Incarnations;

namespace EngagementFlows.Server.Backups;

/// <summary>Says in the log of each start that a restored database still holds work back.</summary>
internal sealed partial class HeldNotice(ReadIncarnation read, ILogger<HeldNotice> logger)
{
    public async Task LogAsync(CancellationToken cancellationToken)
    {
        IncarnationState state = await read.ExecuteAsync(cancellationToken);
        if (state is { Incarnation: { } life, Held.Total: > 0 })
            Log.IsHeld(logger, life.BeganAt, life.BackupTakenAt, state.Held.Mails, state.Held.Calls, state.Held.Facts, state.Held.Schedules);
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The database was restored at {BeganAt:O} from a backup of {BackupTakenAt:O}: {Mails} mails, {Calls} calls, {Facts} timers and facts and {Schedules} schedules wait for a person (console: /held).")]
        public static partial void IsHeld(ILogger logger, DateTimeOffset beganAt, DateTimeOffset backupTakenAt, long mails, long calls, long facts, long schedules);
    }
}
