using System.Collections.Frozen;

namespace EngagementFlows.Scripts;

/// <summary>An immutable set of <see cref="ScriptType"/>s: values of their CLR types have getters and methods in scripts.</summary>
public sealed class ScriptTypes
{
    private readonly FrozenDictionary<Type, ScriptType> _byClrType;

    /// <summary>Creates a set of <paramref name="types"/>; of two for the same CLR type the last one counts.</summary>
    public ScriptTypes(params IEnumerable<ScriptType> types)
    {
        Dictionary<Type, ScriptType> byType = [];
        List<ScriptType> all = [.. types];
        foreach (ScriptType type in all)
        {
            if (type.ClrType is { } clrType)
                byType[clrType] = type;
        }

        All = all;
        _byClrType = byType.ToFrozenDictionary();
    }

    /// <summary>Gets the empty set: durations and guids have only their text.</summary>
    public static ScriptTypes None { get; } = new();

    /// <summary>Gets the types in the order in which they were given.</summary>
    public IReadOnlyList<ScriptType> All { get; }

    /// <summary>Returns the type for values of <paramref name="clrType"/>, or <see langword="null"/>.</summary>
    public ScriptType? Find(Type clrType) => _byClrType.GetValueOrDefault(clrType);
}
