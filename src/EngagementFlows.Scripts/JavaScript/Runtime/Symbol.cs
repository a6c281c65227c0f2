namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A symbol (ECMA-262 §6.1.5); private names of classes are symbols that no script can get hold of.</summary>
internal sealed class Symbol(string? description, bool isPrivate = false)
{
    public static readonly Symbol Iterator = new("Symbol.iterator");
    public static readonly Symbol HasInstance = new("Symbol.hasInstance");
    public static readonly Symbol ToPrimitive = new("Symbol.toPrimitive");
    public static readonly Symbol ToStringTag = new("Symbol.toStringTag");
    public static readonly Symbol Species = new("Symbol.species");
    public static readonly Symbol IsConcatSpreadable = new("Symbol.isConcatSpreadable");
    public static readonly Symbol Unscopables = new("Symbol.unscopables");
    public static readonly Symbol Match = new("Symbol.match");
    public static readonly Symbol MatchAll = new("Symbol.matchAll");
    public static readonly Symbol Replace = new("Symbol.replace");
    public static readonly Symbol Search = new("Symbol.search");
    public static readonly Symbol Split = new("Symbol.split");

    public string? Description { get; } = description;

    public bool IsPrivate { get; } = isPrivate;

    public override string ToString() => IsPrivate ? Description ?? string.Empty : $"Symbol({Description})";
}
