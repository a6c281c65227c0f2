using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.People;

/// <summary>The words of teams.</summary>
internal static class TeamTexts
{
    public static LocalizedText Open { get; } = new("Open a team", "新建团队");
    public static LocalizedText Hint { get; } = new("For meetings and tasks of the firm that are no client's. Everybody of the firm sees it; flows such as the meeting cycle run for it.", "用于公司内部的会议和任务，与客户无关。公司所有人员可见，可为其启动例会等流程。");
    public static LocalizedText Name { get; } = new("What is it called?", "团队名称");
    public static LocalizedText Owner { get; } = new("Who answers for it", "负责人");
    public static LocalizedText Architect { get; } = new("Who is asked besides (may be left out)", "另一位成员（可不选）");
    public static LocalizedText Nobody { get; } = new("nobody", "无");
    public static LocalizedText Opened { get; } = new("The team is open.", "团队已建立。");
    public static LocalizedText Faulty { get; } = new("No team was opened: give it a name of one line, and choose active colleagues.", "团队未建立：请填写一行名称，并选择在职同事。");
}
