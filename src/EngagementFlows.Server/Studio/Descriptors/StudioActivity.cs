using System.Text.Json;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>An activity type as the Studio draws it.</summary>
/// <param name="TypeName">The type; with <paramref name="Version"/> it occurs once.</param>
/// <param name="Version">The version of the type, from 1.</param>
/// <param name="Name">What new activities are named after, with a number.</param>
/// <param name="Namespace">The part of the type before its name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">What it does.</param>
/// <param name="Category">The group in the toolbox.</param>
/// <param name="Kind"><c>Action</c> or <c>Trigger</c>.</param>
/// <param name="Inputs">The inputs, in the order of the panel.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Ports">Outcomes (<c>Flow</c>) and places for activities inside (<c>Embedded</c>).</param>
/// <param name="IsBrowsable">Whether the toolbox offers it.</param>
/// <param name="IsContainer">Whether it holds activities of its own.</param>
/// <param name="IsStart">Whether nothing leads to it.</param>
/// <param name="IsTerminal">Whether nothing follows it.</param>
/// <param name="CustomProperties">What the Studio knows of types that are flows.</param>
/// <param name="ConstructionProperties">What a newly dropped activity holds.</param>
internal sealed record StudioActivity(
    string TypeName,
    int Version,
    string Name,
    string Namespace,
    string DisplayName,
    string Description,
    string Category,
    string Kind,
    IReadOnlyList<StudioInput> Inputs,
    IReadOnlyList<StudioOutput> Outputs,
    IReadOnlyList<StudioPort> Ports,
    bool IsBrowsable,
    bool IsContainer,
    bool IsStart,
    bool IsTerminal,
    IReadOnlyDictionary<string, object> CustomProperties,
    IReadOnlyDictionary<string, object> ConstructionProperties);

/// <summary>An input as the Studio's panel shows it.</summary>
/// <param name="Name">The name with a capital first; in definitions it stands with a small letter first.</param>
/// <param name="TypeName">The alias of its type.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Order">Its place.</param>
/// <param name="IsBrowsable">Whether the panel shows it.</param>
/// <param name="IsSynthetic">Whether it is an input of a flow.</param>
/// <param name="IsWrapped">Whether it is written as an expression.</param>
/// <param name="UiHint">The editor.</param>
/// <param name="DefaultValue">What is shown where nothing is set; nothing is written by it.</param>
/// <param name="DefaultSyntax">The syntax of a new value.</param>
/// <param name="UiSpecifications">What the editor needs besides.</param>
internal sealed record StudioInput(
    string Name,
    string TypeName,
    string DisplayName,
    string Description,
    int Order,
    bool IsBrowsable,
    bool IsSynthetic,
    bool IsWrapped,
    string UiHint,
    JsonElement? DefaultValue,
    string DefaultSyntax,
    IReadOnlyDictionary<string, object>? UiSpecifications)
{
    public bool IsReadOnly => false;

    public bool IsSensitive => false;

    public bool IsSerializable => true;

    public bool AutoEvaluate => true;
}

/// <summary>An output as the Studio's panel shows it.</summary>
/// <param name="Name">The name with a capital first.</param>
/// <param name="TypeName">The alias of its type.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Order">Its place.</param>
/// <param name="IsBrowsable">Whether the panel shows it.</param>
/// <param name="IsSynthetic">Whether it is an output of a flow.</param>
internal sealed record StudioOutput(string Name, string TypeName, string DisplayName, string Description, int Order, bool IsBrowsable, bool IsSynthetic)
{
    public bool IsSerializable => true;
}

/// <summary>A port of an activity.</summary>
/// <param name="Name">What connections name; never in another language.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Type"><c>Flow</c> or <c>Embedded</c>.</param>
/// <param name="IsBrowsable">Whether it is drawn.</param>
internal sealed record StudioPort(string Name, string DisplayName, string Type, bool IsBrowsable = true);

/// <summary>A list with its length.</summary>
/// <param name="Items">The items.</param>
internal sealed record StudioList<T>(IReadOnlyList<T> Items)
{
    public int Count => Items.Count;
}

/// <summary>A choice of a drop-down.</summary>
/// <param name="Text">What people read.</param>
/// <param name="Value">What is written.</param>
internal sealed record StudioChoice(string Text, string Value);
