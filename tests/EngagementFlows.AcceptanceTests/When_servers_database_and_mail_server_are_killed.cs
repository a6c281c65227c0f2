using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EngagementFlows.AcceptanceTests;

/// <summary>The crash drill, small: what it counts and how it attacks stands in tests/EngagementFlows.CrashDrill.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class When_servers_database_and_mail_server_are_killed
{
    private static readonly string[] Names = ["acknowledged", "lost", "stuck", "doubled", "mails", "mailsDoubled", "mailsMissing", "uncertain", "invariantViolations"];

    [Fact]
    public async Task Should_lose_nothing_that_was_acknowledged_and_do_nothing_twice()
    {
        using CrashDrillProgram drill = CrashDrillProgram.Start("--rounds", "1", "--instances", "40", "--seed", "3", "--json");

        (int exitCode, string output, string account) = await drill.EndAsync();

        exitCode.Should().Be(0, account);
        JsonElement counted = JsonDocument.Parse(output.TrimEnd()).RootElement;
        output.TrimEnd().Should().NotContain("\n");
        counted.EnumerateObject().Select(figure => figure.Name).Should().Equal(Names);
        // Each instance: a start, an answer, a task's outcome and an event.
        counted.GetProperty("acknowledged").GetInt64().Should().Be(160, account);
        counted.GetProperty("mails").GetInt64().Should().BeGreaterThanOrEqualTo(120, account);
        account.Should().Contain("KillServer A").And.Contain("KillServer B").And.Contain("KillPostgres").And.Contain("KillSink").And.Contain("CommitsFail").And.Contain("CutAnswers");
        // Each instance: the client has answered, and it has ended.
        account.Should().Contain("webhook: 80 messages");
        Directory.EnumerateFileSystemEntries(drill.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task Should_start_what_schedules_start_once_for_each_instant()
    {
        using CrashDrillProgram drill = CrashDrillProgram.Start("--rounds", "1", "--instances", "20", "--seed", "1", "--json");

        (int exitCode, string output, string account) = await drill.EndAsync();

        exitCode.Should().Be(0, account);
        JsonDocument.Parse(output.TrimEnd()).RootElement.GetProperty("acknowledged").GetInt64().Should().Be(80, account);
        account.Should().Contain("KillServer A").And.Contain("KillServer B").And.Contain("KillPostgres");
        Match counted = Regex.Match(account, "schedules: ([0-9]+) instants, ([0-9]+) starts");
        counted.Success.Should().BeTrue(account);
        // Attacked for ten seconds at least, by schedules of 1, 2, 3 and 4 seconds; the last one starts five at each of its instants.
        int instants = int.Parse(counted.Groups[1].Value, CultureInfo.InvariantCulture);
        instants.Should().BeGreaterThanOrEqualTo(20, account);
        int.Parse(counted.Groups[2].Value, CultureInfo.InvariantCulture).Should().BeGreaterThanOrEqualTo(instants + 8, account);
    }

    [Fact]
    public async Task Should_hold_at_each_boundary_of_a_sample()
    {
        using CrashDrillProgram drill = CrashDrillProgram.Start("--boundaries", "--every", "61", "--first", "4", "--json");

        (int exitCode, string output, string account) = await drill.EndAsync();

        exitCode.Should().Be(0, account);
        JsonElement counted = JsonDocument.Parse(output.TrimEnd()).RootElement;
        counted.GetProperty("boundaries").GetInt64().Should().BeInRange(3, 4, account);
        // Four facts each, and those of the two intakes by which the boundaries were counted.
        counted.GetProperty("acknowledged").GetInt64().Should().Be(24, account);
    }

    [Fact]
    public async Task Should_leave_nothing_behind_when_the_drill_itself_is_killed()
    {
        using CrashDrillProgram drill = CrashDrillProgram.Start("--rounds", "1", "--instances", "40", "--seed", "4");

        await drill.Attacking;
        drill.LeftProcesses().Should().NotBeEmpty("PostgreSQL, the servers and the sink are at work");
        drill.Kill();
        await drill.EndAsync();

        drill.LeftProcesses().Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(drill.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task Should_leave_nothing_behind_when_the_drill_is_interrupted()
    {
        using CrashDrillProgram drill = CrashDrillProgram.Start("--rounds", "1", "--instances", "40", "--seed", "4");

        await drill.Attacking;
        await drill.InterruptAsync();
        (int exitCode, _, string account) = await drill.EndAsync();

        exitCode.Should().Be(130, account);
        drill.LeftProcesses().Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(drill.Folder).Should().BeEmpty();
    }
}
