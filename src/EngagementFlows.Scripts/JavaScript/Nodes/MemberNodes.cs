namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Where a node stands in the source.</summary>
internal readonly record struct Span(int Start, int End);

internal sealed class MemberNode(Node target, string name, bool isOptional, Span span) : Node
{
    private readonly PropertyKey _key = name;

    public Node Target => target;

    public override Value Evaluate(Frame frame)
    {
        Value value = target.Evaluate(frame);
        return Get(frame.Realm, value);
    }

    public Value Get(Realm realm, Value value)
    {
        if (value.IsObject)
        {
            realm.Position = span.Start;
            return value.Object.Get(realm, _key, value);
        }

        if (value.IsString && ReferenceEquals(name, Names.Length))
            return value.TextLength;
        if (value.IsNullish)
            return isOptional ? Value.Empty : throw Members.NullishRead(realm, value, name, span);
        return value.IsEmpty ? value : realm.PrototypeOf(value).Get(realm, _key, value);
    }
}

internal sealed class IndexNode(Node target, Node key, bool isOptional, Span span) : Node
{
    public Node Target => target;

    public override Value Evaluate(Frame frame) => Get(frame, target.Evaluate(frame));

    public Value Get(Frame frame, Value value)
    {
        if (value.IsEmpty)
            return value;
        if (isOptional && value.IsNullish)
            return Value.Empty;
        return Members.GetIndex(frame.Realm, value, key.Evaluate(frame), span);
    }
}

internal sealed class PrivateMemberNode(Node target, Node name, bool isOptional, Span span) : Node
{
    public Node Target => target;

    public override Value Evaluate(Frame frame) => Get(frame, target.Evaluate(frame));

    public Value Get(Frame frame, Value value)
    {
        if (value.IsEmpty)
            return value;
        if (isOptional && value.IsNullish)
            return Value.Empty;
        frame.Realm.Position = span.Start;
        return Members.GetPrivate(frame.Realm, value, name.Evaluate(frame).Symbol);
    }
}

internal sealed class PrivateInNode(Node name, Node target, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value value = target.Evaluate(frame);
        if (value.IsObject)
            return value.Object.TryGetPrivate(name.Evaluate(frame).Symbol, out _);
        frame.Realm.Position = start;
        throw frame.Realm.TypeError("Cannot use 'in' operator to search for a private name in a value that is no object.");
    }
}

internal sealed class SuperMemberNode(Node home, Node self, PropertyKey? name, Node? key, int start) : Node
{
    public Node Self => self;

    public override Value Evaluate(Frame frame)
    {
        Value receiver = self.Evaluate(frame);
        Realm realm = frame.Realm;
        Value keyValue = key?.Evaluate(frame) ?? default;
        JsObject? parent = home.Evaluate(frame).Object.Prototype;
        realm.Position = start;
        PropertyKey member = name ?? Operations.ToPropertyKey(realm, keyValue);
        return parent is null ? throw realm.TypeError($"Cannot read properties of null (reading '{member}').") : parent.Get(realm, member, receiver);
    }
}

internal sealed class DeleteNode(Target? target, Node? other, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        if (target is null)
        {
            other!.Evaluate(frame);
            return Value.True;
        }

        Reference reference = target.Prepare(frame);
        if (reference.Base.IsEmpty)
            return Value.True;
        Realm realm = frame.Realm;
        realm.Position = start;
        if (reference.Base.IsNullish)
            throw realm.TypeError("Cannot convert undefined or null to object.");
        PropertyKey key = Operations.ToPropertyKey(realm, reference.Key);
        JsObject o = Operations.ToObject(realm, reference.Base);
        return o.Delete(realm, key) ? Value.True : throw realm.TypeError($"Cannot delete property '{key}' of {realm.Describe(o)}.");
    }
}

internal sealed class MemberTarget(Node target, string name, Span span) : Target
{
    private readonly PropertyKey _key = name;

    public override Reference Prepare(Frame frame) => new(target.Evaluate(frame), name);

    public override Value Read(Frame frame, in Reference reference) => Members.Get(frame.Realm, reference.Base, _key, span);

    public override void Assign(Frame frame, in Reference reference, Value value)
    {
        Realm realm = frame.Realm;
        realm.Position = span.Start;
        Members.Set(realm, reference.Base, _key, value, span);
    }
}

internal sealed class IndexTarget(Node target, Node key, Span span) : Target
{
    public override Reference Prepare(Frame frame)
    {
        Value value = target.Evaluate(frame);
        return new(value, key.Evaluate(frame));
    }

    public override Value Read(Frame frame, in Reference reference) => Members.GetIndex(frame.Realm, reference.Base, reference.Key, span);

    public override void Assign(Frame frame, in Reference reference, Value value) =>
        Members.SetIndex(frame.Realm, reference.Base, reference.Key, value, span);
}

internal sealed class PrivateTarget(Node target, Node name, int start) : Target
{
    public override Reference Prepare(Frame frame) => new(target.Evaluate(frame), default);

    public override Value Read(Frame frame, in Reference reference) => Members.GetPrivate(frame.Realm, reference.Base, name.Evaluate(frame).Symbol);

    public override void Assign(Frame frame, in Reference reference, Value value)
    {
        frame.Realm.Position = start;
        Members.SetPrivate(frame.Realm, reference.Base, name.Evaluate(frame).Symbol, value);
    }
}

internal sealed class SuperTarget(SuperMemberNode read, Node home, PropertyKey? name, Node? key, int start) : Target
{
    public override Reference Prepare(Frame frame) => new(read.Self.Evaluate(frame), name is { } known ? known.ToValue() : key!.Evaluate(frame));

    public override Value Read(Frame frame, in Reference reference) => read.Evaluate(frame);

    public override void Assign(Frame frame, in Reference reference, Value value)
    {
        Realm realm = frame.Realm;
        realm.Position = start;
        JsObject? parent = home.Evaluate(frame).Object.Prototype;
        PropertyKey member = Operations.ToPropertyKey(realm, reference.Key);
        if (parent is null || !parent.Set(realm, member, value, reference.Base))
            throw realm.TypeError($"Cannot assign to property '{member}'.");
    }
}

/// <summary>The member that <c>delete</c> removes; a chain cut short deletes nothing.</summary>
internal sealed class DeleteTarget(Node target, Node key, bool isOptional) : Target
{
    public override Reference Prepare(Frame frame)
    {
        Value value = target.Evaluate(frame);
        if (value.IsEmpty || (isOptional && value.IsNullish))
            return new(Value.Empty, default);
        return new(value, key.Evaluate(frame));
    }

    public override Value Read(Frame frame, in Reference reference) => throw new InvalidOperationException("EngagementFlows bug: a deleted member was read.");

    public override void Assign(Frame frame, in Reference reference, Value value) => throw new InvalidOperationException("EngagementFlows bug: a deleted member was assigned.");
}

internal sealed class ThrowNode(string message, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        frame.Realm.Position = start;
        throw frame.Realm.ReferenceError(message);
    }
}
