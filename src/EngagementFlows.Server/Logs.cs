using Microsoft.Extensions.Logging.Console;

namespace EngagementFlows.Server;

/// <summary>Where log lines go: to standard error, since standard output carries results only.</summary>
internal static class Logs
{
    public static void WriteToStandardError(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // It warns on every page with a form that it makes the page uncacheable; our pages say no-store anyhow.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff'Z' ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
