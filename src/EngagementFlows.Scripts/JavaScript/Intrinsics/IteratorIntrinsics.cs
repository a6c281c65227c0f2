namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Iterators of built-in collections (ECMA-262 §27.1).</summary>
internal static class IteratorIntrinsics
{
    public static void Define(Intrinsics i, Builder b)
    {
        b.Method(i.IteratorPrototype, Symbol.Iterator, 0, (_, self, _) => self);
    }

    /// <summary>Makes the prototype of one kind of built-in iterator; its <c>next</c> runs the iterator's own code.</summary>
    public static JsObject MakePrototype(Intrinsics i, Builder b, string tag)
    {
        JsObject prototype = b.Object(i.IteratorPrototype);
        b.Method(prototype, Names.Next, 0, (realm, self, _) =>
        {
            if (self.As<BuiltinIterator>() is not { } iterator || iterator.Tag != tag)
                throw realm.TypeError($"next was called on {realm.Describe(self)}, which is no {tag}.");
            return iterator.TryNext(realm, out Value value) ? Iteration.Result(realm, value, done: false) : Iteration.Result(realm, Value.Undefined, done: true);
        });
        b.Tag(prototype, tag);
        return prototype;
    }
}

/// <summary>Gives the next item, or tells that there is none.</summary>
internal delegate bool NextItem(Realm realm, out Value value);

/// <summary>An iterator over a built-in collection.</summary>
internal sealed class BuiltinIterator(JsObject prototype, string tag, NextItem next) : JsObject(prototype)
{
    private bool _isDone;

    public string Tag { get; } = tag;

    public bool TryNext(Realm realm, out Value value)
    {
        value = Value.Undefined;
        if (_isDone)
            return false;
        _isDone = !next(realm, out value);
        return !_isDone;
    }
}
