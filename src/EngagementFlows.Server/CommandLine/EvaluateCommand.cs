using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>evaluate</c>: tries an expression, or a suite of them line by line. Opens no database; standard output carries results only.</summary>
internal static class EvaluateCommand
{
    private const int Failed = 1;

    public static Command Create(TimeProvider time)
    {
        Argument<string?> expression = new("expression")
        {
            Description = "The expression: a script, or a template with --language liquid.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> variables = new("--variables") { Description = "The variables as a JSON object; scripts read them by getVariable('X'), variables.X or X, templates by Variables.X or X." };
        Option<string?> now = new("--now") { Description = "The instant that dates read, such as 2026-03-03T09:00:00Z; by default the present one." };
        Option<string> language = new("--language") { Description = "The language of the expression.", DefaultValueFactory = _ => EvaluationRequest.JavaScript };
        language.AcceptOnlyFromAmong(EvaluationRequest.JavaScript, EvaluationRequest.Liquid);
        Option<bool> lines = new("--lines")
        {
            Description = "Reads requests from standard input, one JSON object a line (name, source, language, variables, prelude), and writes an answer for each.",
        };
        Command command = new("evaluate", "Evaluates an expression and prints its value as JSON.") { expression, variables, now, language, lines };
        command.Validators.Add(result =>
        {
            if (result.GetValue(lines) == result.GetValue(expression) is not null)
                result.AddError("Give either an expression or --lines.");
            if (VariablesFault(result.GetValue(variables)) is { } variablesFault)
                result.AddError(variablesFault);
            if (result.GetValue(now) is { } instant && !TryParse(instant, out _))
                result.AddError($"'{instant}' is not an instant for --now: write it as 2026-03-03T09:00:00Z.");
        });
        command.SetAction(result =>
        {
            DateTimeOffset instant = result.GetValue(now) is { } text && TryParse(text, out DateTimeOffset given) ? given : time.GetUtcNow();
            EvaluationRequest request = new()
            {
                Source = result.GetValue(expression) ?? "",
                Language = result.GetValue(language)!,
                Variables = result.GetValue(variables) is { } json ? (PlainObject)PlainJson.Parse(json)! : [],
            };
            return result.GetValue(lines) ? EvaluateLines(request, instant) : EvaluateOne(request, instant);
        });
        return command;
    }

    private static int EvaluateOne(EvaluationRequest request, DateTimeOffset now)
    {
        EvaluationResult result = Evaluation.Run(request, now);
        foreach (string line in result.Printed)
            Console.Error.WriteLine(line);
        if (result.Faults.Count == 0)
        {
            using StreamWriter output = Utf8Output();
            output.WriteLine(EvaluationJson.Write(result.Value));
            return 0;
        }

        foreach (ScriptFault fault in result.Faults)
            Console.Error.WriteLine($"{fault.Kind} at line {fault.Line}, column {fault.Column}: {fault.Message}");
        return Failed;
    }

    private static int EvaluateLines(EvaluationRequest defaults, DateTimeOffset now)
    {
        using StreamReader input = new(Console.OpenStandardInput(), new UTF8Encoding(false));
        using StreamWriter output = Utf8Output();
        while (input.ReadLine() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            output.WriteLine(Evaluation.Answer(line, defaults, now));
            // Who drives the suite may wait for this answer before he writes the next line.
            output.Flush();
        }

        return 0;
    }

    // The console's own writer would follow the machine's code page.
    private static StreamWriter Utf8Output() => new(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };

    private static string? VariablesFault(string? json)
    {
        try
        {
            return json is null || PlainJson.Parse(json) is PlainObject ? null : $"'{json}' is not a JSON object for --variables: write it as {{\"Amount\": 120}}.";
        }
        catch (JsonException fault)
        {
            return $"'{json}' is not JSON for --variables: {fault.Message}";
        }
    }

    private static bool TryParse(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
