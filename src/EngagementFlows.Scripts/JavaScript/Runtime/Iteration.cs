namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The iteration protocol (ECMA-262 §7.4), with a short way through plain arrays.</summary>
internal static class Iteration
{
    public static IteratorRecord Open(Realm realm, Value value)
    {
        if (value.As<JsArray>() is { } array && array.IsPlainlyIterable(realm))
            return new IteratorRecord(array);
        Value method = value.IsNullish ? default : Members.Get(realm, value, Symbol.Iterator, new Span(realm.Position, realm.Position));
        if (method.As<JsFunction>() is not { } function)
            throw realm.TypeError($"{realm.Describe(value)} is not iterable.");
        Value iterator = function.Call(realm, value, []);
        if (!iterator.IsObject)
            throw realm.TypeError("Result of the Symbol.iterator method is not an object.");
        return new IteratorRecord(iterator.Object, iterator.Object.Get(realm, Names.Next));
    }

    public static void ForEach(Realm realm, Value value, Action<Value> action)
    {
        IteratorRecord iterator = Open(realm, value);
        while (iterator.TryNext(realm, out Value item))
        {
            realm.Charge(1);
            action(item);
        }
    }

    /// <summary>Like <see cref="ForEach"/>, but closes the iterator when the action throws.</summary>
    public static void ForEachClosing(Realm realm, Value value, Action<Value> action)
    {
        IteratorRecord iterator = Open(realm, value);
        while (iterator.TryNext(realm, out Value item))
        {
            realm.Charge(1);
            try
            {
                action(item);
            }
            catch (JsThrow)
            {
                iterator.CloseQuietly(realm);
                throw;
            }
        }
    }

    public static JsObject Result(Realm realm, Value value, bool done)
    {
        JsObject result = realm.NewObject();
        result.DefineRaw(Names.Value, value, PropertyFlags.All);
        result.DefineRaw(Names.Done, done, PropertyFlags.All);
        return result;
    }

    /// <summary>The keys of for-in: enumerable strings of the object and its prototypes, each once (ECMA-262 §14.7.5.9).</summary>
    public static IEnumerable<string> ForInKeys(Realm realm, JsObject o)
    {
        HashSet<string>? seen = null;
        for (JsObject? at = o; at is not null; at = at.Prototype)
        {
            if (at.IsIntrinsic)
                continue;
            List<PropertyKey> keys = at.OwnKeys(realm);
            bool last = at.Prototype is null or { IsIntrinsic: true };
            foreach (PropertyKey key in keys)
            {
                if (key.Text is not { } text || seen?.Contains(text) == true || !at.TryGetOwn(realm, key, out Property property))
                    continue;
                if (!last || seen is not null)
                    (seen ??= []).Add(text);
                if (property.Flags.HasFlag(PropertyFlags.Enumerable))
                    yield return text;
            }
        }
    }
}

/// <summary>An iterator in use.</summary>
internal sealed class IteratorRecord
{
    private readonly JsArray? _array;
    private readonly JsObject? _iterator;
    private readonly Value _next;
    private uint _index;

    public IteratorRecord(JsArray array) => _array = array;

    public IteratorRecord(JsObject iterator, Value next)
    {
        _iterator = iterator;
        _next = next;
    }

    public JsObject? Iterator => _iterator;

    public Value NextMethod => _next;

    public bool IsDone { get; private set; }

    public bool TryNext(Realm realm, out Value value)
    {
        if (_array is not null)
        {
            IsDone = _index >= _array.Length;
            value = IsDone ? Value.Undefined : _array.GetIndex(realm, _index++, _array);
            return !IsDone;
        }

        // A failing next() leaves nothing to close.
        IsDone = true;
        Value result = realm.Call(_next, _iterator!, []);
        if (!result.IsObject)
            throw realm.TypeError($"Iterator result {realm.Describe(result)} is not an object.");
        bool done = Operations.ToBoolean(result.Object.Get(realm, Names.Done));
        value = done ? Value.Undefined : result.Object.Get(realm, Names.Value);
        IsDone = done;
        return !done;
    }

    /// <summary>IteratorClose after a normal end (ECMA-262 §7.4.11).</summary>
    public void Close(Realm realm)
    {
        IsDone = true;
        if (_iterator is null)
            return;
        Value method = _iterator.Get(realm, Names.Return);
        if (method.IsNullish)
            return;
        Value result = realm.Call(method, _iterator, []);
        if (!result.IsObject)
            throw realm.TypeError("The iterator's return method gave no object.");
    }

    /// <summary>IteratorClose after a throw: what closing throws itself is dropped.</summary>
    public void CloseQuietly(Realm realm)
    {
        IsDone = true;
        if (_iterator is null)
            return;
        try
        {
            Value method = _iterator.Get(realm, Names.Return);
            if (!method.IsNullish)
                realm.Call(method, _iterator, []);
        }
        catch (JsThrow)
        {
            // ECMA-262 §7.4.11, step 5: the first throw wins.
        }
    }
}
