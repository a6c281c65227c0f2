namespace EngagementFlows.Server.Api;

/// <summary>The limits of lists.</summary>
internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    /// <summary>Returns how many items to give: what was asked for, within the limits.</summary>
    /// <exception cref="BadHttpRequestException">It is not between 1 and <see cref="MaxLimit"/>.</exception>
    public static int Limit(int? asked) => asked switch
    {
        null => DefaultLimit,
        >= 1 and <= MaxLimit => asked.Value,
        _ => throw new BadHttpRequestException($"'limit' is '{asked}'. It must be from 1 to {MaxLimit}."),
    };
}
