namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Wraps durations and guids for one program.</summary>
internal static class HostWrapping
{
    public static Value Wrap(this ScriptTypes types, Realm realm, object plain)
    {
        realm.Allocate(72);
        JsObject prototype = types.Find(plain.GetType()) is { } type ? HostTypes.PrototypeOf(type) : realm.Intrinsics.UnknownHostPrototype;
        return new HostValue(plain, prototype);
    }
}
