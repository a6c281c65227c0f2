namespace EngagementFlows.Scripts.JavaScript;

/// <summary>How a class is made (ECMA-262 §15.7.14, ClassDefinitionEvaluation).</summary>
internal sealed class ClassPlan
{
    public required string Name { get; init; }

    public required Span Span { get; init; }

    public required FunctionCode Constructor { get; init; }

    public Node? Heritage { get; init; }

    public required ClassMember[] Members { get; init; }

    /// <summary>Gets the number of slots of the class's own scope, or −1 if no closure uses it.</summary>
    public required int ScopeSize { get; init; }

    public required Place OwnName { get; init; }

    /// <summary>Gets the private names and where each evaluation of the class keeps its own symbol for them.</summary>
    public required (string Name, Place Place)[] PrivateNames { get; init; }

    /// <summary>Gets the code that defines the fields of an instance, if there are any.</summary>
    public FunctionCode? Fields { get; init; }

    public Value Evaluate(Frame frame)
    {
        Realm realm = frame.Realm;
        Scoped? outer = frame.Scope;
        if (ScopeSize >= 0)
            frame.Scope = new Scoped(new Value[ScopeSize], outer);
        realm.Allocate(400 + (16 * Math.Max(0, ScopeSize)));
        if (OwnName.Exists)
            OwnName.Set(frame, Value.Empty);
        foreach ((string name, Place place) in PrivateNames)
            place.Set(frame, new Value(new Symbol(name, isPrivate: true)));
        (JsObject? prototypeParent, JsObject constructorParent) = EvaluateHeritage(frame);
        JsObject prototype = new(prototypeParent);
        ScriptFunction constructor = new(Constructor, frame.Scope, constructorParent) { Home = prototype };
        constructor.DefineRaw(Names.Prototype, prototype, PropertyFlags.None);
        prototype.DefineRaw(Names.Constructor, constructor, PropertyFlags.Hidden);
        DefineMembers(frame, constructor, prototype);
        frame.Scope = outer;
        return constructor;
    }

    private (JsObject? Prototype, JsObject Constructor) EvaluateHeritage(Frame frame)
    {
        Realm realm = frame.Realm;
        if (Heritage is null)
            return (realm.Intrinsics.ObjectPrototype, realm.Intrinsics.FunctionPrototype);
        Value parent = Heritage.Evaluate(frame);
        realm.Position = Span.Start;
        if (parent.IsNull)
            return (null, realm.Intrinsics.FunctionPrototype);
        if (!parent.IsObject || !parent.Object.IsConstructor)
            throw realm.TypeError($"Class extends value {realm.Describe(parent)} is not a constructor or null.");
        Value prototype = parent.Object.Get(realm, Names.Prototype);
        if (!prototype.IsObject && !prototype.IsNull)
            throw realm.TypeError("Class extends value does not have a valid prototype property.");
        return (prototype.IsNull ? null : prototype.Object, parent.Object);
    }

    private void DefineMembers(Frame frame, ScriptFunction constructor, JsObject prototype)
    {
        Realm realm = frame.Realm;
        List<PrivateMethod> instanceMethods = [];
        List<PrivateMethod> staticMethods = [];
        List<(ClassMember Member, Value Key)> statics = [];
        List<Value> fieldKeys = [];
        foreach (ClassMember member in Members)
        {
            JsObject home = member.IsStatic ? constructor : prototype;
            Value key = member.Key is null ? default : Operations.ToPropertyKey(realm, member.Key.Evaluate(frame)).ToValue();
            if (member.Kind is PropertyKind.Field or PropertyKind.StaticBlock)
            {
                if (member.IsStatic)
                    statics.Add((member, key));
                else if (member.Key is not null)
                    fieldKeys.Add(key);
            }
            else if (member.PrivateName is { } privateName)
            {
                AddPrivateMethod(member.IsStatic ? staticMethods : instanceMethods, frame, member, privateName.Evaluate(frame).Symbol, home);
            }
            else
            {
                DefineMethod(frame, member, home, key);
            }
        }

        if (OwnName.Exists)
            OwnName.Set(frame, constructor);
        ScriptFunction? fields = Fields is null ? null : new(Fields, frame.Scope, realm.Intrinsics.FunctionPrototype) { Home = prototype, FieldKeys = fieldKeys };
        if (instanceMethods.Count > 0 || fields is not null)
            constructor.Elements = new ClassElements(instanceMethods, fields);
        foreach (PrivateMethod method in staticMethods)
            constructor.AddPrivate(realm, method.Name, method.Value, writable: false);
        foreach ((ClassMember member, Value key) in statics)
            DefineStatic(frame, member, key, constructor);
    }

