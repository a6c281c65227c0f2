namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Searching for text in text.</summary>
internal static class StringSearchIntrinsics
{
    public static void Define(JsObject prototype, Builder b)
    {
        b.Method(prototype, "indexOf", 1, (realm, self, a) =>
        {
            string text = StringIntrinsics.Self(realm, self, "indexOf");
            string wanted = Operations.ToString(realm, a.At(0));
            int from = (int)Math.Clamp(Operations.ToInteger(realm, a.At(1)), 0, text.Length);
            return IndexOf(realm, text, wanted, from);
        });
        b.Method(prototype, "lastIndexOf", 1, (realm, self, a) =>
        {
            string text = StringIntrinsics.Self(realm, self, "lastIndexOf");
            string wanted = Operations.ToString(realm, a.At(0));
            double from = Operations.ToNumber(realm, a.At(1));
            int start = double.IsNaN(from) ? text.Length : (int)Math.Clamp(Math.Truncate(from), 0, text.Length);
            realm.Charge(1 + (start >> 3));
            int end = Math.Min(start + wanted.Length, text.Length);
            return text.AsSpan(0, end).LastIndexOf(wanted, StringComparison.Ordinal);
        });
        b.Method(prototype, "includes", 1, (realm, self, a) =>
        {
            string text = StringIntrinsics.Self(realm, self, "includes");
            string wanted = NotRegExp(realm, a.At(0), "includes");
            return IndexOf(realm, text, wanted, (int)Math.Clamp(Operations.ToInteger(realm, a.At(1)), 0, text.Length)) >= 0;
        });
        b.Method(prototype, "startsWith", 1, (realm, self, a) =>
        {
            string text = StringIntrinsics.Self(realm, self, "startsWith");
            string wanted = NotRegExp(realm, a.At(0), "startsWith");
            int from = (int)Math.Clamp(Operations.ToInteger(realm, a.At(1)), 0, text.Length);
            realm.Charge(wanted.Length >> 4);
            return text.AsSpan(from).StartsWith(wanted, StringComparison.Ordinal);
        });
        b.Method(prototype, "endsWith", 1, (realm, self, a) =>
        {
            string text = StringIntrinsics.Self(realm, self, "endsWith");
            string wanted = NotRegExp(realm, a.At(0), "endsWith");
            int end = a.At(1).IsUndefined ? text.Length : (int)Math.Clamp(Operations.ToInteger(realm, a[1]), 0, text.Length);
            realm.Charge(wanted.Length >> 4);
            return text.AsSpan(0, end).EndsWith(wanted, StringComparison.Ordinal);
        });
    }

    public static int IndexOf(Realm realm, string text, string wanted, int from)
    {
        // The framework's search is vectorised, but its worst case is length times length.
        int found = text.AsSpan(from).IndexOf(wanted, StringComparison.Ordinal);
        long scanned = found < 0 ? text.Length - from : found;
        realm.Charge((scanned >> 4) + ((scanned * Math.Min(wanted.Length, 64)) >> 9));
        return found < 0 ? -1 : found + from;
    }

    private static string NotRegExp(Realm realm, Value value, string method)
    {
        if (value.IsObject)
        {
            Value matcher = value.Object.Get(realm, Symbol.Match);
            if (matcher.IsUndefined ? value.Object is JsRegExp : Operations.ToBoolean(matcher))
                throw realm.TypeError($"First argument to String.prototype.{method} must not be a regular expression.");
        }

        return Operations.ToString(realm, value);
    }
}
