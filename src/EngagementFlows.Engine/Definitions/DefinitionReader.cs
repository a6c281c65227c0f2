using System.Text;
using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Reads Elsa 3 definitions (JSON export). Refuses only what Elsa refuses; everything else imports and, if it is wrong, fails when it is reached.</summary>
public static class DefinitionReader
{
    // A version's id is this one with its number behind it, and the store keeps 400 characters of it.
    private const int LongestId = 380;

    /// <summary>Gets how definitions are parsed: comments and trailing commas are accepted, containers may nest 250 deep.</summary>
    internal static JsonDocumentOptions DocumentOptions { get; } = new()
    {
        MaxDepth = 512,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a definition.</summary>
    public static DefinitionReading Read(ReadOnlySpan<byte> json, ActivityCatalog catalog)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(json);
        }
        catch (DecoderFallbackException)
        {
            return Refused("The definition is not UTF-8 text. Save the file as UTF-8.", "流程定义不是 UTF-8 文本，请将文件保存为 UTF-8。");
        }

        return Read(text.TrimStart('\uFEFF'), catalog);
    }

    /// <summary>Reads a definition.</summary>
    public static DefinitionReading Read(string json, ActivityCatalog catalog)
    {
        JsonElement root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, DocumentOptions);
            root = document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            return Refused($"The definition is not valid JSON at line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}: {failure.Message}", $"流程定义不是有效的 JSON：第 {failure.LineNumber + 1} 行第 {failure.BytePositionInLine + 1} 字节有误。");
        }

        if (root.ValueKind != JsonValueKind.Object)
            return Refused($"The definition is a JSON {root.ValueKind.ToString().ToLowerInvariant()}; it must be an object with 'definitionId' and 'root'.", "流程定义必须是包含“definitionId”和“root”的 JSON 对象。");
        if (json.Contains("\\u0000", StringComparison.Ordinal) || json.Contains('\0', StringComparison.Ordinal))
            return Refused("The definition contains the character U+0000, which cannot be stored. Remove it.", "流程定义含有无法保存的字符 U+0000，请将其删除。");

        List<DefinitionFault> refusals = [];
        WorkflowDefinition? definition = ReadRoot(json, root, catalog, refusals);
        return refusals.Count > 0 ? new(null, refusals) : new(definition, []);
    }

    private static DefinitionReading Refused(string message, string messageZh) => new(null, [new(FaultSeverity.Refused, null, null, message) { Chinese = messageZh }]);

    private static WorkflowDefinition? ReadRoot(string json, JsonElement element, ActivityCatalog catalog, List<DefinitionFault> refusals)
    {
        string? definitionId = element.Text("definitionId") ?? element.Text("id");
        if (string.IsNullOrWhiteSpace(definitionId))
        {
            refusals.Add(new(FaultSeverity.Refused, null, "definitionId", "The definition has neither 'definitionId' nor 'id'. Give it an id that stays the same in all versions.") { Chinese = "流程定义既没有“definitionId”也没有“id”。请填写在所有版本中保持不变的编号。" });
            definitionId = string.Empty;
        }
        else if (definitionId.Length > LongestId || definitionId.Contains('\0', StringComparison.Ordinal))
        {
            refusals.Add(new(FaultSeverity.Refused, null, "definitionId", $"The definition's id has {definitionId.Length} characters. Give it one of at most {LongestId}, without U+0000.") { Chinese = $"流程定义的编号有 {definitionId.Length} 个字符，最多 {LongestId} 个，且不得含 U+0000。" });
        }

        int version = element.Number("version") ?? 1;
        string id = element.Text("id") ?? $"{definitionId}-v{version}";
        RefuseUnreachable("definitionId", definitionId, refusals);
        RefuseUnreachable("id", id, refusals);
        DefinitionOptions options = ReadOptions(element, refusals);
        List<InputDeclaration> inputs = ReadInputs(element, refusals);
        List<OutputDeclaration> outputs = ReadOutputs(element, refusals);
        ActivityNode root = new ActivityReader(catalog, refusals).ReadRoot(element);
        string? name = element.Text("name");
        element.Find("customProperties", out JsonElement custom);
        return new WorkflowDefinition
        {
            DefinitionId = definitionId,
            Id = id,
            Version = version,
            Name = name,
            DisplayName = LocalizedTexts.DisplayName(element, name),
            Description = LocalizedTexts.Read(custom, "description", element.Text("description")),
            IsLatest = element.Flag("isLatest") ?? true,
            IsPublished = element.Flag("isPublished") ?? false,
            Json = json,
            Root = root,
            Variables = VariableReader.Read(element),
            Inputs = inputs,
            Outputs = outputs,
            Outcomes = [.. element.Items("outcomes").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            OutcomeNames = ReadOutcomeNames(custom),
            Options = options,
            CounterMode = ReadMode(element),
            ActivityTypeName = options.UsableAsActivity && !string.IsNullOrWhiteSpace(name) ? PascalCase(name) : null,
        };
    }

    // Elsa takes any; pages, API and files address a flow by its ids, and a slash or dots alone lead elsewhere.
    private static void RefuseUnreachable(string member, string id, List<DefinitionFault> refusals)
    {
        if (id is "." or ".." || id.AsSpan().IndexOfAny('/', '\\') >= 0 || id.Any(char.IsControl))
            refusals.Add(new(FaultSeverity.Refused, null, member, $"'{member}' is '{id}'. It stands in addresses: write it without / and \\ and control characters, and not as dots alone.") { Chinese = $"“{member}”为“{id}”。编号会出现在网址中：不得含 /、\\ 或控制字符，也不能只由点组成。" });
    }

    /// <summary>Returns a name in the form that Elsa gives to types and getters: each word begins with a capital, blanks and signs are dropped.</summary>
    internal static string PascalCase(string name)
    {
        StringBuilder result = new(name.Length);
        bool capital = true;
        foreach (char letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter != '_')
            {
                capital = true;
                continue;
            }

            result.Append(capital ? char.ToUpperInvariant(letter) : letter);
            capital = false;
        }

        return result.ToString();
    }

    private static bool? ReadMode(JsonElement element) =>
        element.Find("customProperties", out JsonElement custom) ? ParseMode(custom.Text("flowchartExecutionMode")) : null;

    /// <summary>Reads a flowchart mode: true for counter, false for token, <see langword="null"/> for none or unknown.</summary>
    internal static bool? ParseMode(string? mode) => mode?.ToUpperInvariant() switch
    {
        "COUNTERBASED" => true,
        "TOKENBASED" => false,
        _ => null,
    };

    private static DefinitionOptions ReadOptions(JsonElement element, List<DefinitionFault> refusals)
    {
        if (!element.Find("options", out JsonElement options))
            return new();
        return new()
        {
            UsableAsActivity = options.Flag("usableAsActivity") ?? element.Flag("usableAsActivity") ?? false,
            FaultOnIncident = ReadIncidentStrategy(options, refusals),
            Activation = ReadActivation(options, refusals),
        };
    }

    private static bool? ReadIncidentStrategy(JsonElement options, List<DefinitionFault> refusals)
    {
        string? name = options.Text("incidentStrategyType");
        switch (ShortTypeName(name))
        {
            case "":
                return null;
            case "FaultStrategy":
                return true;
            case "ContinueWithIncidentsStrategy":
                return false;
            default:
                refusals.Add(new(
                    FaultSeverity.Refused,
                    null,
                    "options.incidentStrategyType",
                    $"The incident strategy '{name}' is not known. Use 'FaultStrategy' or 'ContinueWithIncidentsStrategy', or leave it out.")
                {
                    Chinese = $"异常策略“{name}”未知。请使用 FaultStrategy 或 ContinueWithIncidentsStrategy，或不填。",
                });
                return null;
        }
    }

    private static ActivationStrategy ReadActivation(JsonElement options, List<DefinitionFault> refusals)
    {
        string? name = options.Text("activationStrategyType");
        switch (ShortTypeName(name))
        {
            case "" or "AllowAlwaysStrategy":
                return ActivationStrategy.Always;
            case "SingletonStrategy":
                return ActivationStrategy.Singleton;
            case "CorrelatedSingletonStrategy":
                return ActivationStrategy.CorrelatedSingleton;
            case "CorrelationStrategy":
                return ActivationStrategy.Correlation;
            default:
                refusals.Add(new(
                    FaultSeverity.Refused,
                    null,
                    "options.activationStrategyType",
                    $"The activation strategy '{name}' is not known. Use 'SingletonStrategy', 'CorrelatedSingletonStrategy' or 'CorrelationStrategy', or leave it out.")
                {
                    Chinese = $"启动策略“{name}”未知。请使用 SingletonStrategy、CorrelatedSingletonStrategy 或 CorrelationStrategy，或不填。",
                });
                return ActivationStrategy.Always;
        }
    }

    private static string ShortTypeName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return string.Empty;
        string type = name.Split(',')[0].Trim();
        return type[(type.LastIndexOf('.') + 1)..];
    }

    private static List<InputDeclaration> ReadInputs(JsonElement element, List<DefinitionFault> refusals)
    {
        // Elsa's inputs have one name each, and no custom properties; their names in both languages stand in those of the flow.
        element.Find("customProperties", out JsonElement custom);
        custom.Find("inputs", out JsonElement words);
        List<InputDeclaration> inputs = [];
        foreach (JsonElement item in element.Items("inputs"))
        {
            string name = item.Text("name") ?? string.Empty;
            words.Find(name, out JsonElement own);
            inputs.Add(new(name, ReadType(item, "inputs", name, refusals), LocalizedTexts.Read(own, "displayName", item.Text("displayName")), LocalizedTexts.Read(own, "description", item.Text("description"))));
        }

        return inputs;
    }

    // An outcome has one name, by which connections lead on; what people call it stands beside those of the inputs.
    private static Dictionary<string, LocalizedText> ReadOutcomeNames(JsonElement custom)
    {
        Dictionary<string, LocalizedText> names = new(StringComparer.Ordinal);
        if (!custom.Find("outcomes", out JsonElement words) || words.ValueKind != JsonValueKind.Object)
            return names;
        foreach (JsonProperty outcome in words.EnumerateObject())
        {
            if (LocalizedTexts.Read(outcome.Value, "displayName", outcome.Name) is { } name)
                names[outcome.Name] = name;
        }

        return names;
    }

    private static List<OutputDeclaration> ReadOutputs(JsonElement element, List<DefinitionFault> refusals)
    {
        List<OutputDeclaration> outputs = [];
        foreach (JsonElement item in element.Items("outputs"))
        {
            string name = item.Text("name") ?? string.Empty;
            outputs.Add(new(name, ReadType(item, "outputs", name, refusals), item.Text("displayName"), item.Text("description")));
        }

        return outputs;
    }

    private static DataType ReadType(JsonElement item, string list, string name, List<DefinitionFault> refusals)
    {
        string? typeName = item.Text("type") ?? item.Text("typeName");
        if (!DataType.TryParse(typeName, out DataType type) && typeName is not null)
        {
            refusals.Add(new(
                FaultSeverity.Refused,
                null,
                $"{list}.{name}",
                $"The type '{typeName}' of '{name}' in '{list}' is not known. Use one of Object, String, Boolean, Int32, Int64, Double, Decimal, Guid, DateTime, DateTimeOffset, TimeSpan, JSON, ObjectDictionary, or X[].")
            {
                Chinese = $"“{list}”中“{name}”的类型“{typeName}”未知。请使用 Object、String、Boolean、Int32、Int64、Double、Decimal、Guid、DateTime、DateTimeOffset、TimeSpan、JSON、ObjectDictionary 或 X[]。",
            });
        }

        return item.Flag("isArray") == true ? type with { IsList = true } : type;
    }
}
