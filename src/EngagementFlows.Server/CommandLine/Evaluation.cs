using System.Text.Json;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.JavaScript;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Server.CommandLine;

/// <summary>Evaluates requests of the command line.</summary>
internal static class Evaluation
{
    // A request that cannot be read is no fault of a script; its answer has this kind.
    private const string Unreadable = "Request";

    public static EvaluationResult Run(EvaluationRequest request, DateTimeOffset now)
    {
        List<string> printed = [];
        ScriptContext context = new() { Now = now };
        try
        {
            object? value = request.Language == EvaluationRequest.Liquid ? RunLiquid(request, context) : RunJavaScript(request, context, printed);
            return new EvaluationResult(value, [], printed);
        }
        catch (ScriptException fault)
        {
            return new EvaluationResult(null, fault.Faults, printed);
        }
    }

    /// <summary>Evaluates a line of a suite and returns the line of its answer.</summary>
    public static string Answer(string line, EvaluationRequest defaults, DateTimeOffset now)
    {
        EvaluationRequest request;
        try
        {
            request = PlainJson.Parse(line) is PlainObject members
                ? EvaluationRequest.Of(members, defaults)
                : throw new FormatException("The request must be a JSON object.");
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return Answer(null, new EvaluationResult(null, [new ScriptFault(Unreadable, fault.Message, 1, 1)], []));
        }

        return Answer(request.Name, Run(request, now));
    }

    private static string Answer(string? name, EvaluationResult result)
    {
        PlainObject answer = new() { ["name"] = name };
        if (result.Faults.Count == 0)
            answer["value"] = result.Value;
        else
        {
            ScriptFault fault = result.Faults[0];
            answer["fault"] = new PlainObject { ["kind"] = fault.Kind, ["message"] = fault.Message, ["line"] = (long)fault.Line, ["column"] = (long)fault.Column };
        }

        if (result.Printed.Count > 0)
            answer["printed"] = new PlainList(result.Printed);
        return EvaluationJson.Write(answer);
    }

    private static object? RunJavaScript(EvaluationRequest request, ScriptContext context, List<string> printed)
    {
        JavaScriptProgram program = JavaScriptProgram.Prepare(request.Source, ScriptTrial.Types, context.Limits, request.Prelude);
        return program.Run(new TrialHost(request.Variables, printed), context);
    }

    private static string RunLiquid(EvaluationRequest request, ScriptContext context)
    {
        LiquidTemplate template = LiquidTemplate.Prepare(request.Prelude + request.Source, LiquidOptions.Elsa);
        return template.Render(new TrialScope(request.Variables), context);
    }
}
