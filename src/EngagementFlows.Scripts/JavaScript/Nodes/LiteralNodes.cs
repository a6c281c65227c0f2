namespace EngagementFlows.Scripts.JavaScript;

internal sealed class ArrayNode(Node?[] elements) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Realm realm = frame.Realm;
        JsArray array = realm.NewArray(elements.Length);
        foreach (Node? element in elements)
        {
            if (element is SpreadNode spread)
                Iteration.ForEach(realm, spread.Operand.Evaluate(frame), value => array.Add(realm, value));
            else
                array.Add(realm, element is null ? Value.Empty : element.Evaluate(frame));
        }

        return array;
    }
}

/// <summary>An object literal whose names are all known and different: the layout is made once and shared.</summary>
internal sealed class PlainObjectNode(PropertyTable layout, Node[] values) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Realm realm = frame.Realm;
        realm.Allocate(72 + (16 * values.Length));
        Value[] slots = new Value[values.Length];
        for (int i = 0; i < slots.Length; i++)
            slots[i] = values[i].Evaluate(frame);
        return new JsObject(realm.Intrinsics.ObjectPrototype, layout, slots);
    }
}

/// <summary>Any other object literal.</summary>
internal sealed class ObjectNode(MemberPart[] parts) : Node
{
    public override Value Evaluate(Frame frame)
    {
        JsObject o = frame.Realm.NewObject();
        foreach (MemberPart part in parts)
            part.Define(frame, o, PropertyFlags.All);
        return o;
    }
}

/// <summary>One member of an object literal or class (ECMA-262 §13.2.5.5, §15.4.5).</summary>
internal sealed class MemberPart(PropertyKind kind, string? name, Node? key, Node value, bool namesFunction)
{
    public void Define(Frame frame, JsObject o, PropertyFlags flags)
    {
        Realm realm = frame.Realm;
        if (kind == PropertyKind.Spread)
        {
            realm.CopyDataProperties(o, value.Evaluate(frame), []);
            return;
        }

        PropertyKey member = name is not null ? new PropertyKey(name) : Operations.ToPropertyKey(realm, key!.Evaluate(frame));
        if (kind == PropertyKind.Value && name == "__proto__" && !namesFunction)
        {
            Value prototype = value.Evaluate(frame);
            if (prototype.IsObject || prototype.IsNull)
                o.SetPrototypeOf(realm, prototype.IsNull ? null : prototype.Object);
            return;
        }

        Value result = value.Evaluate(frame);
        Add(realm, o, member, result, flags);
    }

    public void Add(Realm realm, JsObject o, PropertyKey member, Value result, PropertyFlags flags)
    {
        if (result.As<ScriptFunction>() is { } function)
        {
            if (kind != PropertyKind.Value)
                function.Home = o;
            if (name is null && namesFunction)
                function.SetName(FunctionNames.Of(member, kind));
        }

        switch (kind)
        {
            case PropertyKind.Get:
                o.DefineOwn(realm, member, new PropertyDescriptor { Get = result.Object, HasGet = true, Enumerable = flags.HasFlag(PropertyFlags.Enumerable), Configurable = true });
                break;
            case PropertyKind.Set:
                o.DefineOwn(realm, member, new PropertyDescriptor { Set = result.Object, HasSet = true, Enumerable = flags.HasFlag(PropertyFlags.Enumerable), Configurable = true });
                break;
            default:
                o.DefineOwn(realm, member, PropertyDescriptor.Data(result, flags));
                break;
        }
    }
}

internal static class FunctionNames
{
    /// <summary>SetFunctionName (ECMA-262 §10.2.9).</summary>
    public static Value Of(PropertyKey key, PropertyKind kind)
    {
        string text = key.Symbol is { IsPrivate: false } symbol ? symbol.Description is { } description ? $"[{description}]" : string.Empty : key.ToString();
        return kind == PropertyKind.Get ? "get " + text : kind == PropertyKind.Set ? "set " + text : text;
    }
}

internal sealed class FunctionNode(FunctionCode code) : Node
{
    public FunctionCode Code => code;

    public override Value Evaluate(Frame frame)
    {
        frame.Realm.Allocate(112);
        return new ScriptFunction(code, frame.Scope, frame.Realm.FunctionPrototypeOf(code));
    }
}

internal sealed class TemplateNode(string[] texts, Node[] parts) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Realm realm = frame.Realm;
        Value result = texts[0];
        for (int i = 0; i < parts.Length; i++)
        {
            Value part = parts[i].Evaluate(frame);
            result = Operations.Concat(realm, result, part.IsString ? part : Operations.ToString(realm, part));
            if (texts[i + 1].Length > 0)
                result = Operations.Concat(realm, result, texts[i + 1]);
        }

        return result;
    }
}

/// <summary>The first argument of a tagged template; one object for each place and evaluation (ECMA-262 §13.2.8.4).</summary>
internal sealed class TemplateObjectNode(string?[] cooked, string[] raw) : Node
{
    public override Value Evaluate(Frame frame) => frame.Realm.TemplateObject(this, cooked, raw);
}

internal sealed class RegularExpressionNode(string pattern, string flags) : Node
{
    public override Value Evaluate(Frame frame) => frame.Realm.NewRegularExpression(pattern, flags);
}

internal sealed class ClassNode(ClassPlan plan) : Node
{
    public override Value Evaluate(Frame frame) => plan.Evaluate(frame);
}
