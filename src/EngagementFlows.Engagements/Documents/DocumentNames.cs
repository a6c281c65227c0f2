using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Documents;

/// <summary>How people call the documents of an engagement.</summary>
public static class DocumentNames
{
    /// <summary>Returns the name; one that a flow named itself is its own text. What follows a known name, as in <c>change-1f2e3d4c</c>, tells documents of one kind apart and is not read out.</summary>
    public static LocalizedText Of(string kind) => kind switch
    {
        "needs" => new("Needs", "需求"),
        "plan" => new("Plan", "方案"),
        "minutes" => new("Minutes", "会议纪要"),
        "figures" => new("Figures", "统计数据"),
        "figures-client" => new("Where your project stands", "项目进展"),
        "change" => new("Change request", "变更申请"),
        "review" => new("Minutes of the review", "项目回顾纪要"),
        "performance-review" => new("Performance review", "绩效评估"),
        _ => kind.IndexOf('-', StringComparison.Ordinal) is > 0 and var end && Of(kind[..end]) is var known && known.En != kind[..end] ? known : new(kind, kind),
    };
}
