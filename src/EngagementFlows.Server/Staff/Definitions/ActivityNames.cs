using System.Globalization;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>What readers call the activities of a definition: as their author called them, else as their type is called, with a number where several would be called alike.</summary>
/// <remarks>Ids are the designer's dice, and technical names are made from types: neither says anything to somebody who reads a review or a journal.</remarks>
internal sealed class ActivityNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Reader _reader;

    /// <param name="definition">The definition; <see langword="null"/> = none is known, and every activity goes by its id.</param>
    /// <param name="reader">Who reads.</param>
    public ActivityNames(WorkflowDefinition? definition, Reader reader)
    {
        _reader = reader;
        if (definition is null)
            return;
        IEnumerable<IGrouping<string, ActivityNode>> alike = definition.Root.SelfAndDescendants().Where(node => node.DisplayName is null).GroupBy(node => TypeName(node, reader), StringComparer.Ordinal);
        foreach (ActivityNode named in definition.Root.SelfAndDescendants().Where(node => node.DisplayName is not null))
            _names.TryAdd(named.Id, reader.Say(named.DisplayName!));
        foreach (IGrouping<string, ActivityNode> type in alike)
        {
            ActivityNode[] nodes = [.. type];
            for (int i = 0; i < nodes.Length; i++)
                _names.TryAdd(nodes[i].Id, nodes.Length == 1 ? type.Key : Numbered(type.Key, i + 1, reader));
        }
    }

    /// <summary>Returns the name of an activity; its id, if the definition has none of it.</summary>
    public string Of(string id) => _names.GetValueOrDefault(id, id);

    /// <summary>Returns the name of an activity.</summary>
    public string Of(ActivityNode node) => Of(node.Id);

    /// <summary>Returns what is wrong in the reader's language, with the activities called as the reader knows them.</summary>
    public string Say(DefinitionFault fault) =>
        fault.In(_reader.Language.Tag, activity => _names.GetValueOrDefault(activity.Id) ?? (activity.Name is { } name ? _reader.Say(name) : activity.Id));

    private static string TypeName(ActivityNode node, Reader reader) => node.Activity is { } activity ? reader.Say(activity.Descriptor.DisplayName) : node.Name ?? node.TypeName;

    // Chinese text is set close.
    private static string Numbered(string name, int number, Reader reader) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{(reader.Language == Language.Chinese ? "" : " ")}{number}");
}
