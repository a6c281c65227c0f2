namespace EngagementFlows.Postgres;

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows, in the list's order.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; <see langword="null"/> if this is the last.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Returns the page of rows that were read with one more than the limit, so that the last page is known as such.</summary>
    internal static ListPage<T> Of(List<T> rows, int limit, Func<T, string> cursor)
    {
        if (rows.Count <= limit)
            return new(rows, null);
        rows.RemoveRange(limit, rows.Count - limit);
        return new(rows, cursor(rows[^1]));
    }
}
