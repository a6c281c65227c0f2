using Microsoft.Extensions.Logging;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Keeps a loop of the engine alive.</summary>
internal static partial class EngineLoop
{
    /// <summary>Repeats a step until it is stopped. A step may throw when the database is away: it is logged and tried again after a pause.</summary>
    public static async Task RepeatAsync(string name, Func<CancellationToken, Task> step, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await step(cancellationToken);
                pause = TimeSpan.FromMilliseconds(50);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                StepFailed(logger, fault, name);
                await Task.Delay(pause, time, cancellationToken);
                pause = pause < TimeSpan.FromSeconds(5) ? pause * 2 : pause;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of {Name} failed and tries again.")]
    private static partial void StepFailed(ILogger logger, Exception fault, string name);
}
