using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Controls;

/// <summary>The words of controls that many pages use.</summary>
internal static class ControlTexts
{
    public static LocalizedText Older { get; } = new("Older", "更早");
    public static LocalizedText Newest { get; } = new("Back to the newest", "回到最新");
    public static LocalizedText Next { get; } = new("Next page", "下一页");
    public static LocalizedText First { get; } = new("First page", "第一页");
    public static LocalizedText RawData { get; } = new("Raw data", "原始数据");
    public static LocalizedText Reason { get; } = new("Reason", "原因");
    public static LocalizedText ReasonHint { get; } = new("Stands in the audit with your name.", "会与您的姓名一起记入审计。");
    public static LocalizedText Copy { get; } = new("Copy", "复制");
    public static LocalizedText Back { get; } = new("Back", "返回");
}
