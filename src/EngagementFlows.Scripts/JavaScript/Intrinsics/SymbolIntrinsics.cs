namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Symbol (ECMA-262 §20.4).</summary>
internal static class SymbolIntrinsics
{
    public static JsObject Define(Intrinsics i, Builder b)
    {
        JsObject prototype = b.Object();
        _ = i;
        BuiltinFunction constructor = b.Constructor("Symbol", 0, prototype, (realm, _, a) =>
        {
            realm.Allocate(48);
            return new Value(new Symbol(a.At(0).IsUndefined ? null : Operations.ToString(realm, a[0])));
        }, (realm, _, _) => throw realm.TypeError("Symbol is not a constructor."));
        foreach (Symbol symbol in (Symbol[])
            [Symbol.Iterator, Symbol.HasInstance, Symbol.ToPrimitive, Symbol.ToStringTag, Symbol.Species, Symbol.IsConcatSpreadable, Symbol.Unscopables, Symbol.Match, Symbol.MatchAll, Symbol.Replace, Symbol.Search, Symbol.Split])
            b.Constant(constructor, symbol.Description!["Symbol.".Length..], new Value(symbol));
        b.Method(constructor, "for", 1, (realm, _, a) => new Value(realm.SymbolFor(Operations.ToString(realm, a.At(0)))));
        b.Method(constructor, "keyFor", 1, (realm, _, a) =>
            a.At(0).IsSymbol ? realm.KeyForSymbol(a[0].Symbol) is { } key ? key : Value.Undefined : throw realm.TypeError($"{realm.Describe(a.At(0))} is not a symbol."));
        b.Method(prototype, Names.ToStringName, 0, (realm, self, _) => ThisSymbol(realm, self).ToString());
        b.Method(prototype, Names.ValueOf, 0, (realm, self, _) => new Value(ThisSymbol(realm, self)));
        b.Getter(prototype, "description", (realm, self, _) => ThisSymbol(realm, self).Description is { } text ? text : Value.Undefined);
        b.Method(prototype, Symbol.ToPrimitive, 1, (realm, self, _) => new Value(ThisSymbol(realm, self)), PropertyFlags.Configurable);
        b.Tag(prototype, "Symbol");
        return prototype;
    }

    private static Symbol ThisSymbol(Realm realm, Value self)
    {
        if (self.IsSymbol)
            return self.Symbol;
        return self.As<JsPrimitiveObject>() is { Value.IsSymbol: true } o ? o.Value.Symbol : throw realm.TypeError("Symbol.prototype.valueOf requires that 'this' be a Symbol.");
    }
}

internal sealed partial class Realm
{
    private Dictionary<string, Symbol>? _symbols;

    /// <summary>The registry of <c>Symbol.for</c>; one for each evaluation, since symbols never leave it.</summary>
    public Symbol SymbolFor(string key)
    {
        _symbols ??= new(StringComparer.Ordinal);
        if (!_symbols.TryGetValue(key, out Symbol? symbol))
        {
            Allocate(96);
            _symbols.Add(key, symbol = new Symbol(key));
        }

        return symbol;
    }

    public string? KeyForSymbol(Symbol symbol) => symbol.Description is { } key && _symbols?.GetValueOrDefault(key) == symbol ? key : null;
}
