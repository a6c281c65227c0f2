using System.Globalization;
using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Reads the tree of activities.</summary>
internal sealed class ActivityReader(ActivityCatalog catalog, List<DefinitionFault> refusals)
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously", "_type",
        "variables", "connections", "activities",
    };

    private readonly Dictionary<string, int> _generated = [];

    /// <summary>Reads <c>root</c>; null or missing means an empty Sequence.</summary>
    public ActivityNode ReadRoot(JsonElement definition)
    {
        if (definition.Find("root", out JsonElement root) && root.ValueKind == JsonValueKind.Object)
            return Read(root, null, "Workflow1");
        using JsonDocument empty = JsonDocument.Parse("""{"type":"Elsa.Sequence","activities":[]}""");
        return Read(empty.RootElement.Clone(), null, "Workflow1");
    }

    private ActivityNode Read(JsonElement json, ActivityNode? parent, string path)
    {
        string? typeName = json.Text("type");
        string? id = json.Text("id");
        json.Find("customProperties", out JsonElement custom);
        json.Find("metadata", out JsonElement metadata);
        LocalizedText? displayName = LocalizedTexts.DisplayName(json, metadata.Text("displayText"));
        if (string.IsNullOrEmpty(typeName))
        {
            MentionedActivity nameless = new(id ?? string.Empty, displayName);
            refusals.Add(new(FaultSeverity.Refused, id, "type", $"The activity {nameless} in {parent} has no 'type'. Every activity must name its type, for example 'Elsa.WriteLine'.") { Chinese = $"{parent}中的活动{nameless}没有“type”。每个活动都必须写明类型，例如 Elsa.WriteLine。" });
            typeName = "?";
        }

        if (string.IsNullOrEmpty(id))
            id = GenerateId(typeName);
        Activity? activity = catalog.Find(typeName);
        ActivityNode node = new(json)
        {
            Id = id,
            Name = json.Text("name"),
            DisplayName = displayName,
            TypeName = typeName,
            TypeVersion = json.Number("version") ?? 0,
            Activity = activity,
            Parent = parent,
            CanStartWorkflow = custom.Flag("canStartWorkflow") ?? json.Flag("canStartWorkflow") ?? false,
            MergeMode = custom.Text("mergeMode"),
            NodeId = $"{path}:{id}",
        };
        node.Inputs = ReadInputs(json, activity);
        node.Outputs = ReadOutputs(json);
        node.Variables = VariableReader.Read(json);
        ReadChildren(node, json, activity);
        node.Connections = ConnectionReader.Read(node, json);
        return node;
    }

    private string GenerateId(string typeName)
    {
        string shortName = typeName[(typeName.LastIndexOf('.') + 1)..];
        int number = _generated.GetValueOrDefault(shortName) + 1;
        _generated[shortName] = number;
        return shortName + number.ToString(CultureInfo.InvariantCulture);
    }

    private void ReadChildren(ActivityNode node, JsonElement json, Activity? activity)
    {
        IReadOnlyList<string> properties = activity is null ? ["activities", "body"] : activity.Descriptor.ChildProperties;
        List<ActivityNode> children = [];
        Dictionary<string, IReadOnlyList<ActivityNode>> byProperty = new(StringComparer.OrdinalIgnoreCase);
        foreach (string property in properties)
        {
            if (!json.Find(property, out JsonElement value))
                continue;
            List<ActivityNode> found = [];
            foreach (JsonElement item in value.ValueKind == JsonValueKind.Object && !value.Find("_type", out _) ? [value] : json.Items(property))
            {
                // A case of a switch or of a status code holds its activity one level deeper, or none.
                JsonElement child = !item.Find("type", out _) && (item.Find("activity", out JsonElement inner) || HoldsCases(property)) ? inner : item;
                if (child.ValueKind == JsonValueKind.Object)
                    found.Add(Read(child, node, node.NodeId));
            }

            byProperty[property] = found;
            children.AddRange(found);
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (ActivityNode child in children)
        {
            if (!ids.Add(child.Id))
                refusals.Add(new(FaultSeverity.Refused, child.Id, "id", $"The id '{child.Id}' occurs more than once in {node}. Ids must be unique within their container; rename one.") { Chinese = $"编号“{child.Id}”在{node}中出现多次。同一容器内编号必须唯一，请更改其中一个。" });
        }

        node.SetChildren([.. children]);
        node.ChildrenByProperty = byProperty;
    }

    private static bool HoldsCases(string property) => property is "cases" or "expectedStatusCodes";

    private static List<InputBinding> ReadInputs(JsonElement json, Activity? activity)
    {
        List<InputBinding> bindings = [];
        if (activity is not null)
        {
            foreach (InputDescriptor input in activity.Descriptor.Inputs)
            {
                if (json.Find(input.Name, out JsonElement value) && ExpressionReader.ReadInput(value) is { } expression)
                    bindings.Add(new(input.Name, expression));
            }

            return bindings;
        }

        // The type is another definition, or unknown: everything of an input's form is one.
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!Reserved.Contains(member.Name) && !member.Value.Find("memoryReference", out _) && ExpressionReader.ReadInput(member.Value) is { } expression)
                bindings.Add(new(member.Name, expression));
        }

        return bindings;
    }

    private static List<OutputBinding> ReadOutputs(JsonElement json)
    {
        List<OutputBinding> bindings = [];
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (member.Value.Find("memoryReference", out JsonElement reference) && reference.Text("id") is { Length: > 0 } target)
                bindings.Add(new(member.Name, target));
        }

        return bindings;
    }
}
