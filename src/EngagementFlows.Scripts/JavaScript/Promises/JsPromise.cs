namespace EngagementFlows.Scripts.JavaScript;

internal enum PromiseState
{
    Pending,
    Fulfilled,
    Rejected,
}

/// <summary>Gets the outcome of a promise.</summary>
internal delegate void Reaction(Realm realm, bool isFulfilled, Value value);

/// <summary>A promise (ECMA-262 §27.2).</summary>
internal sealed class JsPromise(JsObject? prototype) : JsObject(prototype)
{
    private List<Reaction>? _reactions = [];

    public PromiseState State { get; private set; }

    public Value Result { get; private set; }

    /// <summary>Gets or sets whether somebody took notice of a rejection.</summary>
    public bool IsHandled { get; private set; }

    /// <summary>Asks for the outcome; the reaction runs as a job of its own.</summary>
    public void Subscribe(Realm realm, Reaction reaction)
    {
        IsHandled = true;
        realm.Allocate(64);
        if (State == PromiseState.Pending)
            _reactions!.Add(reaction);
        else
            Enqueue(realm, reaction);
    }

    /// <summary>The resolve function (ECMA-262 §27.2.1.3.2): promises and other thenables are followed.</summary>
    public void Resolve(Realm realm, Value value)
    {
        if (value.Is(this))
        {
            Settle(realm, PromiseState.Rejected, realm.MakeError(realm.Intrinsics.TypeErrorPrototype, "Chaining cycle detected for promise."));
            return;
        }

        if (!value.IsObject)
        {
            Settle(realm, PromiseState.Fulfilled, value);
            return;
        }

        Value then;
        OpenState state = realm.Save();
        try
        {
            then = value.Object.Get(realm, Names.Then);
        }
        catch (JsThrow thrown)
        {
            realm.Restore(state);
            Settle(realm, PromiseState.Rejected, thrown.Value);
            return;
        }

        if (!then.IsObject || !then.Object.IsCallable)
        {
            Settle(realm, PromiseState.Fulfilled, value);
            return;
        }

        realm.EnqueueJob(() => Follow(realm, value, then));
    }

    public void Reject(Realm realm, Value reason) => Settle(realm, PromiseState.Rejected, reason);

    /// <summary>A resolve and a reject function of which only the first call counts.</summary>
    public (Value Resolve, Value Reject) Functions(Realm realm)
    {
        realm.Allocate(400);
        bool isDone = false;
        BuiltinFunction resolve = new(realm.Intrinsics.FunctionPrototype, string.Empty, 1, (r, _, a) =>
        {
            if (!isDone)
            {
                isDone = true;
                Resolve(r, a.At(0));
            }

            return Value.Undefined;
        });
        BuiltinFunction reject = new(realm.Intrinsics.FunctionPrototype, string.Empty, 1, (r, _, a) =>
        {
            if (!isDone)
            {
                isDone = true;
                Reject(r, a.At(0));
            }

            return Value.Undefined;
        });
        return (resolve, reject);
    }

    private void Follow(Realm realm, Value thenable, Value then)
    {
        (Value resolve, Value reject) = Functions(realm);
        OpenState state = realm.Save();
        try
        {
            realm.Call(then, thenable, [resolve, reject]);
        }
        catch (JsThrow thrown)
        {
            realm.Restore(state);
            realm.Call(reject, Value.Undefined, [thrown.Value]);
        }
    }

    private void Settle(Realm realm, PromiseState state, Value result)
    {
        if (State != PromiseState.Pending)
            return;
        State = state;
        Result = result;
        List<Reaction> reactions = _reactions!;
        _reactions = null;
        foreach (Reaction reaction in reactions)
            Enqueue(realm, reaction);
    }

    private void Enqueue(Realm realm, Reaction reaction) => realm.EnqueueJob(() => reaction(realm, State == PromiseState.Fulfilled, Result));
}
