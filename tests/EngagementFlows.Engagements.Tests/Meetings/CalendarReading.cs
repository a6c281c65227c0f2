using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Engagements.Tests.Meetings;

/// <summary>Reads calendar objects back with somebody else's parser: ical.js under Node.</summary>
internal static class CalendarReading
{
    public static IReadOnlyList<JsonElement> Read(IEnumerable<MimeCalendar> calendars) => Read(calendars.Select(calendar => CalendarLines.Fold(calendar.Content)));

    /// <summary>Returns every event of every object, in order.</summary>
    public static IReadOnlyList<JsonElement> Read(IEnumerable<string> files)
    {
        ProcessStartInfo start = new("node", [Path.Combine(Folder(), "read-calendar.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder(),
        };
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        foreach (string file in files)
            node.StandardInput.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(file)));
        node.StandardInput.Close();
        string[] lines = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        node.ExitCode.Should().Be(0);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    // The script finds its package beside the tests, so it runs where it stands in the source.
    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
