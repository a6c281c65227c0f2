using System.CommandLine;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>rehearse</c>: plays case files in memory with virtual time. Opens no database; standard output carries results only.</summary>
internal static class RehearseCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        Argument<string[]> files = new("files") { Description = "Case files, or folders of them; tests of a process lie in workflows/<process>/cases/.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = new("--json") { Description = "Prints a line of JSON per case, {\"name\", \"actual\"}, instead of comparing." };
        Option<string> zone = new("--zone") { Description = "The IANA zone of cron expressions and of local dates in scripts.", DefaultValueFactory = _ => "UTC" };
        zone.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out _))
                result.AddError($"'{id}' is no time zone for --zone: give an IANA name such as Asia/Shanghai.");
        });
        Command command = new("rehearse", "Plays case files in memory with virtual time; exit code 1 if a case fails.") { files, json, zone };
        command.SetAction(result => Run(
            result.GetValue(files)!, TimeZoneInfo.FindSystemTimeZoneById(result.GetValue(zone)!), result.GetValue(json), Console.Out));
        return command;
    }

    /// <summary>Plays the cases; returns the exit code.</summary>
    internal static int Run(IReadOnlyList<string> files, TimeZoneInfo zone, bool json, TextWriter output)
    {
        CasePlayer player = new(new ActivityCatalog([.. ElsaActivities.All, .. EngagementActivities.All]), zone);
        (int passed, int failed) = (0, 0);
        foreach (string file in files.SelectMany(Expand))
        {
            bool isGood = json ? Print(player, file, output) : Compare(player, file, output);
            (passed, failed) = isGood ? (passed + 1, failed) : (passed, failed + 1);
        }

        if (!json)
            output.WriteLine($"{passed} passed, {failed} failed");
        return failed > 0 ? Failed : 0;
    }

    private static IEnumerable<string> Expand(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal) : [path];

    private static bool Print(CasePlayer player, string file, TextWriter output)
    {
        PlainObject line = new() { ["name"] = Path.GetFileNameWithoutExtension(file) };
        bool isGood = true;
        try
        {
            RehearsalCase played = RehearsalCase.Load(file);
            line["name"] = played.Name;
            line["actual"] = player.Play(played);
        }
        catch (Exception failure) when (failure is RehearsalException or InvalidOperationException)
        {
            line["error"] = failure.Message;
            isGood = false;
        }

        output.WriteLine(PlainJson.Write(line));
        return isGood;
    }

    private static bool Compare(CasePlayer player, string file, TextWriter output)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        try
        {
            RehearsalCase played = RehearsalCase.Load(file);
            name = played.Name;
            PlainObject actual = player.Play(played);
            if (played.Expected is not { } expected)
            {
                output.WriteLine($"FAIL {name}: The case expects nothing. Give 'expected' with the fields that count.");
                return false;
            }

            IReadOnlyList<string> differences = CaseComparison.Differences(played, expected, actual);
            output.WriteLine(differences.Count == 0 ? $"pass {name}" : $"FAIL {name}: {string.Join("; ", differences)}");
            return differences.Count == 0;
        }
        catch (Exception failure) when (failure is RehearsalException or InvalidOperationException)
        {
            output.WriteLine($"FAIL {name}: {failure.Message}");
            return false;
        }
    }
}
