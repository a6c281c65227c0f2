namespace EngagementFlows.Server.Hosting;

public sealed partial class EmbeddedPostgres
{
    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Embedded PostgreSQL is up in {Folder}; adopted from an earlier server: {IsAdopted}.")]
        public static partial void Started(ILogger logger, string folder, bool isAdopted);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody wrote to the database while the sample firm was made beside it: his data is kept, the sample firm is thrown away.")]
        public static partial void TakenBack(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, Message = "Embedded PostgreSQL in {Folder} is stopped.")]
        public static partial void Stopped(ILogger logger, string folder);
    }
}
