namespace EngagementFlows.Scripts.JavaScript;

/// <summary>What takes a value apart or stores it (ECMA-262 §8.6, §13.15.5).</summary>
internal abstract class Pattern
{
    public virtual Reference Prepare(Frame frame) => default;

    public virtual void Bind(Frame frame, in Reference reference, Value value) => Bind(frame, value);

    public abstract void Bind(Frame frame, Value value);
}

/// <summary>Initialises a declared variable.</summary>
internal sealed class PlacePattern(Place place) : Pattern
{
    public override void Bind(Frame frame, Value value) => place.Set(frame, value);
}

/// <summary>Initialises a <c>var</c> that lives some scopes further out.</summary>
internal sealed class TargetPattern(Target target) : Pattern
{
    public override Reference Prepare(Frame frame) => target.Prepare(frame);

    public override void Bind(Frame frame, in Reference reference, Value value) => target.Assign(frame, reference, value);

    public override void Bind(Frame frame, Value value) => target.Assign(frame, target.Prepare(frame), value);
}

internal sealed class DefaultPattern(Pattern inner, Node value) : Pattern
{
    public override Reference Prepare(Frame frame) => inner.Prepare(frame);

    public override void Bind(Frame frame, in Reference reference, Value given) => inner.Bind(frame, reference, given.IsUndefined ? value.Evaluate(frame) : given);

    public override void Bind(Frame frame, Value given) => inner.Bind(frame, given.IsUndefined ? value.Evaluate(frame) : given);
}

internal sealed class ArrayPattern(Pattern?[] elements, Pattern? rest, int start) : Pattern
{
    public override void Bind(Frame frame, Value value)
    {
        Realm realm = frame.Realm;
        realm.Position = start;
        IteratorRecord iterator = Iteration.Open(realm, value);
        OpenState state = realm.Save();
        try
        {
            BindElements(frame, iterator);
        }
        catch (JsThrow)
        {
            realm.Restore(state);
            if (!iterator.IsDone)
                iterator.CloseQuietly(realm);
            throw;
        }

        if (!iterator.IsDone)
            iterator.Close(realm);
    }

    private void BindElements(Frame frame, IteratorRecord iterator)
    {
        Realm realm = frame.Realm;
        foreach (Pattern? element in elements)
        {
            Reference reference = element?.Prepare(frame) ?? default;
            Value item = !iterator.IsDone && iterator.TryNext(realm, out Value next) ? next : Value.Undefined;
            element?.Bind(frame, reference, item);
        }

        if (rest is null)
            return;
        Reference restReference = rest.Prepare(frame);
        JsArray items = realm.NewArray();
        while (!iterator.IsDone && iterator.TryNext(realm, out Value next))
            items.Add(realm, next);
        rest.Bind(frame, restReference, items);
    }
}

/// <summary>A member of an object pattern; <see cref="Name"/> or <see cref="Key"/> tells which.</summary>
internal sealed record MemberPattern(string? Name, Node? Key, Pattern Target);

internal sealed class ObjectPattern(MemberPattern[] members, Pattern? rest, Span span) : Pattern
{
    public override void Bind(Frame frame, Value value)
    {
        Realm realm = frame.Realm;
        realm.Position = span.Start;
        if (value.IsNullish)
        {
            string first = members.Length > 0 && members[0].Name is { } name ? $" property '{name}' of" : string.Empty;
            throw realm.TypeError($"Cannot destructure{first} {(value.IsNull ? "null" : "undefined")}.");
        }

        List<PropertyKey>? used = rest is null ? null : [];
        foreach (MemberPattern member in members)
        {
            PropertyKey key = member.Name is not null ? new PropertyKey(member.Name) : Operations.ToPropertyKey(realm, member.Key!.Evaluate(frame));
            used?.Add(key);
            Reference reference = member.Target.Prepare(frame);
            member.Target.Bind(frame, reference, Members.Get(realm, value, key, span));
        }

        if (rest is null)
            return;
        Reference restReference = rest.Prepare(frame);
        JsObject others = realm.NewObject();
        realm.CopyDataProperties(others, value, used!);
        rest.Bind(frame, restReference, others);
    }
}

internal sealed class PatternAssignNode(Pattern pattern, Node value) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value given = value.Evaluate(frame);
        pattern.Bind(frame, given);
        return given;
    }
}
