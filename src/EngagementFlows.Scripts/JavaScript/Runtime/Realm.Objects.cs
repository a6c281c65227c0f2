using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Makes objects, and calls functions that may be none.</summary>
internal sealed partial class Realm
{
    private Dictionary<TemplateObjectNode, JsArray>? _templates;

    /// <summary>How much has to be put back when a throw is caught.</summary>
    public OpenState Save() => new(Depth, ArgumentTop, _nesting);

    public void Restore(OpenState state)
    {
        Depth = state.Depth;
        ArgumentTop = state.ArgumentTop;
        _nesting = state.Nesting;
    }

    public void PushCounted(Value value)
    {
        if (ArgumentTop >= 65_536)
            throw RangeError("A call has too many arguments.");
        Push(value);
    }

    public Value Call(Value function, Value thisValue, ReadOnlySpan<Value> arguments)
    {
        if (function.IsObject && function.Object is JsFunction callee)
            return callee.Call(this, thisValue, arguments);
        throw TypeError($"{Describe(function)} is not a function.");
    }

    public JsObject NewObject()
    {
        Allocate(64);
        return new JsObject(Intrinsics.ObjectPrototype);
    }

    public JsArray NewArray(int capacity = 0)
    {
        Allocate(88 + (16 * capacity));
        return new JsArray(Intrinsics.ArrayPrototype, capacity == 0 ? [] : new Value[capacity], 0);
    }

    public JsArray NewArray(ReadOnlySpan<Value> items)
    {
        Allocate(88);
        AllocateItems(items.Length);
        return new JsArray(Intrinsics.ArrayPrototype, items.ToArray(), items.Length);
    }

    /// <summary>The arguments object of strict functions (ECMA-262 §10.4.4.6).</summary>
    public JsObject ArgumentsObject(Value[] arguments)
    {
        Allocate(64 + (64 * arguments.Length));
        JsArguments o = new(Intrinsics.ObjectPrototype);
        for (int i = 0; i < arguments.Length; i++)
            o.DefineRaw(PropertyKey.OfIndex(i), arguments[i], PropertyFlags.All);
        o.DefineRaw(Names.Length, arguments.Length, PropertyFlags.Hidden);
        o.DefineRaw(Symbol.Iterator, Intrinsics.ArrayValues, PropertyFlags.Hidden);
        o.DefineRaw("callee", new Value(Intrinsics.Poison), PropertyFlags.None);
        return o;
    }

    public JsObject FunctionPrototypeOf(FunctionCode code) => code.IsGenerator
        ? Intrinsics.GeneratorFunctionPrototype
        : code.IsAsync ? Intrinsics.AsyncFunctionPrototype : Intrinsics.FunctionPrototype;

    /// <summary>GetPrototypeFromConstructor and OrdinaryObjectCreate (ECMA-262 §10.1.13, §10.1.14).</summary>
    public JsObject OrdinaryCreateFromConstructor(JsObject newTarget, JsObject fallback)
    {
        Allocate(64);
        return new JsObject(PrototypeFrom(newTarget, fallback));
    }

    public JsObject PrototypeFrom(JsObject newTarget, JsObject fallback)
    {
        Value prototype = newTarget.Get(this, Names.Prototype);
        return prototype.IsObject ? prototype.Object : fallback;
    }

    /// <summary>The prototype that a primitive value borrows its members from.</summary>
    public JsObject PrototypeOf(Value primitive) => primitive.Kind switch
    {
        Kind.String => Intrinsics.StringPrototype,
        Kind.Number => Intrinsics.NumberPrototype,
        Kind.Boolean => Intrinsics.BooleanPrototype,
        Kind.Symbol => Intrinsics.SymbolPrototype,
        _ => throw TypeError("Cannot convert undefined or null to object."),
    };

    /// <summary>CopyDataProperties (ECMA-262 §7.3.26).</summary>
    public void CopyDataProperties(JsObject target, Value source, List<PropertyKey> excluded)
    {
        if (source.IsNullish)
            return;
        JsObject from = Operations.ToObject(this, source);
        foreach (PropertyKey key in from.OwnKeys(this))
        {
            Charge(1 + excluded.Count);
            if (!excluded.Contains(key) && from.TryGetOwn(this, key, out Property property) && property.Flags.HasFlag(PropertyFlags.Enumerable))
                target.CreateDataProperty(this, key, from.Get(this, key));
        }
    }

