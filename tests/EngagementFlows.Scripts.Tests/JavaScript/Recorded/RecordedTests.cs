using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EngagementFlows.Scripts.JavaScript;

namespace EngagementFlows.Scripts.Tests.JavaScript.Recorded;

/// <summary>Compares regular expressions and dates with what Node made of the same (<c>record-patterns.mjs</c>, <c>record-dates.mjs</c>).</summary>
public sealed class RecordedTests
{
    private static readonly JavaScriptProgram Exec = JavaScriptProgram.Prepare(
        """
        let found;
        try { found = new RegExp(source, flags).exec(input); } catch (error) { return 'SyntaxError'; }
        return found === null ? 'null' : [found.index, ...found];
        """,
        ScriptTypes.None);

    private static readonly JavaScriptProgram Dates = JavaScriptProgram.Prepare(
        """
        const text = (value) => String(value);
        const numbers = fields.map(Number);
        const date = new Date(numbers[0]);
        switch (kind) {
          case 'local': return [fields[0], date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(), date.getDay()].map(text);
          case 'text': return [fields[0], date.toString()];
          case 'iso': return [fields[0], date.toISOString(), date.toUTCString(), date.toDateString()];
          case 'make': return [...fields.slice(0, 5), text(new Date(...numbers.slice(0, 5)).getTime())];
          case 'parse': return [fields[0], text(Date.parse(fields[0]))];
        }
        """,
        ScriptTypes.None);

    [Fact]
    public void RegExp_RecordedPatterns_MatchAsInNode()
    {
        List<string> differences = [];
        foreach (string line in File.ReadLines(Path.Combine(Folder(), "patterns.tsv")))
        {
            string[] recorded = line.Split('\t');
            object? result = Exec.Run(new Names { ["source"] = Read(recorded[0]), ["flags"] = recorded[1], ["input"] = Read(recorded[2]) }, Context(TimeZoneInfo.Utc));
            string actual = result is PlainList found
                ? $"{found[0]}:" + string.Join(',', found.Skip(1).Select(group => group is string text ? $"\"{Write(text)}\"" : "-"))
                : (string)result!;
            if (recorded[3] != actual)
                differences.Add($"/{recorded[0]}/{recorded[1]} on '{recorded[2]}': expected {recorded[3]}, got {actual}");
        }

        string.Join("\n", differences).Should().BeEmpty();
    }

    [Theory]
    [InlineData("local")]
    [InlineData("text")]
    [InlineData("iso")]
    [InlineData("make")]
    [InlineData("parse")]
    public void Date_RecordedInSevenZones_IsAsInNode(string kind)
    {
        List<string> differences = [];
        int count = 0;
        foreach (string line in File.ReadLines(Path.Combine(Folder(), "dates.tsv")))
        {
            string[] recorded = line.Split('\t');
            if (recorded[1] != kind)
                continue;
            count++;
            Names names = new() { ["kind"] = kind, ["fields"] = new PlainList(recorded.Skip(2)) };
            PlainList result = (PlainList)Dates.Run(names, Context(TimeZoneInfo.FindSystemTimeZoneById(recorded[0])))!;
            string actual = string.Join('\t', recorded.Take(2).Concat(result.Cast<string>()));
            if (actual != line)
                differences.Add($"expected {line}\n     got {actual}");
        }

        count.Should().BeGreaterThan(50);
        string.Join("\n", differences).Should().BeEmpty();
    }

    private static ScriptContext Context(TimeZoneInfo zone) => new() { Now = DateTimeOffset.UnixEpoch, Zone = zone };

    // Unprintable units are written as %XXXX, so that lone surrogates survive the file.
    private static string Read(string text) => Regex.Replace(text, "%([0-9A-F]{4})", escape => ((char)Convert.ToInt32(escape.Groups[1].Value, 16)).ToString());

    private static string Write(string text) => Regex.Replace(text, "[^!-$&-~]", unit => "%" + ((int)unit.Value[0]).ToString("X4", CultureInfo.InvariantCulture));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed class Names : ScriptHost
    {
        private readonly Dictionary<string, object?> _values = [];

        public object? this[string name]
        {
            set => _values[name] = value;
        }

        public override bool TryGetGlobal(string name, out object? value) => _values.TryGetValue(name, out value);
    }
}
