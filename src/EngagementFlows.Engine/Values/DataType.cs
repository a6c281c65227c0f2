using System.Collections.Frozen;

namespace EngagementFlows.Engine.Values;

/// <summary>A type that a definition names: a kind, or a list of that kind.</summary>
/// <param name="Kind">The kind of the value or of the items.</param>
/// <param name="IsList">Whether it is a list.</param>
public readonly record struct DataType(DataKind Kind, bool IsList = false)
{
    private static readonly FrozenDictionary<string, DataKind> Aliases = new Dictionary<string, DataKind>
    {
        ["Object"] = DataKind.Object,
        ["String"] = DataKind.String,
        ["Boolean"] = DataKind.Boolean,
        ["Int16"] = DataKind.Int16,
        ["Int32"] = DataKind.Int32,
        ["Int64"] = DataKind.Int64,
        ["Long"] = DataKind.Int64,
        ["Single"] = DataKind.Single,
        ["Double"] = DataKind.Double,
        ["Decimal"] = DataKind.Decimal,
        ["Guid"] = DataKind.Guid,
        ["DateTime"] = DataKind.DateTime,
        ["DateTimeOffset"] = DataKind.DateTimeOffset,
        ["TimeSpan"] = DataKind.TimeSpan,
        ["ByteArray"] = DataKind.Bytes,
        ["Stream"] = DataKind.Bytes,
        ["JSON"] = DataKind.Json,
        ["ExpandoObject"] = DataKind.Json,
        ["JsonElement"] = DataKind.JsonNode,
        ["JsonNode"] = DataKind.JsonNode,
        ["JsonObject"] = DataKind.Json,
        ["JsonArray"] = DataKind.JsonNode,
        ["StringDictionary"] = DataKind.Dictionary,
        ["ObjectDictionary"] = DataKind.Dictionary,
        ["StringMap"] = DataKind.Dictionary,
        ["ObjectMap"] = DataKind.Dictionary,
        ["Variable"] = DataKind.Object,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] CollectionNames =
        ["List", "IList", "ICollection", "IEnumerable", "IReadOnlyList", "IReadOnlyCollection", "HashSet", "ISet", "Collection"];

    /// <summary>Gets the type whose values are taken as they are.</summary>
    public static DataType Object { get; } = new(DataKind.Object);

    /// <summary>Gets the type of text.</summary>
    public static DataType Text { get; } = new(DataKind.String);

    /// <summary>Reads a type name: an alias without regard to case, <c>X[]</c>, <c>List&lt;X&gt;</c> and the like, or the CLR name of a known type.</summary>
    /// <returns>Whether the name is known.</returns>
    public static bool TryParse(string? name, out DataType type)
    {
        type = Object;
        if (string.IsNullOrWhiteSpace(name))
            return false;
        string rest = WithoutAssembly(name.Trim());
        if (rest.EndsWith("[]", StringComparison.Ordinal))
            return TryParseItem(rest[..^2], out type);
        foreach (string collection in CollectionNames)
        {
            if (rest.StartsWith(collection + "<", StringComparison.OrdinalIgnoreCase) && rest.EndsWith('>'))
                return TryParseItem(rest[(collection.Length + 1)..^1], out type);
        }

        if (rest.StartsWith("System.", StringComparison.Ordinal))
            rest = rest["System.".Length..];
        if (!Aliases.TryGetValue(rest, out DataKind kind))
            return false;
        type = new(kind);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => IsList ? $"{Kind}[]" : Kind.ToString();

    private static bool TryParseItem(string name, out DataType type)
    {
        bool known = TryParse(name, out type);
        type = type.IsList ? new(DataKind.Object, IsList: true) : type with { IsList = true };
        return known;
    }

    private static string WithoutAssembly(string name)
    {
        int comma = name.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && !name.Contains('<', StringComparison.Ordinal) ? name[..comma].TrimEnd() : name;
    }
}

/// <summary>The kinds of values that conversion tells apart.</summary>
public enum DataKind
{
    /// <summary>Anything; taken as it is.</summary>
    Object,

    /// <summary>Text.</summary>
    String,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A whole number of 16 bits.</summary>
    Int16,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>A whole number of 64 bits.</summary>
    Int64,

    /// <summary>A floating number of 32 bits.</summary>
    Single,

    /// <summary>A floating number of 64 bits.</summary>
    Double,

    /// <summary>An exact decimal number.</summary>
    Decimal,

    /// <summary>A globally unique id.</summary>
    Guid,

    /// <summary>An instant or a wall-clock date and time; kept with its offset, UTC where none is given.</summary>
    DateTime,

    /// <summary>An instant with its offset.</summary>
    DateTimeOffset,

    /// <summary>A span of time.</summary>
    TimeSpan,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>An object read from JSON.</summary>
    Json,

    /// <summary>Any value read from JSON.</summary>
    JsonNode,

    /// <summary>Named values.</summary>
    Dictionary,
}
