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
    public static LocalizedText RowAdded { get; } = new("{0} was added.", "已添加：{0}。");
    public static LocalizedText RowRemoved { get; } = new("{0} was removed.", "已删除：{0}。");
    public static LocalizedText NoRows { get; } = new("Nothing is entered yet.", "尚未填写任何内容。");
    public static LocalizedText MostRows { get; } = new("No more than {0} can be entered.", "最多可填写 {0} 项。");
    public static LocalizedText AnswerAdded { get; } = new("New", "新增");
    public static LocalizedText AnswerRemoved { get; } = new("Removed", "已删除");
    public static LocalizedText AnswerChanged { get; } = new("Changed", "已修改");
    public static LocalizedText AnswerBefore { get; } = new("Before:", "修改前：");
    public static LocalizedText NotAnswered { get; } = new("Not answered", "未填写");
    public static LocalizedText OtherText { get; } = new("Other: please describe", "其他：请说明");
}
