using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Engagements.Tests.Mail;

/// <summary>Reads messages back with somebody else's parser: postal-mime under Node.</summary>
internal static class MimeReading
{
    public static JsonElement Read(MimeMessage message) => Read([MimeWriter.Write(message)])[0];

    public static IReadOnlyList<JsonElement> Read(IReadOnlyList<byte[]> messages)
    {
        ProcessStartInfo start = new("node", [Path.Combine(Folder(), "read-mime.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder(),
        };
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        foreach (byte[] message in messages)
            node.StandardInput.WriteLine(Convert.ToBase64String(message));
        node.StandardInput.Close();
        string[] lines = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        node.ExitCode.Should().Be(0);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>Returns the value of a header as the parser decoded it.</summary>
    public static string? Header(this JsonElement mail, string name) => mail.GetProperty("headers").EnumerateArray()
        .Where(header => header.GetProperty("key").GetString() == name)
        .Select(header => header.GetProperty("value").GetString())
        .SingleOrDefault();

    public static string? Text(this JsonElement element, params string[] path) => path.Aggregate(element, (current, name) => current.GetProperty(name)).GetString();

    // The script finds its package beside the tests, so it runs where it stands in the source.
    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
