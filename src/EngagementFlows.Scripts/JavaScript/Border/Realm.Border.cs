using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Plain values in and out.</summary>
internal sealed partial class Realm
{
    /// <summary>The first object of the host that came in; most conditions see no other, and it needs no dictionary.</summary>
    private HostObject? _firstWrapper;
    private Dictionary<PlainObject, HostObject>? _otherWrappers;

    /// <summary>Turns what the host gave into a value of the script.</summary>
    public Value ToValue(object? plain, bool isFrozen = false)
    {
        switch (plain)
        {
            case null: return Value.Null;
            case string text: return text;
            case bool flag: return flag;
            case double number: return number;
            case long number: return (double)number;
            case decimal number: return (double)number;
            case PlainObject map: return Wrapped(map, isFrozen);
            case PlainList list: return CopyOf(list, isFrozen);
            case FrozenObject frozen: return Wrapped(frozen.Value, isFrozen: true);
            case DateTimeOffset instant:
                Allocate(80);
                return new JsDate(Intrinsics.DatePrototype, instant);
            case byte[] bytes:
                Allocate(80 + bytes.Length);
                return new JsBytes(Intrinsics.Uint8ArrayPrototype, bytes.AsSpan().ToArray());
            case NativeFunction native: return new HostFunction(native, Intrinsics.FunctionPrototype);
            case ScriptType type: return HostTypes.GlobalOf(type);
            case TimeSpan or Guid: return Program.Types.Wrap(this, plain);
            case int number: return number;
            default: throw new InvalidOperationException($"EngagementFlows bug: the host gave a value of type '{plain.GetType().FullName}' to a script; only plain values can enter.");
        }
    }

    /// <summary>Turns a value into a plain one: <c>undefined</c> to null, dates to instants, functions and symbols to null or nothing.</summary>
    public object? ToPlain(Value value)
    {
        switch (value.Kind)
        {
            case Kind.Undefined or Kind.Null or Kind.Symbol or Kind.Empty: return null;
            case Kind.Boolean: return value.IsTrue;
            case Kind.Number: return value.Number;
            case Kind.String: return value.Text;
        }

        switch (value.Object)
        {
            case HostObject host: return host.Plain;
            case HostValue host: return host.Plain;
            case JsDate date: return date.ToPlain();
            case JsBytes bytes: return bytes.ToArray();
            case JsPrimitiveObject primitive: return ToPlain(primitive.Value);
            case JsStringObject text: return text.Text;
            case JsRegExp regex: return regex.ToString();
            case JsFunction: return null;
        }

        Descend();
        if (!(_plainOpen ??= new(ReferenceEqualityComparer.Instance)).Add(value.Object))
            throw TypeError("A value that contains itself cannot leave the script.");
        object result = ToPlainContainer(value.Object);
        _plainOpen.Remove(value.Object);
        Ascend();
        return result;
    }

    private HashSet<object>? _plainOpen;

    private object ToPlainContainer(JsObject o)
    {
        switch (o)
        {
            case JsArray array: return ToPlainList(array);
            case JsSet set:
                PlainList items = new(set.Data.Count);
                foreach (Value item in set.Data.Keys())
                    items.Add(ToPlain(item));
                return items;
            case JsMap map:
                PlainObject entries = new();
                foreach ((Value key, Value item) in map.Data.Entries())
                {
                    if (!key.IsObject && !key.IsSymbol)
                        entries[Operations.ToString(this, key)] = ToPlain(item);
                }

                return entries;
            default: return ToPlainObject(o);
        }
    }

    private PlainList ToPlainList(JsArray array)
    {
        PlainList list = new((int)Math.Min(array.Length, 1024));
        for (uint i = 0; i < array.Length; i++)
        {
            Charge(1);
            list.Add(ToPlain(array.GetIndex(this, i, array)));
        }

        return list;
    }

    private PlainObject ToPlainObject(JsObject o)
    {
        PlainObject map = new();
        if (o is JsError)
        {
            map["name"] = ToPlain(o.Get(this, Names.Name));
            map["message"] = ToPlain(o.Get(this, Names.Message));
        }

        foreach (PropertyKey key in o.OwnKeys(this))
        {
            Charge(1);
            if (key.Text is not { } name || !o.TryGetOwn(this, key, out Property property) || !property.Flags.HasFlag(PropertyFlags.Enumerable))
                continue;
            Value member = o.Get(this, key);
            if (!member.IsSymbol && !(member.IsObject && member.Object.IsCallable))
                map[name] = ToPlain(member);
        }

        return map;
    }

    private HostObject Wrapped(PlainObject map, bool isFrozen)
    {
        if (_firstWrapper is { } first && ReferenceEquals(first.Plain, map))
            return first;
        if (_otherWrappers is not null && _otherWrappers.TryGetValue(map, out HostObject? known))
            return known;
        Allocate(96);
        HostObject wrapper = new(map, isFrozen, Intrinsics.ObjectPrototype);
        if (_firstWrapper is null)
            _firstWrapper = wrapper;
        else
            (_otherWrappers ??= new(ReferenceEqualityComparer.Instance)).Add(map, wrapper);
        return wrapper;
    }

    private JsArray CopyOf(PlainList list, bool isFrozen)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        CheckArrayLength(list.Count);
        Charge(list.Count);
        JsArray array = NewArray(list.Count);
        foreach (object? item in list)
            array.Add(this, ToValue(item, isFrozen));
        if (isFrozen)
            array.TrySetIntegrity(this, frozen: true);
        return array;
    }
}
