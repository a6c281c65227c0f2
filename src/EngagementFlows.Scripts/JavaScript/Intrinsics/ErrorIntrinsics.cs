namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Error and its kinds (ECMA-262 §20.5).</summary>
internal static class ErrorIntrinsics
{
    public static (JsFunction Constructor, JsObject Prototype) Define(Intrinsics i, Builder b, string name, JsFunction? parent, JsObject? parentPrototype)
    {
        _ = i;
        JsObject prototype = b.Object(parentPrototype);
        prototype.DefineRaw(Names.Name, name, PropertyFlags.Hidden);
        prototype.DefineRaw(Names.Message, Value.EmptyString, PropertyFlags.Hidden);
        bool isAggregate = name == "AggregateError";
        BuiltinFunction constructor = b.Constructor(
            name,
            isAggregate ? 2 : 1,
            prototype,
            (realm, _, a) => Make(realm, a, prototype, isAggregate),
            (realm, a, newTarget) => Make(realm, a, realm.PrototypeFrom(newTarget, prototype), isAggregate),
            parent);
        if (parent is null)
            b.Method(prototype, Names.ToStringName, 0, ToText);
        return (constructor, prototype);
    }

    private static JsError Make(Realm realm, ReadOnlySpan<Value> a, JsObject prototype, bool isAggregate)
    {
        realm.Allocate(160);
        JsError error = new(prototype);
        int at = isAggregate ? 1 : 0;
        if (!a.At(at).IsUndefined)
            error.DefineRaw(Names.Message, Operations.ToString(realm, a[at]), PropertyFlags.Hidden);
        if (a.At(at + 1).IsObject && a[at + 1].Object.Has(realm, "cause"))
            error.DefineRaw("cause", a[at + 1].Object.Get(realm, "cause"), PropertyFlags.Hidden);
        if (isAggregate)
        {
            JsArray errors = realm.NewArray();
            Iteration.ForEach(realm, a.At(0), item => errors.Add(realm, item));
            error.DefineRaw("errors", errors, PropertyFlags.Hidden);
        }

        error.DefineRaw("stack", $"{realm.NameOf(prototype)}: {realm.TextOf(error.Get(realm, Names.Message))}", PropertyFlags.Hidden);
        return error;
    }

    private static Value ToText(Realm realm, Value self, ReadOnlySpan<Value> a)
    {
        if (!self.IsObject)
            throw realm.TypeError("Error.prototype.toString requires that 'this' be an object.");
        Value name = self.Object.Get(realm, Names.Name);
        string nameText = name.IsUndefined ? "Error" : Operations.ToString(realm, name);
        Value message = self.Object.Get(realm, Names.Message);
        string messageText = message.IsUndefined ? string.Empty : Operations.ToString(realm, message);
        if (nameText.Length == 0)
            return messageText;
        return messageText.Length == 0 ? nameText : $"{nameText}: {messageText}";
    }
}

internal sealed partial class Realm
{
    /// <summary>The text of a primitive value, or a description of an object; never calls the script.</summary>
    public string TextOf(Value value) => value.IsString ? value.Text : Describe(value);
}
