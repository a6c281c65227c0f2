using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EngagementFlows.Scripts.JavaScript.RegularExpressions;

namespace EngagementFlows.Scripts.Tests.JavaScript.RegularExpressions;

/// <summary>Compares with what Node made of the same patterns (<c>record-patterns.mjs</c>).</summary>
public sealed class PatternTests
{
    [Fact]
    public void Match_RecordedPatterns_GivesWhatNodeGives()
    {
        List<string> differences = [];
        int count = 0;
        foreach (string line in File.ReadLines(Path.Combine(Folder(), "patterns.tsv")))
        {
            count++;
            string[] recorded = line.Split('\t');
            string actual = Run(Read(recorded[0]), recorded[1], Read(recorded[2]));
            if (recorded[3] != actual)
                differences.Add($"/{recorded[0]}/{recorded[1]} on '{recorded[2]}': expected {recorded[3]}, got {actual}");
        }

        count.Should().BeGreaterThan(1000);
        string.Join("\n", differences).Should().BeEmpty();
    }

    [Theory]
    [InlineData("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")]
    [InlineData("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("^([a-z0-9]+\\.?)+@", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Match_CatastrophicPattern_EndsOnTheEngineThatCannotBacktrack(string source, string input)
    {
        long steps = 1_000_000;

        Pattern.Compile(source, "").Match(input, 0, ref steps).Should().BeNull();

        steps.Should().BePositive();
    }

    [Fact]
    public void Match_CatastrophicPatternWithReference_SpendsItsSteps()
    {
        Pattern pattern = Pattern.Compile("^(?:(a+)+\\1)+$", "");

        Action match = () =>
        {
            long steps = 1_000_000;
            pattern.Match(new string('a', 40) + "!", 0, ref steps);
        };

        match.Should().Throw<PatternBudgetException>();
    }

    [Fact]
    public void Compile_DeepNesting_IsRefused()
    {
        Action compile = () => Pattern.Compile(new string('(', 5000) + new string(')', 5000), "");

        compile.Should().Throw<PatternException>().WithMessage("*nested*");
    }

    [Fact]
    public void Match_Sticky_OnlyMatchesAtTheStart()
    {
        Pattern pattern = Pattern.Compile("b", "y");
        long steps = 1_000;

        pattern.Match("ab", 0, ref steps).Should().BeNull();
        pattern.Match("ab", 1, ref steps)!.Value.Index.Should().Be(1);
    }

    private static string Run(string source, string flags, string input)
    {
        try
        {
            Pattern pattern = Pattern.Compile(source, flags);
            long steps = 1_000_000;
            if (pattern.Match(input, 0, ref steps) is not { } match)
                return "null";
            return $"{match.Index}:" + string.Join(',', Enumerable.Range(0, pattern.GroupCount + 1).Select(number =>
                match.Group(number) is { } at ? $"\"{Write(input.Substring(at.Index, at.Length))}\"" : "-"));
        }
        catch (PatternException)
        {
            return "SyntaxError";
        }
    }

    // Unprintable units are written as %XXXX, so that lone surrogates survive the file.
    private static string Read(string text) => Regex.Replace(text, "%([0-9A-F]{4})", escape => ((char)Convert.ToInt32(escape.Groups[1].Value, 16)).ToString());

    private static string Write(string text) => Regex.Replace(text, "[^!-$&-~]", unit => "%" + ((int)unit.Value[0]).ToString("X4"));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
