using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace EngagementFlows.Scripts.Tests.JavaScript;

/// <summary>The corpus: what Node gave for every snippet is recorded beside it, and recorded again where Node is at hand.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Topics => [.. TopicNames()];

    [Theory]
    [MemberData(nameof(Topics))]
    public void Run_EverySnippetOfTopic_GivesWhatNodeGave(string topic)
    {
        string[] snippets = Lines(topic + ".js");
        string[] expected = Lines(topic + ".expected.jsonl");
        List<string> differences = [];

        snippets.Should().HaveSameCount(expected);
        for (int i = 0; i < snippets.Length; i++)
        {
            JsonObject actual = ScriptOutcome.Of(snippets[i]);
            if (!ScriptOutcome.Same(actual, JsonNode.Parse(expected[i])))
                differences.Add($"{snippets[i]}\n  Node: {expected[i]}\n  ours: {ScriptOutcome.Text(actual)}");
        }

        differences.Should().BeEmpty();
    }

    [Fact]
    public void Corpus_AllTopics_HoldsThousandSnippets() =>
        TopicNames().Sum(topic => Lines(topic + ".js").Length).Should().BeGreaterThan(1000);

    [Fact]
    public void Corpus_NodeAtHand_RecordsTheSameAgain()
    {
        if (Node.Path is null)
            return;
        string copy = Directory.CreateTempSubdirectory("corpus").FullName;
        foreach (string file in Directory.GetFiles(Folder(), "*.js"))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        Node.Run(null, Path.Combine(Folder(), "record.mjs"), copy);

        foreach (string file in Directory.GetFiles(copy, "*.jsonl"))
            File.ReadAllText(file).Should().Be(File.ReadAllText(Path.Combine(Folder(), Path.GetFileName(file))), Path.GetFileName(file));
        Directory.Delete(copy, recursive: true);
    }

    internal static IEnumerable<string> TopicNames() => Directory.GetFiles(Folder(), "*.js").Select(file => Path.GetFileNameWithoutExtension(file)!).Order();

    internal static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(here))!, "corpus");

    internal static string[] Lines(string file) => File.ReadAllText(Path.Combine(Folder(), file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The Node of this machine, if there is one.</summary>
internal static class Node
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, "node"))
        .FirstOrDefault(File.Exists);

    public static string Run(string? input, params string[] arguments)
    {
        ProcessStartInfo start = new(Path!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TZ"] = "UTC";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
        return output.Result;
    }
}
