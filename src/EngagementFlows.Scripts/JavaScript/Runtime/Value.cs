using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The language types of ECMA-262 §6.1, and two marks that never reach a script.</summary>
internal enum Kind
{
    Undefined,
    Null,
    Boolean,
    String,
    Symbol,
    Object,
    Number,

    /// <summary>A hole of an array, a binding that is not initialised yet, or a chain cut short by <c>?.</c>.</summary>
    Empty,

    /// <summary>A getter and setter pair in a property's slot.</summary>
    Accessor,
}

/// <summary>A value of the language in 16 bytes: a reference and 64 bits, so numbers are never boxed.</summary>
/// <remarks>For numbers the reference is a mark and the bits are the double; for all others the bits are the kind.</remarks>
internal readonly struct Value
{
    private static readonly object s_number = new();

    private readonly object? _reference;
    private readonly long _bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value(double number)
    {
        _reference = s_number;
        _bits = BitConverter.DoubleToInt64Bits(number);
    }

    public Value(string text)
    {
        _reference = text;
        _bits = (long)Kind.String;
    }

    public Value(Rope text)
    {
        _reference = text;
        _bits = (long)Kind.String;
    }

    public Value(JsObject value)
    {
        _reference = value;
        _bits = (long)Kind.Object;
    }

    public Value(Symbol value)
    {
        _reference = value;
        _bits = (long)Kind.Symbol;
    }

    public Value(Accessor value)
    {
        _reference = value;
        _bits = (long)Kind.Accessor;
    }

    public static Value Undefined => default;

    public static Value Null => new(null, (long)Kind.Null);

    public static Value Empty => new(null, (long)Kind.Empty);

    public static Value True => new(null, (long)Kind.Boolean | 256);

    public static Value False => new(null, (long)Kind.Boolean);

    public static Value NaN => new(double.NaN);

    public static Value Zero => new(0d);

    public static Value EmptyString => new(string.Empty);

    public Kind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(_reference, s_number) ? Kind.Number : (Kind)(byte)_bits;
    }

    public bool IsNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(_reference, s_number);
    }

    public bool IsObject
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bits == (long)Kind.Object && !ReferenceEquals(_reference, s_number);
    }

    public bool IsString => _bits == (long)Kind.String && !ReferenceEquals(_reference, s_number);

    public bool IsUndefined => _reference is null && _bits == (long)Kind.Undefined;

    public bool IsNull => _reference is null && _bits == (long)Kind.Null;

    public bool IsNullish => _reference is null && _bits <= (long)Kind.Null;

    public bool IsEmpty => _reference is null && _bits == (long)Kind.Empty;

    public bool IsBoolean => _reference is null && (byte)_bits == (byte)Kind.Boolean;

    public bool IsTrue => _reference is null && _bits == ((long)Kind.Boolean | 256);

    public bool IsSymbol => Kind == Kind.Symbol;

    public bool IsAccessor => _bits == (long)Kind.Accessor && !ReferenceEquals(_reference, s_number);

    /// <summary>Gets the number; meaningless unless <see cref="IsNumber"/>.</summary>
    public double Number
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.Int64BitsToDouble(_bits);
    }

    /// <summary>Gets the object; meaningless unless <see cref="IsObject"/>.</summary>
    public JsObject Object
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.As<JsObject>(_reference!);
    }

    public Symbol Symbol => Unsafe.As<Symbol>(_reference!);

    public Accessor Accessor => Unsafe.As<Accessor>(_reference!);

    /// <summary>Gets the flat text; meaningless unless <see cref="IsString"/>.</summary>
    public string Text
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _reference as string ?? Unsafe.As<Rope>(_reference!).Flatten();
    }

    public Rope? Rope => _reference as Rope;

    /// <summary>Gets the number of UTF-16 units; meaningless unless <see cref="IsString"/>.</summary>
    public int TextLength => _reference is string text ? text.Length : Unsafe.As<Rope>(_reference!).Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Of(bool value) => value ? True : False;

    public static implicit operator Value(double number) => new(number);

    public static implicit operator Value(string text) => new(text);

    public static implicit operator Value(JsObject value) => new(value);

    public static implicit operator Value(bool value) => Of(value);

    /// <summary>Tells whether this is the object <paramref name="other"/>.</summary>
    public bool Is(JsObject other) => ReferenceEquals(_reference, other);

    public T? As<T>()
        where T : JsObject => IsObject ? _reference as T : null;

    /// <summary>Tells whether both hold the very same reference or bits (not the language's equality).</summary>
    public bool SameBits(Value other) => ReferenceEquals(_reference, other._reference) && _bits == other._bits;
}
