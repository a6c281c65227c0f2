namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Boolean (ECMA-262 §20.3).</summary>
internal static class BooleanIntrinsics
{
    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsPrimitiveObject prototype = new(Value.False, i.ObjectPrototype);
        b.Remember(prototype);
        b.Constructor("Boolean", 1, prototype, (_, _, a) => Operations.ToBoolean(a.At(0)), (realm, a, newTarget) =>
        {
            realm.Allocate(72);
            return new JsPrimitiveObject(Operations.ToBoolean(a.At(0)), realm.PrototypeFrom(newTarget, realm.Intrinsics.BooleanPrototype));
        });
        b.Method(prototype, Names.ValueOf, 0, (realm, self, _) => ThisBoolean(realm, self));
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) => ThisBoolean(realm, self).IsTrue ? "true" : "false");
        return prototype;
    }

    private static Value ThisBoolean(Realm realm, Value self)
    {
        if (self.IsBoolean)
            return self;
        return self.As<JsPrimitiveObject>() is { Value.IsBoolean: true } o ? o.Value : throw realm.TypeError("Boolean.prototype.valueOf requires that 'this' be a Boolean.");
    }
}
