using EngagementFlows.Scripts.Liquid.Nodes;
using EngagementFlows.Scripts.Liquid.Parsing;

namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>One parsed source, a template or a partial: its nodes, and the names that have a slot in a rendering.</summary>
internal sealed class TemplateUnit(SourceText source)
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public SourceText Source { get; } = source;

    /// <summary>Set when parsing is done; a partial that renders itself is met before.</summary>
    public Node[] Body { get; set; } = [];

    public List<UnitPath> Paths { get; } = [];

    public int SlotCount => _names.Count;

    public string NameOf(int slot) => _names[slot];

    public int SlotOf(string name)
    {
        if (!_slots.TryGetValue(name, out int slot))
        {
            slot = _names.Count;
            _names.Add(name);
            _slots.Add(name, slot);
        }

        return slot;
    }
}
