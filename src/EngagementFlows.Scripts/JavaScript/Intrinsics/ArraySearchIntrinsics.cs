namespace EngagementFlows.Scripts.JavaScript;

/// <summary>at, includes, indexOf, lastIndexOf.</summary>
internal static class ArraySearchIntrinsics
{
    public static void Define(JsArray prototype, Builder b)
    {
        b.Method(prototype, "at", 1, (realm, self, a) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            long length = realm.LengthOf(o);
            double index = Operations.ToInteger(realm, a.At(0));
            double at = index < 0 ? length + index : index;
            return at < 0 || at >= length ? Value.Undefined : realm.GetAt(o, (long)at);
        });
        b.Method(prototype, "includes", 1, (realm, self, a) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            long length = realm.LengthOf(o);
            for (long n = length == 0 ? 0 : Operations.RelativeIndex(realm, a.At(1), length, 0); n < length; n++)
            {
                realm.Charge(1);
                if (Operations.SameValueZero(realm.GetAt(o, n), a.At(0)))
                    return true;
            }

            return false;
        });
        b.Method(prototype, "indexOf", 1, (realm, self, a) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            long length = realm.LengthOf(o);
            for (long n = length == 0 ? 0 : Operations.RelativeIndex(realm, a.At(1), length, 0); n < length; n++)
            {
                realm.Charge(1);
                if (realm.HasAt(o, n) && Operations.StrictEquals(realm.GetAt(o, n), a.At(0)))
                    return n;
            }

            return -1;
        });
        b.Method(prototype, "lastIndexOf", 1, (realm, self, a) =>
        {
            JsObject o = ArrayIntrinsics.Self(realm, self);
            long length = realm.LengthOf(o);
            if (length == 0)
                return -1;
            double from = a.Length > 1 ? Operations.ToInteger(realm, a[1]) : length - 1;
            double start = from < 0 ? length + from : Math.Min(from, length - 1);
            for (long n = start < 0 ? -1 : (long)start; n >= 0; n--)
            {
                realm.Charge(1);
                if (realm.HasAt(o, n) && Operations.StrictEquals(realm.GetAt(o, n), a.At(0)))
                    return n;
            }

            return -1;
        });
        JsObject unscopables = b.Object();
        unscopables.DefineRaw("flat", true, PropertyFlags.All);
        prototype.DefineRaw(Symbol.Unscopables, unscopables, PropertyFlags.Configurable);
    }
}
