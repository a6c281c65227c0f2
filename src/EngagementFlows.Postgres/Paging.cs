using EngagementFlows.Postgres.Instances;

namespace EngagementFlows.Postgres;

/// <summary>Pages by key: one row more than asked for tells whether there is a next page.</summary>
internal static class Paging
{
    public static Page<T> Cut<T>(List<T> items, int size, Func<T, Guid> key)
    {
        if (items.Count <= size)
            return new(items, null);
        items.RemoveRange(size, items.Count - size);
        return new(items, key(items[^1]));
    }
}

/// <summary>Patterns of people's searches.</summary>
internal static class Like
{
    /// <summary>Returns the pattern "contains", in which the search's own signs have no meaning; null for no search.</summary>
    public static string? Contains(string? search) => string.IsNullOrWhiteSpace(search?.Replace("\0", "", StringComparison.Ordinal))
        ? null
        : "%" + search.Replace("\0", "", StringComparison.Ordinal).Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
