using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>The kinds of provisional dates as the database spells them.</summary>
internal static class ProvisionalText
{
    public static string Of(ProvisionalKind kind) => kind switch
    {
        ProvisionalKind.Task => "task",
        ProvisionalKind.Link => "link",
        ProvisionalKind.Wait => "wait",
        ProvisionalKind.Clock => "clock",
        _ => throw new InvalidOperationException($"EngagementFlows bug: the kind '{kind}' of a provisional date has no text."),
    };

    public static ProvisionalKind KindOf(string text) => text switch
    {
        "task" => ProvisionalKind.Task,
        "link" => ProvisionalKind.Link,
        "wait" => ProvisionalKind.Wait,
        "clock" => ProvisionalKind.Clock,
        _ => throw new InvalidOperationException($"EngagementFlows bug: a provisional date of kind '{text}' is stored."),
    };
}
