namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The body of an async or generator function: a list of steps, each a whole statement or expression unless it holds a suspension.</summary>
internal sealed class SuspendableCode(FunctionCode code)
{
    public Step[] Steps { get; set; } = [];

    /// <summary>Gets or sets the number of iterators that may be open at once.</summary>
    public int IteratorCount { get; set; }

    public Value Start(Realm realm, ScriptFunction function, Value thisValue, ReadOnlySpan<Value> arguments)
    {
        if (!code.IsAsync)
        {
            Coroutine body = Open(realm, function, thisValue, arguments);
            JsObject prototype = realm.PrototypeFrom(function, realm.Intrinsics.GeneratorPrototype);
            return new JsGenerator(prototype, body);
        }

        // A fault in the parameters rejects the promise (ECMA-262 §27.7.5.1).
        JsPromise promise = realm.NewPromise();
        OpenState state = realm.Save();
        Coroutine coroutine;
        try
        {
            coroutine = Open(realm, function, thisValue, arguments);
        }
        catch (JsThrow thrown)
        {
            realm.Restore(state);
            promise.Reject(realm, thrown.Value);
            return promise;
        }

        Advance(realm, coroutine, promise, Resumption.Next, Value.Undefined);
        return promise;
    }

    private Coroutine Open(Realm realm, ScriptFunction function, Value thisValue, ReadOnlySpan<Value> arguments)
    {
        realm.Allocate(240 + (16 * code.LocalCount));
        Frame frame = new(realm) { Locals = new Value[code.LocalCount], Function = function, This = thisValue };
        code.Bind(frame, arguments);
        return new Coroutine(frame, this);
    }

    /// <summary>Runs an async function to its next await (ECMA-262 §27.7.5.3).</summary>
    private static void Advance(Realm realm, Coroutine coroutine, JsPromise promise, Resumption resumption, Value sent)
    {
        OpenState state = realm.Save();
        try
        {
            if (coroutine.Resume(resumption, sent, out Value value))
            {
                promise.Resolve(realm, value);
                return;
            }

            JsPromise awaited = (JsPromise)realm.PromiseResolve(realm.Intrinsics.PromiseConstructor, value).Object;
            awaited.Subscribe(realm, (r, isFulfilled, outcome) =>
                Advance(r, coroutine, promise, isFulfilled ? Resumption.Next : Resumption.Throw, outcome));
        }
        catch (JsThrow thrown)
        {
            realm.Restore(state);
            if (coroutine.IsDone)
                promise.Reject(realm, thrown.Value);
            else
                Advance(realm, coroutine, promise, Resumption.Throw, thrown.Value);
        }
    }
}

/// <summary>How a suspended function goes on.</summary>
internal enum Resumption
{
    Next,
    Throw,
    Return,
}

/// <summary>Where a jump goes, and what is still open there.</summary>
internal sealed class JumpTarget
{
    public int Step { get; set; } = -1;

    public int Handlers { get; init; }

    public int Scopes { get; init; }

    public int Finals { get; init; }
}
