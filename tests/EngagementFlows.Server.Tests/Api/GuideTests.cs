using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Server.Tests.Webhooks;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>The guide to the API does what it says: its blocks run, one after the other, against a server, and print what it shows.</summary>
public sealed partial class GuideTests(WebhookFixture house) : IClassFixture<WebhookFixture>
{
    private const string Mark = "=== block ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Guide_RunBlockByBlock_PrintsWhatItShows()
    {
        List<(string Language, string Text)> blocks = [.. Block().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/guides/api.md"))).Select(block => (block.Groups[1].Value, block.Groups[2].Value))];
        StringBuilder script = new("set -eu\n");
        int number = 0;
        foreach ((_, string text) in blocks.Where(block => block.Language == "sh"))
            script.Append("echo '").Append(Mark).Append(++number).Append("'\n").Append(text);

        string[] printed = (await RunAsync(script.ToString())).Split(Mark, StringSplitOptions.RemoveEmptyEntries);

        int at = -1;
        foreach ((string language, string text) in blocks)
        {
            if (language == "sh")
                at++;
            else
                Matches(printed[at][(printed[at].IndexOf('\n') + 1)..].TrimEnd(), text.TrimEnd()).Should().BeTrue($"block {at + 1} printed\n{printed[at]}\nand the guide shows\n{text}");
        }

        printed.Should().HaveCount(number).And.HaveCountGreaterThan(10);
    }

    private static bool Matches(string printed, string shown) =>
        Regex.IsMatch(printed, $"^{string.Join(".*", shown.Split('…').Select(Regex.Escape))}$", RegexOptions.Singleline);

    private async Task<string> RunAsync(string script)
    {
        string folder = Directory.CreateDirectory(Path.Combine(house.Folder, "guide")).FullName;
        ProcessStartInfo start = new("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FLOWS"] = house.Address.GetLeftPart(UriPartial.Authority);
        start.Environment["KEY"] = ServerFixture.KeyOf("operator");
        start.Environment["ADMIN_KEY"] = ServerFixture.KeyOf("administrator");
        start.Environment["RECEIVER"] = house.Receiver.Url("guide");
        foreach (string program in new[] { "curl", "openssl" })
            Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, program))).Should().BeTrue($"the guide needs '{program}': install it");
        using Process bash = Process.Start(start)!;
        using CancellationTokenSource limit = new(Patience);
        Task<string> output = bash.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = bash.StandardError.ReadToEndAsync(limit.Token);
        Task keep = KeepMessageAsync(folder);
        try
        {
            await bash.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
            throw new TimeoutException($"The guide did not come to its end within {Patience}.");
        }

        bash.ExitCode.Should().Be(0, $"the guide ran to its end:\n{await output}\n{await errors}");
        await keep;
        return await output;
    }

    // What a receiver would do: the signature comes last, so that whoever waits for it finds all.
    private async Task KeepMessageAsync(string folder)
    {
        await Eventually.TrueAsync(() => Task.FromResult(house.Receiver.To("guide").Count > 0), Patience);
        ReceivedMessage message = house.Receiver.To("guide")[0];
        await File.WriteAllBytesAsync(Path.Combine(folder, "message.json"), message.Body);
        await File.WriteAllTextAsync(Path.Combine(folder, "message.id"), message.Id);
        await File.WriteAllTextAsync(Path.Combine(folder, "message.timestamp"), message.Timestamp);
        await File.WriteAllTextAsync(Path.Combine(folder, "message.signature.draft"), message.Signature);
        File.Move(Path.Combine(folder, "message.signature.draft"), Path.Combine(folder, "message.signature"));
    }

    [GeneratedRegex(@"^```(sh|text)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
