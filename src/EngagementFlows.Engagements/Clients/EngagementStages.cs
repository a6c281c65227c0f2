using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Clients;

/// <summary>Where an engagement stands with the client.</summary>
public static class EngagementStages
{
    /// <summary>Known, nothing has begun; the stage of every imported engagement.</summary>
    public const string Prospect = "prospect";

    /// <summary>The stage of what the firm does for itself, for ever: personnel files and teams. No client passes it, and a set of engagements holds it only where it is named.</summary>
    public const string Internal = "internal";

    private static readonly LocalizedText InternalName = new("Internal", "内部");

    private static readonly (string Stage, LocalizedText Name)[] Named =
    [
        (Prospect, new("Prospect", "潜在客户")),
        ("intake", new("Intake", "需求收集")),
        ("review", new("Under review", "审核中")),
        ("approved", new("Approved", "已批准")),
        ("rejected", new("Not taken on", "未承接")),
        ("dormant", new("Dormant", "已搁置")),
        ("needs", new("Needs analysis", "需求分析")),
        ("planning", new("Planning", "方案制定")),
        ("delivery", new("In delivery", "实施中")),
        ("closed", new("Closed", "已结束")),
    ];

    /// <summary>Gets all stages of clients' engagements, in the order in which they pass them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Named.Select(entry => entry.Stage)];

    /// <summary>Gets the stages by which a schedule may choose engagements: those of clients, and <see cref="Internal"/>.</summary>
    public static IReadOnlyList<string> OfSets { get; } = [.. All, Internal];

    /// <summary>Tells whether <paramref name="stage"/> is one of <see cref="All"/>.</summary>
    public static bool IsKnown(string stage) => All.Contains(stage, StringComparer.Ordinal);

    /// <summary>Returns the name that people read; the stage itself if it is unknown.</summary>
    public static LocalizedText NameOf(string stage)
    {
        foreach ((string known, LocalizedText name) in Named)
        {
            if (known == stage)
                return name;
        }

        return stage == Internal ? InternalName : new(stage, stage);
    }
}
