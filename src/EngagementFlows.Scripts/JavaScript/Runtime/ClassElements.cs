namespace EngagementFlows.Scripts.JavaScript;

/// <summary>What a class adds to each instance: private methods first, then fields in order (ECMA-262 §7.3.34, InitializeInstanceElements).</summary>
internal sealed class ClassElements(List<PrivateMethod> methods, ScriptFunction? fields)
{
    public void Initialize(Realm realm, JsObject instance)
    {
        foreach (PrivateMethod method in methods)
            instance.AddPrivate(realm, method.Name, method.Value, writable: false);
        fields?.Call(realm, instance, []);
    }
}

/// <summary>A private method, or a pair of private accessors.</summary>
internal readonly record struct PrivateMethod(Symbol Name, Value Value);