    private static void DefineMethod(Frame frame, ClassMember member, JsObject home, Value key)
    {
        MemberPart part = new(member.Kind, member.Name, null, member.Value!, namesFunction: true);
        PropertyKey name = member.Name is not null ? new PropertyKey(member.Name) : Operations.ToPropertyKey(frame.Realm, key);
        if (ReferenceEquals(name.Raw, Names.Prototype) || name.Text == Names.Prototype)
        {
            if (member.IsStatic)
                throw frame.Realm.TypeError("Classes may not have a static member named 'prototype'.");
        }

        part.Add(frame.Realm, home, name, member.Value!.Evaluate(frame), PropertyFlags.Hidden);
    }

    private static void AddPrivateMethod(List<PrivateMethod> methods, Frame frame, ClassMember member, Symbol name, JsObject home)
    {
        ScriptFunction function = (ScriptFunction)member.Value!.Evaluate(frame).Object;
        function.Home = home;
        if (member.Kind == PropertyKind.Method)
        {
            methods.Add(new(name, function));
            return;
        }

        int known = methods.FindIndex(method => ReferenceEquals(method.Name, name));
        Accessor? other = known < 0 ? null : methods[known].Value.Accessor;
        Accessor both = member.Kind == PropertyKind.Get ? new(function, other?.Set) : new(other?.Get, function);
        if (known < 0)
            methods.Add(new(name, new Value(both)));
        else
            methods[known] = new(name, new Value(both));
    }

    private static void DefineStatic(Frame frame, ClassMember member, Value key, ScriptFunction constructor)
    {
        Realm realm = frame.Realm;
        Value value = default;
        if (member.Value is not null)
        {
            ScriptFunction initializer = (ScriptFunction)member.Value.Evaluate(frame).Object;
            initializer.Home = constructor;
            value = initializer.Call(realm, constructor, []);
        }

        if (member.Kind == PropertyKind.StaticBlock)
            return;
        if (member.PrivateName is { } privateName)
        {
            constructor.AddPrivate(realm, privateName.Evaluate(frame).Symbol, value, writable: true);
            return;
        }

        PropertyKey name = member.Name is not null ? new PropertyKey(member.Name) : Operations.ToPropertyKey(realm, key);
        FieldStatement.Define(realm, constructor, name, value, member.NamesFunction);
    }
}

/// <summary>A member of a class: a method, an accessor, or a static field or block with its initializer as <see cref="Value"/>.</summary>
internal sealed record ClassMember(PropertyKind Kind, bool IsStatic, string? Name, Node? Key, Node? PrivateName, Node? Value, bool NamesFunction);

/// <summary>Defines one field of a new instance, which is <c>this</c>.</summary>
internal sealed class FieldStatement(string? name, int computedIndex, Node? privateName, Node? value, bool namesFunction) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        Value result = default;
        if (value is not null)
        {
            ScriptFunction initializer = (ScriptFunction)value.Evaluate(frame).Object;
            initializer.Home = frame.Function!.Home;
            result = initializer.Call(realm, frame.This, []);
        }

        JsObject instance = frame.This.Object;
        if (privateName is not null)
            instance.AddPrivate(realm, privateName.Evaluate(frame).Symbol, result, writable: true);
        else
            Define(realm, instance, name is not null ? name : Operations.ToPropertyKey(realm, frame.Function!.FieldKeys![computedIndex]), result, namesFunction);
        return Completion.Normal;
    }

    public static void Define(Realm realm, JsObject instance, PropertyKey name, Value value, bool namesFunction)
    {
        if (namesFunction && value.As<ScriptFunction>() is { } function)
            function.SetName(FunctionNames.Of(name, PropertyKind.Value));
        if (!instance.CreateDataProperty(realm, name, value))
            throw realm.TypeError($"Cannot define field '{name}' on {realm.Describe(instance)}.");
    }
}
