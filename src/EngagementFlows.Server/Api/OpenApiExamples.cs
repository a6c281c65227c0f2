using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace EngagementFlows.Server.Api;

/// <summary>Examples of requests and answers; a test sends each request to a real server, and the answers are what one said.</summary>
internal static partial class OpenApiExamples
{
    public const string Resource = "Api/examples.json";

    /// <summary>An example of each error, as a server answered it; the member "about" says what was asked.</summary>
    public const string ProblemsResource = "Api/problems.json";

    private static readonly Lazy<JsonObject> All = new(() => Load(Resource));

    /// <summary>Adds the examples of an operation.</summary>
    public static void Describe(OpenApiOperation operation, string method, string path)
    {
        // As the document names it: without constraints and without a slash at the end.
        if (All.Value[$"{method} /{Constraint().Replace(path, "}").TrimEnd('/')}"] is not JsonObject examples)
            return;
        if (examples["request"] is { } request && operation.RequestBody is OpenApiRequestBody { Content: { } content })
        {
            foreach (OpenApiMediaType type in content.Values)
                type.Example = request.DeepClone();
        }

        foreach (OpenApiParameter parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (examples["parameters"]?[parameter.Name!] is { } value)
                parameter.Example = value.DeepClone();
        }

        if (examples["status"] is not { } status || operation.Responses?.GetValueOrDefault(status.ToString()) is not OpenApiResponse { Content: { } answers } || examples["response"] is not { } response)
            return;
        foreach (OpenApiMediaType type in answers.Values)
            type.Example = response.DeepClone();
    }

    [GeneratedRegex(@":[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Constraint();

    /// <summary>Adds the examples of errors to which the operations refer.</summary>
    public static void DescribeProblems(OpenApiComponents components)
    {
        components.Examples ??= new Dictionary<string, IOpenApiExample>();
        foreach ((string status, JsonNode? problem) in Load(ProblemsResource))
        {
            components.Examples[NameOfProblem(int.Parse(status, CultureInfo.InvariantCulture))] =
                new OpenApiExample { Summary = problem!["about"]!.GetValue<string>(), Value = problem["response"]!.DeepClone() };
        }
    }

    public static string NameOfProblem(int status) => $"Problem{status}";

    private static JsonObject Load(string name)
    {
        using Stream stream = typeof(OpenApiExamples).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"EngagementFlows bug: '{name}' is not embedded.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
