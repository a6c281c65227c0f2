namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The getter and setter of an accessor property.</summary>
internal sealed class Accessor(JsObject? get, JsObject? set)
{
    public JsObject? Get { get; } = get;

    public JsObject? Set { get; } = set;
}
