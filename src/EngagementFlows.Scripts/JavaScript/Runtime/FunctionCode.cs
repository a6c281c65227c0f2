namespace EngagementFlows.Scripts.JavaScript;

/// <summary>What kind of function a closure is made of.</summary>
internal enum FunctionKind
{
    Normal,
    Arrow,
    Method,
    ClassConstructor,
    DerivedConstructor,
}

/// <summary>A variable's place: a register of the frame, or a slot of the innermost scope.</summary>
/// <param name="Slot">The index.</param>
/// <param name="IsScoped">Whether it is a slot of the scope.</param>
internal readonly record struct Place(int Slot, bool IsScoped)
{
    public static Place None => new(-1, false);

    public bool Exists => Slot >= 0;

    public void Set(Frame frame, Value value)
    {
        if (IsScoped)
            frame.Scope!.Slots[Slot] = value;
        else
            frame.Locals[Slot] = value;
    }
}

/// <summary>A function as prepared once; shared by all its closures, evaluations and threads.</summary>
internal sealed class FunctionCode
{
    public required string Name { get; init; }

    public required FunctionKind Kind { get; init; }

    public bool IsAsync { get; init; }

    public bool IsGenerator { get; init; }

    /// <summary>Gets the number of parameters before the first default or rest.</summary>
    public required int Length { get; init; }

    /// <summary>Gets the text of the function, for <c>toString</c>.</summary>
    public required string Text { get; set; }

    public int LocalCount { get; set; }

    /// <summary>Gets or sets the size of the function's own scope, or −1 if no closure needs one.</summary>
    public int ScopeSize { get; set; } = -1;

    /// <summary>Gets or sets where simple parameters go, in order; <see langword="null"/> if they are bound by <see cref="Prologue"/>.</summary>
    public Place[]? Parameters { get; set; }

    public bool KeepsArguments { get; set; }

    public Place ThisPlace { get; set; } = Place.None;

    public Place NewTargetPlace { get; set; } = Place.None;

    public Place ArgumentsPlace { get; set; } = Place.None;

    public Place HomePlace { get; set; } = Place.None;

    public Place SelfPlace { get; set; } = Place.None;

    public Place NamePlace { get; set; } = Place.None;

    public bool HasSpecialPlaces { get; set; }

    /// <summary>Gets or sets the registers and slots that are uninitialised (or undefined) when the body starts.</summary>
    public Statement[] Prologue { get; set; } = [];

    /// <summary>Gets or sets the body, if it is one expression.</summary>
    public Node? Expression { get; set; }

    public Statement? Body { get; set; }

    /// <summary>Gets or sets the body of a function that can be suspended.</summary>
    public SuspendableCode? Suspendable { get; set; }

    public bool IsConstructor => Kind is FunctionKind.ClassConstructor or FunctionKind.DerivedConstructor || (Kind == FunctionKind.Normal && !IsAsync && !IsGenerator);

    public bool IsClass => Kind is FunctionKind.ClassConstructor or FunctionKind.DerivedConstructor;

    /// <summary>Gives the constructor of a class the text of the class.</summary>
    public FunctionCode WithText(string text)
    {
        Text = text;
        return this;
    }

    /// <summary>Binds the arguments and the special names (ECMA-262 §10.2.11, FunctionDeclarationInstantiation).</summary>
    public void Bind(Frame frame, ReadOnlySpan<Value> arguments)
    {
        Realm realm = frame.Realm;
        if (ScopeSize >= 0)
        {
            realm.Allocate(56 + (16 * ScopeSize));
            frame.Scope = new Scoped(new Value[ScopeSize], frame.Function!.Scope);
        }
        else
        {
            frame.Scope = frame.Function!.Scope;
        }

        if (Parameters is { } places)
        {
            for (int i = 0; i < places.Length; i++)
                places[i].Set(frame, i < arguments.Length ? arguments[i] : Value.Undefined);
        }

        if (KeepsArguments)
        {
            realm.Allocate(24 + (16 * arguments.Length));
            frame.Arguments = arguments.ToArray();
        }

        if (HasSpecialPlaces)
            BindSpecial(frame);
        foreach (Statement statement in Prologue)
            statement.Execute(frame);
    }

    public Value Run(Frame frame)
    {
        if (Expression is { } expression)
            return expression.Evaluate(frame);
        return Body!.Execute(frame) == Completion.Return ? frame.Result : Value.Undefined;
    }

    private void BindSpecial(Frame frame)
    {
        if (ThisPlace.Exists)
            ThisPlace.Set(frame, frame.This);
        if (NewTargetPlace.Exists)
            NewTargetPlace.Set(frame, frame.NewTarget);
        if (ArgumentsPlace.Exists)
            ArgumentsPlace.Set(frame, frame.Realm.ArgumentsObject(frame.Arguments));
        if (HomePlace.Exists)
            HomePlace.Set(frame, frame.Function!.Home is { } home ? home : Value.Undefined);
        if (SelfPlace.Exists)
            SelfPlace.Set(frame, frame.Function!);
        if (NamePlace.Exists)
            NamePlace.Set(frame, frame.Function!);
    }
}
