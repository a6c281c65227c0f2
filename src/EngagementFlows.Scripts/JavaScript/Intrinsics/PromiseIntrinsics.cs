namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Promise (ECMA-262 §27.2.3 to §27.2.5).</summary>
internal static class PromiseIntrinsics
{
    public static (JsFunction Constructor, JsObject Prototype) Define(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        BuiltinFunction constructor = b.Constructor("Promise", 1, prototype, Builder.NeedsNew("Promise"), (realm, a, newTarget) =>
        {
            JsFunction executor = a.At(0).As<JsFunction>() ?? throw realm.TypeError($"Promise resolver {realm.Describe(a.At(0))} is not a function.");
            realm.Allocate(120);
            JsPromise promise = new(realm.PrototypeFrom(newTarget, prototype));
            (Value resolve, Value reject) = promise.Functions(realm);
            OpenState state = realm.Save();
            try
            {
                executor.Call(realm, Value.Undefined, [resolve, reject]);
            }
            catch (JsThrow thrown)
            {
                realm.Restore(state);
                realm.Call(reject, Value.Undefined, [thrown.Value]);
            }

            return promise;
        });
        b.Getter(constructor, Symbol.Species, (_, self, _) => self);
        b.Method(constructor, "resolve", 1, (realm, self, a) => realm.PromiseResolve(Constructor(realm, self), a.At(0)));
        b.Method(constructor, "reject", 1, (realm, self, a) =>
        {
            Capability capability = Capability.New(realm, Constructor(realm, self));
            realm.Call(capability.Reject, Value.Undefined, [a.At(0)]);
            return capability.Promise;
        });
        b.Method(constructor, "withResolvers", 0, (realm, self, _) =>
        {
            Capability capability = Capability.New(realm, Constructor(realm, self));
            JsObject result = realm.NewObject();
            result.DefineRaw("promise", capability.Promise, PropertyFlags.All);
            result.DefineRaw("resolve", capability.Resolve, PropertyFlags.All);
            result.DefineRaw("reject", capability.Reject, PropertyFlags.All);
            return result;
        });
        b.Method(prototype, Names.Then, 2, (realm, self, a) =>
        {
            JsPromise promise = self.As<JsPromise>() ?? throw realm.TypeError("Promise.prototype.then called on an object that is no promise.");
            return Then(realm, promise, a.At(0), a.At(1), Capability.New(realm, realm.SpeciesConstructor(promise, realm.Intrinsics.PromiseConstructor)));
        });
        b.Method(prototype, "catch", 1, (realm, self, a) => realm.Invoke(self, Names.Then, [Value.Undefined, a.At(0)]));
        b.Method(prototype, "finally", 1, Finally);
        b.Tag(prototype, "Promise");
        PromiseCombinators.Define(constructor, b);
        _ = i;
        return (constructor, prototype);
    }

    public static JsObject Constructor(Realm realm, Value self) => self.IsObject ? self.Object : throw realm.TypeError("A static method of Promise was called on a value that is no object.");

    private static Value Then(Realm realm, JsPromise promise, Value onFulfilled, Value onRejected, Capability capability)
    {
        promise.Subscribe(realm, (r, isFulfilled, value) =>
        {
            Value handler = isFulfilled ? onFulfilled : onRejected;
            Value result;
            OpenState state = r.Save();
            try
            {
                if (handler.As<JsFunction>() is { } function)
                    result = function.Call(r, Value.Undefined, [value]);
                else if (isFulfilled)
                    result = value;
                else
                    throw new JsThrow(value, r.Position);
            }
            catch (JsThrow thrown)
            {
                r.Restore(state);
                r.Call(capability.Reject, Value.Undefined, [thrown.Value]);
                return;
            }

            r.Call(capability.Resolve, Value.Undefined, [result]);
        });
        return capability.Promise;
    }

    private static Value Finally(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        if (!self.IsObject)
            throw realm.TypeError("Promise.prototype.finally called on a value that is no object.");
        JsObject constructor = realm.SpeciesConstructor(self.Object, realm.Intrinsics.PromiseConstructor);
        if (a.At(0).As<JsFunction>() is not { } callback)
            return realm.Invoke(self, Names.Then, [a.At(0), a.At(0)]);
        JsObject functions = realm.Intrinsics.FunctionPrototype;
        BuiltinFunction onFulfilled = new(functions, string.Empty, 1, (r, _, given) =>
        {
            Value value = given.At(0);
            Value promise = r.PromiseResolve(constructor, callback.Call(r, Value.Undefined, []));
            return r.Invoke(promise, Names.Then, [new BuiltinFunction(functions, string.Empty, 0, (_, _, _) => value)]);
        });
        BuiltinFunction onRejected = new(functions, string.Empty, 1, (r, _, given) =>
        {
            Value reason = given.At(0);
            Value promise = r.PromiseResolve(constructor, callback.Call(r, Value.Undefined, []));
            return r.Invoke(promise, Names.Then, [new BuiltinFunction(functions, string.Empty, 0, (inner, _, _) => throw inner.Throw(reason))]);
        });
        return realm.Invoke(self, Names.Then, [onFulfilled, onRejected]);
    }
}

/// <summary>A promise with the functions that settle it (ECMA-262 §27.2.1.1).</summary>
internal readonly record struct Capability(Value Promise, Value Resolve, Value Reject)
{
    public static Capability New(Realm realm, JsObject constructor)
    {
        if (ReferenceEquals(constructor, realm.Intrinsics.PromiseConstructor))
        {
            JsPromise promise = realm.NewPromise();
            (Value resolve, Value reject) = promise.Functions(realm);
            return new(promise, resolve, reject);
        }

        if (!constructor.IsConstructor)
            throw realm.TypeError("A static method of Promise was called on a value that is no constructor.");
        Value givenResolve = default;
        Value givenReject = default;
        BuiltinFunction executor = new(realm.Intrinsics.FunctionPrototype, string.Empty, 2, (r, _, a) =>
        {
            if (!givenResolve.IsUndefined || !givenReject.IsUndefined)
                throw r.TypeError("Promise executor has already been invoked with non-undefined arguments.");
            givenResolve = a.At(0);
            givenReject = a.At(1);
            return Value.Undefined;
        });
        Value made = realm.Construct(constructor, [executor]);
        realm.RequireCallable(givenResolve);
        realm.RequireCallable(givenReject);
        return new(made, givenResolve, givenReject);
    }
}

internal sealed partial class Realm
{
    public JsPromise NewPromise()
    {
        Allocate(120);
        return new JsPromise(Intrinsics.PromisePrototype);
    }

    /// <summary>PromiseResolve (ECMA-262 §27.2.4.7.1).</summary>
    public Value PromiseResolve(JsObject constructor, Value value)
    {
        if (value.As<JsPromise>() is { } promise && promise.Get(this, Names.Constructor).Is(constructor))
            return value;
        Capability capability = Capability.New(this, constructor);
        Call(capability.Resolve, Value.Undefined, [value]);
        return capability.Promise;
    }
}
