using System.Collections.Frozen;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The objects of the language: made once per process, frozen, and shared by all evaluations (ECMA-262 §18 to §28).</summary>
internal sealed class Intrinsics
{
    private readonly Dictionary<string, Value> _globals = new(StringComparer.Ordinal);

    private Intrinsics()
    {
        ObjectPrototype = new JsObject(null);
        FunctionPrototype = new BuiltinFunction(ObjectPrototype, string.Empty, 0, (_, _, _) => Value.Undefined);
        IteratorPrototype = New();
        ArrayPrototype = new JsArray(ObjectPrototype, [], 0);
    }

    public static Intrinsics Shared { get; } = Make();

    /// <summary>Gets the names that the language defines.</summary>
    public FrozenDictionary<string, Value> Globals { get; private set; } = FrozenDictionary<string, Value>.Empty;

    public JsObject ObjectPrototype { get; }

    public BuiltinFunction FunctionPrototype { get; }

    public JsObject IteratorPrototype { get; }

    public JsArray ArrayPrototype { get; }

    public JsObject ArrayIteratorPrototype { get; private set; } = null!;

    public JsObject StringIteratorPrototype { get; private set; } = null!;

    public JsObject StringPrototype { get; private set; } = null!;

    public JsObject NumberPrototype { get; private set; } = null!;

    public JsObject BooleanPrototype { get; private set; } = null!;

    public JsObject SymbolPrototype { get; private set; } = null!;

    public JsObject DatePrototype { get; private set; } = null!;

    public JsObject RegExpPrototype { get; private set; } = null!;

    public JsObject MapPrototype { get; private set; } = null!;

    public JsObject SetPrototype { get; private set; } = null!;

    public JsObject PromisePrototype { get; private set; } = null!;

    public JsObject Uint8ArrayPrototype { get; private set; } = null!;

    public JsObject ErrorPrototype { get; private set; } = null!;

    public JsObject TypeErrorPrototype { get; private set; } = null!;

    public JsObject RangeErrorPrototype { get; private set; } = null!;

    public JsObject ReferenceErrorPrototype { get; private set; } = null!;

    public JsObject SyntaxErrorPrototype { get; private set; } = null!;

    public JsObject UriErrorPrototype { get; private set; } = null!;

    public JsObject AggregateErrorPrototype { get; private set; } = null!;

    public JsObject GeneratorFunctionPrototype { get; private set; } = null!;

    public JsObject GeneratorPrototype { get; private set; } = null!;

    public JsObject AsyncFunctionPrototype { get; private set; } = null!;

    public JsObject UnknownHostPrototype { get; private set; } = null!;

    public Value ArrayValues { get; private set; }

    public JsObject FunctionHasInstance { get; private set; } = null!;

    public JsFunction PromiseConstructor { get; private set; } = null!;

    public JsFunction ArrayConstructor { get; private set; } = null!;

    public JsFunction RegExpConstructor { get; private set; } = null!;

    /// <summary>Gets the accessor that throws for names that strict code may not read.</summary>
    public Accessor Poison { get; set; } = null!;

    public BuiltinFunction Print { get; private set; } = null!;

    public JsObject New() => new(ObjectPrototype);

    /// <summary>Defines a name of the language.</summary>
    public void Global(string name, Value value) => _globals.Add(name, value);

    private static Intrinsics Make()
    {
        Intrinsics i = new();
        Builder b = new(i);
        i.FunctionHasInstance = FunctionIntrinsics.Define(i, b);
        ObjectIntrinsics.Define(i, b);
        IteratorIntrinsics.Define(i, b);
        i.ArrayIteratorPrototype = IteratorIntrinsics.MakePrototype(i, b, "Array Iterator");
        i.StringIteratorPrototype = IteratorIntrinsics.MakePrototype(i, b, "String Iterator");
        (i.ArrayConstructor, i.ArrayValues) = ArrayIntrinsics.Define(i, b);
        i.SymbolPrototype = SymbolIntrinsics.Define(i, b);
        i.StringPrototype = StringIntrinsics.Define(i, b);
        i.NumberPrototype = NumberIntrinsics.Define(i, b);
        i.BooleanPrototype = BooleanIntrinsics.Define(i, b);
        MathIntrinsics.Define(i, b);
        JsonIntrinsics.Define(i, b);
        DefineErrors(i, b);
        i.MapPrototype = MapIntrinsics.Define(i, b);
        i.SetPrototype = SetIntrinsics.Define(i, b);
        WeakIntrinsics.Define(i, b);
        i.DatePrototype = DateIntrinsics.Define(i, b);
        (i.RegExpConstructor, i.RegExpPrototype) = RegExpIntrinsics.Define(i, b);
        (i.PromiseConstructor, i.PromisePrototype) = PromiseIntrinsics.Define(i, b);
        i.Uint8ArrayPrototype = Uint8ArrayIntrinsics.Define(i, b);
        i.GeneratorPrototype = GeneratorIntrinsics.DefineGenerator(i, b);
        i.GeneratorFunctionPrototype = GeneratorIntrinsics.DefineFunction(i, b, "GeneratorFunction", i.GeneratorPrototype);
        i.AsyncFunctionPrototype = GeneratorIntrinsics.DefineFunction(i, b, "AsyncFunction", null);
        ReflectIntrinsics.Define(i, b);
        IntlFormats.Define(i, b);
        i.Print = GlobalFunctions.Define(i, b);
        i.UnknownHostPrototype = MakeUnknownHost(i, b);
        i.Globals = i._globals.ToFrozenDictionary(StringComparer.Ordinal);
        b.FreezeAll();
        return i;
    }

