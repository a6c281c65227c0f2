namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Names that the host knows, and the global object.</summary>
internal sealed partial class Realm
{
    private Value[]? _free;
    private JsObject? _global;

    public JsObject GlobalObject => _global ??= MakeGlobal();

    /// <summary>Asks the host for a name, once in an evaluation.</summary>
    public bool TryGetFree(int index, string name, out Value value)
    {
        if (_global is not null && _global.TryGetOwn(this, name, out Property own))
        {
            value = own.Value.IsAccessor ? _global.Get(this, name) : own.Value;
            return true;
        }

        _free ??= NewFree();
        value = _free[index];
        if (value.IsEmpty)
        {
            if (name == "print")
                value = Intrinsics.Print;
            else if (Host.TryGetGlobal(name, out object? plain))
                value = ToValue(plain);
            else
                return false;
            _free[index] = value;
        }

        return true;
    }

    /// <summary>Assigns to a property that the script added to <c>globalThis</c>.</summary>
    public bool TrySetGlobal(string name, Value value) => _global is not null && _global.HasOwn(this, name) && _global.Set(this, name, value, _global);

    public string NotDefined(string name)
    {
        string? near = NearestName.Of(name, [.. Host.GlobalNames, .. Program.DeclaredNames, .. Intrinsics.Globals.Keys]);
        return near is null ? $"{name} is not defined." : $"{name} is not defined. Did you mean '{near}'?";
    }

    private Value[] NewFree()
    {
        Value[] free = new Value[Program.FreeCount];
        Array.Fill(free, Value.Empty);
        return free;
    }

    private JsObject MakeGlobal()
    {
        Allocate(8_000);
        JsObject global = new(Intrinsics.ObjectPrototype);
        foreach ((string name, Value value) in Intrinsics.Globals)
            global.DefineRaw(name, value, PropertyFlags.None);
        global.DefineRaw("globalThis", global, PropertyFlags.None);
        return global;
    }
}
