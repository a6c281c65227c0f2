namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Promise.all, allSettled, any and race (ECMA-262 §27.2.4).</summary>
internal static class PromiseCombinators
{
    /// <summary>Subscribes to one of the promises.</summary>
    private delegate void OnItem(Value promise, int index);

    public static void Define(BuiltinFunction constructor, Builder b)
    {
        b.Method(constructor, "race", 1, (realm, self, a) => Combine(realm, self, a.At(0), (capability, results) =>
        {
            results.Finish = _ => { };
            return (promise, _) => realm.Invoke(promise, Names.Then, [capability.Resolve, capability.Reject]);
        }));
        b.Method(constructor, "all", 1, (realm, self, a) => Combine(realm, self, a.At(0), (capability, results) => (promise, index) =>
            realm.Invoke(promise, Names.Then, [results.Setter(realm, index, value => value), capability.Reject])));
        b.Method(constructor, "allSettled", 1, (realm, self, a) => Combine(realm, self, a.At(0), (_, results) => (promise, index) =>
        {
            Once once = new();
            realm.Invoke(promise, Names.Then, [
                results.Setter(realm, index, value => Settled(realm, "fulfilled", Names.Value, value), once),
                results.Setter(realm, index, reason => Settled(realm, "rejected", "reason", reason), once)]);
        }));
        b.Method(constructor, "any", 1, (realm, self, a) => Combine(realm, self, a.At(0), (capability, results) =>
        {
            results.Finish = errors =>
            {
                JsError error = realm.MakeError(realm.Intrinsics.AggregateErrorPrototype, "All promises were rejected.");
                error.DefineRaw("errors", errors, PropertyFlags.Hidden);
                realm.Call(capability.Reject, Value.Undefined, [error]);
            };
            return (promise, index) => realm.Invoke(promise, Names.Then, [capability.Resolve, results.Setter(realm, index, value => value)]);
        }));
    }

    private static Value Combine(Realm realm, Value self, Value items, Func<Capability, Results, OnItem> start)
    {
        JsObject constructor = PromiseIntrinsics.Constructor(realm, self);
        Capability capability = Capability.New(realm, constructor);
        OpenState state = realm.Save();
        try
        {
            Value resolve = constructor.Get(realm, "resolve");
            realm.RequireCallable(resolve);
            Results results = new() { Finish = values => realm.Call(capability.Resolve, Value.Undefined, [values]) };
            OnItem onItem = start(capability, results);
            Iteration.ForEachClosing(realm, items, item =>
            {
                int index = results.Open();
                onItem(realm.Call(resolve, self, [item]), index);
            });
            results.Close(realm);
        }
        catch (JsThrow thrown)
        {
            realm.Restore(state);
            realm.Call(capability.Reject, Value.Undefined, [thrown.Value]);
        }

        return capability.Promise;
    }

    private static JsObject Settled(Realm realm, string status, string name, Value value)
    {
        JsObject result = realm.NewObject();
        result.DefineRaw("status", status, PropertyFlags.All);
        result.DefineRaw(name, value, PropertyFlags.All);
        return result;
    }

    private sealed class Once
    {
        public bool IsDone { get; set; }
    }

    /// <summary>Results by place; when none is missing any more, they are handed on.</summary>
    private sealed class Results
    {
        private readonly List<Value> _values = [];
        private int _missing = 1;

        public required Action<Value> Finish { get; set; }

        public int Open()
        {
            _missing++;
            _values.Add(Value.Undefined);
            return _values.Count - 1;
        }

        public BuiltinFunction Setter(Realm realm, int index, Func<Value, Value> select, Once? once = null)
        {
            once ??= new Once();
            realm.Allocate(160);
            return new BuiltinFunction(realm.Intrinsics.FunctionPrototype, string.Empty, 1, (r, _, a) =>
            {
                if (once.IsDone)
                    return Value.Undefined;
                once.IsDone = true;
                _values[index] = select(a.At(0));
                Close(r);
                return Value.Undefined;
            });
        }

        public void Close(Realm realm)
        {
            if (--_missing == 0)
                Finish(realm.NewArray(_values.ToArray()));
        }
    }
}
