using EngagementFlows.Engine;

namespace EngagementFlows.Server.Forms;

/// <summary>The words around questions that the form itself does not bring.</summary>
internal static class FormTexts
{
    public static LocalizedText OptionalMark { get; } = new(" (optional)", "（选填）");
    public static LocalizedText Choose { get; } = new("Please choose", "请选择");
    public static LocalizedText Yes { get; } = new("Yes", "是");
    public static LocalizedText No { get; } = new("No", "否");
    public static LocalizedText Other { get; } = new("Other", "其他");
    public static LocalizedText OtherText { get; } = new("Other: please describe", "其他：请说明");
}