    private static void DefineErrors(Intrinsics i, Builder b)
    {
        (JsFunction constructor, i.ErrorPrototype) = ErrorIntrinsics.Define(i, b, "Error", null, null);
        i.TypeErrorPrototype = ErrorIntrinsics.Define(i, b, "TypeError", constructor, i.ErrorPrototype).Prototype;
        i.RangeErrorPrototype = ErrorIntrinsics.Define(i, b, "RangeError", constructor, i.ErrorPrototype).Prototype;
        i.ReferenceErrorPrototype = ErrorIntrinsics.Define(i, b, "ReferenceError", constructor, i.ErrorPrototype).Prototype;
        i.SyntaxErrorPrototype = ErrorIntrinsics.Define(i, b, "SyntaxError", constructor, i.ErrorPrototype).Prototype;
        i.UriErrorPrototype = ErrorIntrinsics.Define(i, b, "URIError", constructor, i.ErrorPrototype).Prototype;
        ErrorIntrinsics.Define(i, b, "EvalError", constructor, i.ErrorPrototype);
        i.AggregateErrorPrototype = ErrorIntrinsics.Define(i, b, "AggregateError", constructor, i.ErrorPrototype).Prototype;
    }

    /// <summary>Durations and guids of programs that name no type for them still have their text.</summary>
    private static JsObject MakeUnknownHost(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        foreach (string name in (string[])[Names.ToStringName, Names.ToJson, Names.ValueOf])
            b.Method(prototype, name, 0, (_, thisValue, _) => thisValue.As<HostValue>() is { } value ? HostTypes.TextOf(value.Plain) : string.Empty);
        return prototype;
    }
}

/// <summary>Short forms to define built-in objects; remembers them all, to freeze them in the end.</summary>
internal sealed class Builder(Intrinsics intrinsics)
{
    private readonly List<JsObject> _made = [intrinsics.ObjectPrototype, intrinsics.FunctionPrototype, intrinsics.IteratorPrototype, intrinsics.ArrayPrototype];

    public JsObject Object(JsObject? prototype = null)
    {
        JsObject made = new(prototype ?? intrinsics.ObjectPrototype);
        _made.Add(made);
        return made;
    }

    public BuiltinFunction Function(string name, int length, NativeCode code, NativeConstructor? construct = null, JsObject? prototype = null)
    {
        BuiltinFunction function = new(prototype ?? intrinsics.FunctionPrototype, name, length, code, construct);
        _made.Add(function);
        return function;
    }

    public BuiltinFunction Method(JsObject owner, string name, int length, NativeCode code)
    {
        BuiltinFunction function = Function(name, length, code);
        owner.DefineRaw(name, function, PropertyFlags.Hidden);
        return function;
    }

    public BuiltinFunction Method(JsObject owner, Symbol name, int length, NativeCode code, PropertyFlags flags = PropertyFlags.Hidden)
    {
        BuiltinFunction function = Function($"[{name.Description}]", length, code);
        owner.DefineRaw(name, function, flags);
        return function;
    }

    public void Getter(JsObject owner, PropertyKey name, NativeCode code)
    {
        string text = name.Symbol is { } symbol ? $"[{symbol.Description}]" : name.ToString();
        owner.DefineRaw(name, new Value(new Accessor(Function("get " + text, 0, code), null)), PropertyFlags.Configurable);
    }

    public void Constant(JsObject owner, string name, Value value) => owner.DefineRaw(name, value, PropertyFlags.None);

    public void Tag(JsObject owner, string tag) => owner.DefineRaw(Symbol.ToStringTag, tag, PropertyFlags.Configurable);

    /// <summary>Ties a constructor and its prototype together and makes it a global.</summary>
    public BuiltinFunction Constructor(string name, int length, JsObject prototype, NativeCode call, NativeConstructor? construct, JsObject? parent = null)
    {
        BuiltinFunction constructor = Function(name, length, call, construct, parent);
        constructor.DefineRaw(Names.Prototype, prototype, PropertyFlags.None);
        prototype.DefineRaw(Names.Constructor, constructor, PropertyFlags.Hidden);
        intrinsics.Global(name, constructor);
        return constructor;
    }

    public static NativeCode NeedsNew(string name) => (realm, _, _) => throw realm.TypeError($"Class constructor {name} cannot be invoked without 'new'.");

    public void Remember(JsObject made) => _made.Add(made);

    public void FreezeAll()
    {
        foreach (JsObject made in _made)
            made.FreezeIntrinsic();
    }
}