    /// <summary>GetTemplateObject (ECMA-262 §13.2.8.4).</summary>
    public JsArray TemplateObject(TemplateObjectNode site, string?[] cooked, string[] raw)
    {
        _templates ??= [];
        if (_templates.TryGetValue(site, out JsArray? known))
            return known;
        JsArray strings = NewArray(cooked.Length);
        JsArray raws = NewArray(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            strings.Add(this, cooked[i] is { } text ? text : Value.Undefined);
            raws.Add(this, raw[i]);
        }

        raws.TrySetIntegrity(this, frozen: true);
        strings.DefineRaw("raw", raws, PropertyFlags.None);
        strings.TrySetIntegrity(this, frozen: true);
        _templates.Add(site, strings);
        return strings;
    }

    /// <summary>InstanceofOperator (ECMA-262 §13.10.2).</summary>
    public Value InstanceOf(Value value, Value target)
    {
        if (!target.IsObject)
            throw TypeError($"Right-hand side of 'instanceof' is not an object but {Describe(target)}.");
        Value handler = target.Object.Get(this, Symbol.HasInstance);
        if (!handler.IsNullish)
        {
            if (!handler.Is(Intrinsics.FunctionHasInstance))
                return Operations.ToBoolean(Call(handler, target, [value]));
        }
        else if (!target.Object.IsCallable)
        {
            throw TypeError("Right-hand side of 'instanceof' is not callable.");
        }

        return OrdinaryHasInstance(target.Object, value);
    }

    /// <summary>OrdinaryHasInstance (ECMA-262 §7.3.22).</summary>
    public bool OrdinaryHasInstance(JsObject constructor, Value value)
    {
        if (!constructor.IsCallable)
            return false;
        if (constructor is BoundFunction bound)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return InstanceOf(value, bound.Target).IsTrue;
        }

        if (!value.IsObject)
            return false;
        Value prototype = constructor.Get(this, Names.Prototype);
        if (!prototype.IsObject)
            throw TypeError("Function has a non-object prototype in an instanceof check.");
        for (JsObject? o = value.Object.Prototype; o is not null; o = o.Prototype)
        {
            Charge(1);
            if (prototype.Is(o))
                return true;
        }

        return false;
    }

    public Value CharacterAt(string text, int index) => text[index] < 128 ? OneCharacter.Ascii[text[index]] : new Value(text[index].ToString());

    /// <summary>A short text for messages; never calls the script.</summary>
    public string Describe(Value value)
    {
        switch (value.Kind)
        {
            case Kind.String:
                string text = value.TextLength > 40 ? value.Text[..40] + "…" : value.Text;
                return $"'{text}'";
            case Kind.Symbol: return value.Symbol.ToString();
            case Kind.Object when value.Object is ScriptFunction function: return $"function '{function.Code.Name}'";
            case Kind.Object when value.Object.IsCallable: return "function";
            case Kind.Object: return $"#<{value.Object.BuiltinTag}>";
            case Kind.Accessor or Kind.Empty: return "undefined";
            default: return Operations.ToString(this, value);
        }
    }
}

/// <summary>The open calls and arguments at the start of a try.</summary>
internal readonly record struct OpenState(int Depth, int ArgumentTop, int Nesting);

/// <summary>Strings of one ASCII character, made once.</summary>
internal static class OneCharacter
{
    public static Value[] Ascii { get; } = [.. Enumerable.Range(0, 128).Select(c => new Value(((char)c).ToString()))];
}

internal sealed class JsArguments(JsObject? prototype) : JsObject(prototype)
{
    public override string BuiltinTag => "Arguments";
}

internal sealed partial class Realm
{
    private HashSet<JsObject>? _openJoins;

    /// <summary>Gets the arrays that are being joined.</summary>
    public HashSet<JsObject> OpenJoins => _openJoins ??= new(ReferenceEqualityComparer.Instance);
}
