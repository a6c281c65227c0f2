namespace EngagementFlows.Scripts.Liquid.Runtime;

internal sealed partial class RenderState
{
    /// <summary>Gives the nearest meaning of a name.</summary>
    public bool TryGet(int slot, out object? value)
    {
        ref NameSlot name = ref _slots[slot];
        if (name.IsLooped)
        {
            value = name.Looped;
            return true;
        }

        if (name.IsAssigned)
        {
            value = name.Assigned;
            return true;
        }

        if (name.IsCounted)
        {
            value = name.Counter;
            return true;
        }

        if (!name.IsAsked)
        {
            name.IsAsked = true;
            name.IsGiven = _scope.TryGetName(_unit.NameOf(slot), out name.Given);
        }

        value = name.IsGiven ? name.Given : null;
        return name.IsGiven;
    }

    public void Assign(int slot, object? value)
    {
        ref NameSlot name = ref _slots[slot];
        name.Assigned = value;
        name.IsAssigned = true;
    }

    /// <summary>Gives a name its meaning inside a loop, and returns the slot as it was, for <see cref="Restore"/>.</summary>
    public NameSlot Shadow(int slot)
    {
        NameSlot before = _slots[slot];
        _slots[slot].IsLooped = true;
        return before;
    }

    public void SetLooped(int slot, object? value) => _slots[slot].Looped = value;

    public object? Looped(int slot) => _slots[slot].IsLooped ? _slots[slot].Looped : null;

    /// <summary>Ends the meaning that <see cref="Shadow"/> gave; what was assigned meanwhile stays.</summary>
    public void Restore(int slot, NameSlot before)
    {
        ref NameSlot name = ref _slots[slot];
        name.Looped = before.Looped;
        name.IsLooped = before.IsLooped;
    }

    /// <summary>Returns the counter of a name and moves it on; a counter begins at the number that the name was given, else at 0.</summary>
    public long Count(int slot, int by, bool before)
    {
        ref NameSlot name = ref _slots[slot];
        if (!name.IsCounted)
        {
            bool wasGiven = _scope.TryGetName(_unit.NameOf(slot), out object? given);
            name.Counter = wasGiven && given is long start ? start : 0;
            name.IsCounted = true;
        }

        long old = name.Counter;
        name.Counter = unchecked(old + by);
        return before ? old : name.Counter;
    }

    public ScriptException MissingName(int slot)
    {
        string name = _unit.NameOf(slot);
        return Fault("ReferenceError", $"'{name}' is not defined.{NearestName.Suggest(name, _scope.Names)}");
    }

    public ScriptException MissingMember(string owner, string member, object? value)
    {
        if (value is PlainObject map)
            return Fault("ReferenceError", $"'{owner}' has no member '{member}'.{NearestName.Suggest(member, map.Select(pair => pair.Key))}");
        return Fault("ReferenceError", $"'{owner}' has no member '{member}': it is {LiquidValue.KindOf(value)}.");
    }
}
