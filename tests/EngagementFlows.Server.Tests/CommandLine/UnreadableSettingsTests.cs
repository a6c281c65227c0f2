using EngagementFlows.Server.CommandLine;
using EngagementFlows.Server.Tests.Telemetry;

namespace EngagementFlows.Server.Tests.CommandLine;

/// <summary>Settings that no command can read. Runs alone: it looks at the process's own standard error, to which servers of other tests would write.</summary>
[Collection(nameof(LogLineTests))]
public sealed class UnreadableSettingsTests
{
    [Fact]
    public async Task UnreadableSettings_AreNamedWithoutAStackTrace()
    {
        TextWriter before = Console.Error;
        StringWriter errors = new();
        Console.SetError(errors);
        try
        {
            int code = await CommandRoot.RunAsync(["migrate", "--EngagementFlows:Timers:CatchUpPerSecond=fast", "--ConnectionStrings:EngagementFlows=nonsense"]);

            code.Should().Be(1);
        }
        finally
        {
            Console.SetError(before);
        }

        errors.ToString().Should().Contain("'EngagementFlows:Timers:CatchUpPerSecond' is 'fast'").And.NotContain("   at ");
    }
}
