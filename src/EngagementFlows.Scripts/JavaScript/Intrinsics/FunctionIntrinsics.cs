namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Function (ECMA-262 §20.2), without the making of code from text.</summary>
internal static class FunctionIntrinsics
{
    public static BuiltinFunction Define(Intrinsics i, Builder b)
    {
        BuiltinFunction prototype = i.FunctionPrototype;
        b.Constructor("Function", 1, prototype, (realm, _, _) => throw NoCode(realm), (realm, _, _) => throw NoCode(realm));
        b.Method(prototype, "call", 1, (realm, self, a) => realm.RequireCallable(self).Call(realm, a.At(0), a.Length > 1 ? a[1..] : []));
        b.Method(prototype, "apply", 2, (realm, self, a) =>
        {
            JsFunction function = realm.RequireCallable(self);
            return a.At(1).IsNullish ? function.Call(realm, a.At(0), []) : function.Call(realm, a[0], ListFrom(realm, a[1]));
        });
        b.Method(prototype, "bind", 1, (realm, self, a) => Bind(realm, realm.RequireCallable(self), a));
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) => self.As<JsFunction>() switch
        {
            ScriptFunction script => script.Code.Text,
            { } other => $"function {realm.NameOf(other)}() {{ [native code] }}",
            null => throw realm.TypeError("Function.prototype.toString requires that 'this' be a Function."),
        });
        Accessor poison = new(ThrowTypeError(b), ThrowTypeError(b));
        prototype.DefineRaw("caller", new Value(poison), PropertyFlags.Configurable);
        prototype.DefineRaw("arguments", new Value(poison), PropertyFlags.Configurable);
        i.Poison = poison;
        return b.Method(prototype, Symbol.HasInstance, 1, (realm, self, a) => self.IsObject && realm.OrdinaryHasInstance(self.Object, a.At(0)), PropertyFlags.None);
    }

    /// <summary>%ThrowTypeError% (ECMA-262 §10.2.4.1).</summary>
    private static BuiltinFunction ThrowTypeError(Builder b) => b.Function(string.Empty, 0, (realm, _, _) =>
        throw realm.TypeError("'caller', 'callee' and 'arguments' cannot be read from functions and arguments of strict code."));

    private static JsThrow NoCode(Realm realm) => realm.TypeError("'Function(…)' is not available in scripts: scripts cannot make code from text.");

    private static BoundFunction Bind(Realm realm, JsFunction target, ReadOnlySpan<Value> a)
    {
        realm.AllocateItems(a.Length + 8);
        Value[] arguments = a.Length > 1 ? a[1..].ToArray() : [];
        BoundFunction bound = new(target, a.At(0), arguments);
        double length = 0;
        if (target.HasOwn(realm, Names.Length) && target.Get(realm, Names.Length) is { IsNumber: true } own)
            length = Math.Max(0, Operations.ToInteger(realm, own) - arguments.Length);
        Value name = target.Get(realm, Names.Name);
        bound.DefineRaw(Names.Length, length, PropertyFlags.Configurable);
        realm.AllocateText(name.IsString ? name.TextLength + 6 : 6);
        bound.DefineRaw(Names.Name, "bound " + (name.IsString ? name.Text : string.Empty), PropertyFlags.Configurable);
        return bound;
    }

    /// <summary>CreateListFromArrayLike (ECMA-262 §7.3.18).</summary>
    public static Value[] ListFrom(Realm realm, Value value)
    {
        if (!value.IsObject)
            throw realm.TypeError("CreateListFromArrayLike called on non-object.");
        long length = realm.LengthOf(value.Object);
        realm.Charge(length);
        if (length > 65_536)
            throw realm.RangeError("A call has too many arguments.");
        realm.AllocateItems(length);
        Value[] list = new Value[length];
        for (int n = 0; n < list.Length; n++)
            list[n] = realm.GetAt(value.Object, n);
        return list;
    }
}
