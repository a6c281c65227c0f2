namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A closure: prepared code with the scope it was made in (ECMA-262 §10.2).</summary>
internal sealed class ScriptFunction : JsFunction
{
    private Value _nameOverride;

    public ScriptFunction(FunctionCode code, Scoped? scope, JsObject prototype)
        : base(prototype)
    {
        Code = code;
        Scope = scope;
        Postpone();
    }

    public FunctionCode Code { get; }

    public Scoped? Scope { get; }

    /// <summary>Gets or sets the object whose prototype <c>super</c> reads.</summary>
    public JsObject? Home { get; set; }

    /// <summary>Gets or sets what a class constructor does to a new instance before its own code runs.</summary>
    public ClassElements? Elements { get; set; }

    /// <summary>Gets or sets the values of computed field names, if this defines the fields of a class.</summary>
    public List<Value>? FieldKeys { get; set; }

    public override bool IsConstructor => Code.IsConstructor;

    /// <summary>Gives an anonymous function the name of what it is assigned to (ECMA-262 §10.2.9).</summary>
    public void SetName(Value name) => _nameOverride = name;

    public override Value Call(Realm realm, Value thisValue, ReadOnlySpan<Value> arguments)
    {
        if (Code.IsClass)
            throw realm.TypeError($"Class constructor {Code.Name} cannot be invoked without 'new'.");
        if (Code.Suspendable is { } suspendable)
            return suspendable.Start(realm, this, thisValue, arguments);
        Frame frame = realm.Enter(this);
        frame.This = thisValue;
        frame.NewTarget = Value.Undefined;
        Code.Bind(frame, arguments);
        Value result = Code.Run(frame);
        realm.Leave(frame);
        return result;
    }

    public override Value Construct(Realm realm, ReadOnlySpan<Value> arguments, JsObject newTarget)
    {
        bool derived = Code.Kind == FunctionKind.DerivedConstructor;
        Value instance = derived ? Value.Empty : realm.OrdinaryCreateFromConstructor(newTarget, realm.Intrinsics.ObjectPrototype);
        Frame frame = realm.Enter(this);
        frame.This = instance;
        frame.NewTarget = newTarget;
        if (!derived)
            Elements?.Initialize(realm, instance.Object);
        Code.Bind(frame, arguments);
        Value result = Code.Run(frame);
        if (!result.IsObject)
        {
            if (derived && !result.IsUndefined)
                throw realm.TypeError("Derived constructors may only return object or undefined.");
            result = derived ? ThisAfterSuper(frame) : instance;
        }

        realm.Leave(frame);
        return result;
    }

    protected override void Materialize()
    {
        DefineRaw(Names.Length, Code.Length, PropertyFlags.Configurable);
        DefineRaw(Names.Name, _nameOverride.IsUndefined ? Code.Name : _nameOverride, PropertyFlags.Configurable);
        if (Code.IsGenerator)
        {
            DefineRaw(Names.Prototype, new JsObject(Intrinsics.Shared.GeneratorPrototype), PropertyFlags.Writable);
        }
        else if (Code.Kind == FunctionKind.Normal && Code.IsConstructor)
        {
            JsObject prototype = new(Intrinsics.Shared.ObjectPrototype);
            prototype.DefineRaw(Names.Constructor, this, PropertyFlags.Hidden);
            DefineRaw(Names.Prototype, prototype, PropertyFlags.Writable);
        }
    }

    private Value ThisAfterSuper(Frame frame)
    {
        Value value = Code.ThisPlace.Exists
            ? Code.ThisPlace.IsScoped ? OwnScope(frame).Slots[Code.ThisPlace.Slot] : frame.Locals[Code.ThisPlace.Slot]
            : frame.This;
        return value.IsEmpty
            ? throw frame.Realm.ReferenceError("Must call super constructor in derived class before accessing 'this' or returning from derived constructor.")
            : value;
    }

    // Blocks may have left deeper scopes in place when the body returned out of them.
    private Scoped OwnScope(Frame frame)
    {
        Scoped scope = frame.Scope!;
        while (!ReferenceEquals(scope.Parent, Scope))
            scope = scope.Parent!;
        return scope;
    }
}
