using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>An object: a prototype, named properties in order, and the essential internal methods of ECMA-262 §10.1.</summary>
/// <remarks>Objects that find their own properties elsewhere (arrays, strings, host objects) are <see cref="IsExotic"/> and override these methods.</remarks>
internal partial class JsObject
{
    /// <summary>A prototype chain longer than this is charged by its length.</summary>
    private const int FreeHops = 16;

    private PropertyTable? _table;
    private Value[] _slots;

    public JsObject(JsObject? prototype)
    {
        Prototype = prototype;
        _table = PropertyTable.None;
        _slots = [];
    }

    /// <summary>Creates an object whose properties a literal has laid out already.</summary>
    public JsObject(JsObject? prototype, PropertyTable table, Value[] slots)
    {
        Prototype = prototype;
        _table = table;
        _slots = slots;
    }

    public JsObject? Prototype { get; protected set; }

    public bool IsExtensible { get; protected set; } = true;

    /// <summary>Gets whether this is a frozen object of the language, shared by all evaluations.</summary>
    public bool IsIntrinsic { get; private set; }

    public bool IsExotic { get; protected init; }

    /// <summary>Gets the name in <c>[object …]</c> (ECMA-262 §20.1.3.6).</summary>
    public virtual string BuiltinTag => "Object";

    public virtual bool IsCallable => false;

    public virtual bool IsConstructor => false;

    protected PropertyTable Table => _table ?? Materialized();

    /// <summary>Puts off the making of own properties until somebody looks for them.</summary>
    protected void Postpone() => _table = null;

    /// <summary>Makes the properties that were put off.</summary>
    protected virtual void Materialize()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PropertyTable Materialized()
    {
        _table = PropertyTable.None;
        Materialize();
        return _table;
    }

    /// <summary>Adds or replaces a property without asking anybody; for intrinsics and for objects just made.</summary>
    public void DefineRaw(PropertyKey key, Value value, PropertyFlags flags)
    {
        int at = Table.Find(key);
        if (at < 0)
        {
            Append(key, value, flags);
            return;
        }

        _table = Table.Unshared();
        _table.SetFlagsAt(at, flags);
        _slots[at] = value;
    }

    /// <summary>Makes this an intrinsic: from now on nothing about it changes.</summary>
    public void FreezeIntrinsic()
    {
        IsIntrinsic = true;
        IsExtensible = false;
        PropertyTable table = Table.Unshared();
        for (int i = 0; i < table.Count; i++)
            table.SetFlagsAt(i, PropertyFlags.None | (table.FlagsAt(i) & PropertyFlags.Enumerable));
        _table = table;
    }

    /// <summary>Finds a data or accessor slot in this object's own table.</summary>
    protected bool TryGetOwnRaw(PropertyKey key, out Property property)
    {
        int at = Table.Find(key);
        if (at < 0)
        {
            property = default;
            return false;
        }

        property = new(_slots[at], _table!.FlagsAt(at));
        return true;
    }

    protected Value SlotAt(int at) => _slots[at];

    private void Append(PropertyKey key, Value value, PropertyFlags flags)
    {
        PropertyTable table = Table;
        if (table.Removed > Linear(table) && !table.IsShared)
            table.Pack(_slots);
        _table = table = table.Unshared();
        if (table.Count >= _slots.Length)
            Array.Resize(ref _slots, Math.Max(4, table.Count * 2));
        _slots[table.Add(key, flags)] = value;

        static int Linear(PropertyTable table) => Math.Max(PropertyTable.Linear, table.Count / 2);
    }

    private void Append(Realm realm, PropertyKey key, Value value, PropertyFlags flags)
    {
        realm.Allocate(40);
        if (Table.Count >= realm.Limits.ArrayLength)
            throw realm.LimitReached(LimitKind.ArrayLength);
        Append(key, value, flags);
    }
}
