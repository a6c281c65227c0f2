using System.Globalization;

namespace EngagementFlows.CrashDrill;

/// <summary>What the command line asks for.</summary>
/// <param name="Rounds">How many rounds.</param>
/// <param name="Instances">How many instances each.</param>
/// <param name="Seed">The first round's seed; each further round has the next one.</param>
/// <param name="IsJson">Whether standard output gets the one line for programs.</param>
/// <param name="IsBoundaries">Whether boundaries are enumerated instead.</param>
/// <param name="Every">Take each so-many-th boundary only.</param>
/// <param name="First">Take at most so many boundaries.</param>
internal sealed record DrillArguments(int Rounds, int Instances, int Seed, bool IsJson, bool IsBoundaries, int Every, int First)
{
    public const string Usage = """
        Usage:
          EngagementFlows.CrashDrill [--rounds N] [--instances N] [--seed N] [--json]     kills and pauses at random moments (default: 3 rounds, 200 instances, seed 1)
          EngagementFlows.CrashDrill --boundaries [--every K] [--first N] [--json]        kills at each boundary of one intake
        """;

    /// <summary>Reads the arguments; <see langword="null"/> if they cannot be understood.</summary>
    public static DrillArguments? Read(string[] args)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal) { ["--rounds"] = 3, ["--instances"] = 200, ["--seed"] = 1, ["--every"] = 1, ["--first"] = int.MaxValue };
        bool isJson = false;
        bool isBoundaries = false;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json")
                isJson = true;
            else if (args[i] == "--boundaries")
                isBoundaries = true;
            else if (numbers.ContainsKey(args[i]) && i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && (number > 0 || args[i] == "--seed"))
                numbers[args[i++]] = number;
            else
                return null;
        }

        return new(numbers["--rounds"], numbers["--instances"], numbers["--seed"], isJson, isBoundaries, numbers["--every"], numbers["--first"]);
    }
}
