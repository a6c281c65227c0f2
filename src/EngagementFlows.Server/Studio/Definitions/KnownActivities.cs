using System.Text.Json.Nodes;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Server.Studio.Descriptors;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What the activities of definitions are, as far as their JSON depends on it. Pure.</summary>
/// <param name="catalogue">The definitions and activity types of this moment.</param>
internal sealed class KnownActivities(DefinitionCatalogue catalogue)
{
    private static readonly string[] AnyChildren = ["activities", "body"];

    /// <summary>Tells whether the Studio can draw it: exactly this version of the type has a descriptor. Version 0 stands for a definition that does not say.</summary>
    public bool IsKnown(string typeName, int version) => ActivityTexts.Knows(catalogue, typeName, version == 0 ? VersionOf(typeName) : version);

    /// <summary>Returns the version that a definition means which does not say.</summary>
    public int VersionOf(string typeName) =>
        catalogue.Activities.Find(typeName)?.Descriptor.Version ?? catalogue.AsActivity(typeName, 0)?.Version ?? 1;

    /// <summary>Returns the members that hold activities.</summary>
    public IReadOnlyList<string> ChildrenOf(string typeName) => catalogue.Activities.Find(typeName)?.Descriptor.ChildProperties ?? AnyChildren;

    /// <summary>Tells whether the Studio's editor of an input expects an expression; a bare value there would break its panel.</summary>
    public bool IsWrapped(string typeName, int version, string input) => catalogue.Activities.Find(typeName)?.Descriptor is { } descriptor
        ? descriptor.Inputs.FirstOrDefault(one => one.Name.Equals(input, StringComparison.OrdinalIgnoreCase)) is { IsExpression: true }
        : catalogue.AsActivity(typeName, version)?.Inputs.Any(one => WrittenNames.Means(input, one.Name)) == true;

    /// <summary>Returns the root of the flow that an activity of that type runs; <see langword="null"/> if it is no flow.</summary>
    public JsonObject? FlowOf(string typeName, int version) =>
        catalogue.Activities.Find(typeName) is null && catalogue.AsActivity(typeName, version) is { } flow ? DefinitionNodes.Parse(flow.Json).Member("root") as JsonObject : null;

    /// <summary>Returns the type of an input or output, for the Studio leaves it out of values that it fills first.</summary>
    public string TypeOf(string typeName, int version, string member)
    {
        if (catalogue.Activities.Find(typeName)?.Descriptor is { } descriptor)
        {
            return descriptor.Inputs.FirstOrDefault(input => input.Name.Equals(member, StringComparison.OrdinalIgnoreCase))?.TypeName
                ?? descriptor.Outputs.FirstOrDefault(output => output.Name.Equals(member, StringComparison.OrdinalIgnoreCase))?.TypeName
                ?? "Object";
        }

        WorkflowDefinition? definition = catalogue.AsActivity(typeName, version);
        // The Studio writes their names in its own way.
        string? type = definition?.Inputs.FirstOrDefault(input => WrittenNames.Means(member, input.Name))?.Type.ToString()
            ?? definition?.Outputs.FirstOrDefault(output => WrittenNames.Means(member, output.Name))?.Type.ToString();
        return DataType.TryParse(type, out _) ? type! : "Object";
    }
}
