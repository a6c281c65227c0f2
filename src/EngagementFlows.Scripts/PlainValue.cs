namespace EngagementFlows.Scripts;

/// <summary>The closed set of values that cross the border between scripts and their caller.</summary>
/// <remarks>
/// A plain value is <see langword="null"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>,
/// <see cref="string"/>, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>, <see cref="Guid"/>, an array of <see cref="byte"/>,
/// a <see cref="PlainList"/> or a <see cref="PlainObject"/>. Nothing else ever enters or leaves a script.
/// </remarks>
public static class PlainValue
{
    /// <summary>Tells whether <paramref name="value"/> itself (not its members) belongs to the closed set.</summary>
    public static bool IsPlain(object? value) => value is null or bool or long or double or decimal or string
        or DateTimeOffset or TimeSpan or Guid or byte[] or PlainList or PlainObject;

    /// <summary>Returns a copy that shares no list, object or byte array with <paramref name="value"/>.</summary>
    public static object? Clone(object? value) => value switch
    {
        PlainList list => list.DeepClone(),
        PlainObject map => map.DeepClone(),
        byte[] bytes => bytes.Clone(),
        _ => value,
    };
}
