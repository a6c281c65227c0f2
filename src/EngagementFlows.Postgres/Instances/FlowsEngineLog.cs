using Microsoft.Extensions.Logging;

namespace EngagementFlows.Postgres.Instances;

internal static partial class FlowsEngineLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of {Name} failed and tries again.")]
    public static partial void StepFailed(ILogger logger, Exception fault, string name);
}
