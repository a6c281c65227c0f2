namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Case, normal forms and comparison.</summary>
internal static class StringCaseIntrinsics
{
    public static void Define(JsObject prototype, Builder b)
    {
        foreach (string name in (string[])["toUpperCase", "toLocaleUpperCase"])
            b.Method(prototype, name, 0, (realm, self, _) => Cased(realm, StringIntrinsics.Self(realm, self, name), toUpper: true));
        foreach (string name in (string[])["toLowerCase", "toLocaleLowerCase"])
            b.Method(prototype, name, 0, (realm, self, _) => Cased(realm, StringIntrinsics.Self(realm, self, name), toUpper: false));
        b.Method(prototype, "localeCompare", 1, (realm, self, a) =>
        {
            string text = StringIntrinsics.Self(realm, self, "localeCompare");
            string other = Operations.ToString(realm, a.At(0));
            realm.Charge(1 + (4L * (text.Length + other.Length)));
            realm.Allocate(8L * (text.Length + other.Length));
            return Collation.Compare(text, other, a.At(2).IsObject ? CollationOptions.From(realm, a.At(2).Object) : default);
        });
        b.Method(prototype, "normalize", 0, (realm, self, a) =>
        {
            string text = StringIntrinsics.Self(realm, self, "normalize");
            string form = a.At(0).IsUndefined ? "NFC" : Operations.ToString(realm, a[0]);
            if (form is not ("NFC" or "NFD" or "NFKC" or "NFKD"))
                throw realm.RangeError($"The normalization form should be one of NFC, NFD, NFKC, NFKD, not '{form}'.");
            realm.AllocateText(text.Length);
            realm.AllocateText(2L * text.Length);
            realm.Charge(4L * text.Length);
            return Normalization.Normalize(text, form);
        });
    }

    private static string Cased(Realm realm, string text, bool toUpper)
    {
        realm.AllocateText(text.Length);
        realm.Charge(text.Length >> 2);
        return toUpper ? Casing.ToUpper(text) : Casing.ToLower(text);
    }
}
