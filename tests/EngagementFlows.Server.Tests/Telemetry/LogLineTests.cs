using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EngagementFlows.Server.Tests.Telemetry;

/// <summary>A log line is one line, whatever names and faults hold.</summary>
[Collection(nameof(LogLineTests))]
public sealed class LogLineTests
{
    [Fact]
    public void Line_WithLineBreaksInItsValues_StaysOneLine()
    {
        const string forged = "Ann\r\n2026-03-03 09:00:00.000Z info: Server[0] All is well\nmore\u2028end";
        TextWriter before = Console.Error;
        StringWriter errors = new();
        Console.SetError(errors);
        try
        {
            using ServiceProvider services = new ServiceCollection().AddLogging(Logs.WriteToStandardError).BuildServiceProvider();
            ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("EngagementFlows.Test");

            LoggerMessage.Define<string>(LogLevel.Warning, default, "The client '{Name}' is known.")(logger, forged, new InvalidOperationException(forged));
        }
        finally
        {
            Console.SetError(before);
        }

        errors.ToString().TrimEnd().Split('\n', '\r', '\u2028').Should().ContainSingle().Which.Should().Contain("The client 'Ann");
    }
}

/// <summary>Runs alone: it looks at the process's own standard error.</summary>
[CollectionDefinition(nameof(LogLineTests), DisableParallelization = true)]
public sealed class LogLineCollection;
