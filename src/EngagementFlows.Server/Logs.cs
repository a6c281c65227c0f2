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
        // It would put each request's path, and with it the tokens of links, into lines and into the scope of every line within the request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
