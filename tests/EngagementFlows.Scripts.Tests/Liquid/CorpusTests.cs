using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Scripts.Tests.Liquid;

/// <summary>Renders what liquidjs rendered, and compares. Where the reference documentation of the language says otherwise, a case says so.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Files => [.. Names()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Render_Corpus_AgreesWithLiquidjs(string file)
    {
        JsonNode corpus = Read(file);
        LiquidOptions options = LiquidOptions.Elsa with
        {
            Encode = corpus["encode"] is null ? null : LiquidEncoding.Html,
            Partials = corpus["partials"]?.AsObject().ToDictionary(partial => partial.Key, partial => partial.Value!.GetValue<string>()) ?? [],
        };
        PlainObject model = (PlainObject)PlainOf(corpus["data"])!;
        List<string> differences = [];
        foreach (JsonObject entry in corpus["cases"]!.AsArray().Select(entry => entry!.AsObject()))
        {
            string template = entry["template"]!.GetValue<string>();
            string? expected = (entry.ContainsKey("ours") ? entry["ours"] : entry["liquidjs"])?.GetValue<string>();
            string? actual = RenderOrRefuse(template, model, options);
            if (actual != expected)
                differences.Add($"{template} -> {Quote(actual)}, expected {Quote(expected)}");
        }

        if (differences.Count > 0)
            Assert.Fail(string.Join(Environment.NewLine, differences));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Corpus_CaseThatDiffers_SaysWhy(string file)
    {
        foreach (JsonObject entry in Read(file)["cases"]!.AsArray().Select(entry => entry!.AsObject()).Where(entry => entry.ContainsKey("ours")))
        {
            entry["because"].Should().NotBeNull(entry.ToJsonString());
            Quote(entry["ours"]?.GetValue<string>()).Should().NotBe(Quote(entry["liquidjs"]?.GetValue<string>()), entry.ToJsonString());
        }
    }

    /// <summary>Where Node and liquidjs are at hand, what was recorded is recorded again.</summary>
    [Fact]
    public void Corpus_RecordedAgain_IsTheSame()
    {
        if (!Directory.Exists(Path.Combine(Folder(), "../../node_modules/liquidjs")))
            return;
        ProcessStartInfo start = new("node", [Path.Combine(Folder(), "record.mjs")]) { RedirectStandardOutput = true };
        using Process node = Process.Start(start)!;
        JsonNode again = JsonNode.Parse(node.StandardOutput.ReadToEnd())!;
        node.WaitForExit();

        node.ExitCode.Should().Be(0);
        foreach (string file in Names())
        {
            IEnumerable<string> recorded = Read(file)["cases"]!.AsArray().Select(entry => Quote(entry!["liquidjs"]?.GetValue<string>()));
            again[file]!.AsArray().Select(result => Quote(result?.GetValue<string>())).Should().Equal(recorded, file);
        }
    }

    /// <summary>Renders a template, or returns <see langword="null"/> if it is refused.</summary>
    internal static string? RenderOrRefuse(string template, PlainObject model, LiquidOptions options)
    {
        try
        {
            return Rendering.Render(template, model, options);
        }
        catch (ScriptException)
        {
            return null;
        }
    }

    internal static IEnumerable<string> Templates() => Names().SelectMany(file => Read(file)["cases"]!.AsArray()).Select(entry => entry!["template"]!.GetValue<string>());

    internal static PlainObject Model() => (PlainObject)PlainOf(Read("loops.json")["data"])!;

    private static IEnumerable<string> Names() => Directory.GetFiles(Path.Combine(Folder(), "Corpus"), "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), "Corpus", file)))!;

    private static string Quote(string? text) => text is null ? "refused" : $"\"{text}\"";

    private static object? PlainOf(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => new PlainList(array.Select(PlainOf)),
        JsonObject map => map.Aggregate(new PlainObject(), (plain, member) =>
        {
            plain[member.Key] = PlainOf(member.Value);
            return plain;
        }),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number => node.AsValue().TryGetValue(out long whole) ? (object)whole : node.GetValue<double>(),
            _ => node.GetValue<bool>(),
        },
    };

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
