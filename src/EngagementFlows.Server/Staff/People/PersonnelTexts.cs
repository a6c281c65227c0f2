using EngagementFlows.Engine;
using EngagementFlows.Server.Personnel;

namespace EngagementFlows.Server.Staff.People;

/// <summary>The words of personnel files.</summary>
internal static class PersonnelTexts
{
    public static LocalizedText Title { get; } = new("Personnel file", "人事档案");
    public static LocalizedText Own { get; } = new("Files that you read", "您可查阅的档案");
    public static LocalizedText Hint { get; } = new(
        "Reviews hang on it. Only the three persons named here are shown anything of it, whatever roles others have.",
        "绩效评审归入此档案。无论他人有何角色，只有此处列出的三人可以查阅。");
    public static LocalizedText Reviewer { get; } = new("Reviewer", "评审人");
    public static LocalizedText Third { get; } = new("Third person", "第三人");
    public static LocalizedText Usual { get; } = new("The last rung of the ladder", "升级阶梯的最后一级");
    public static LocalizedText Open { get; } = new("Open a personnel file", "建立人事档案");
    public static LocalizedText Change { get; } = new("Change who reads it", "更改查阅人");
    public static LocalizedText ChangeHint { get; } = new(
        "Whoever is named reads all of it from now on, whoever is not named any more does not, and open tasks go to the successor. It is audited.",
        "新列入者自此可查阅全部内容，不再列入者即失去权限，未完成的待办转给继任者。此操作会记入审计。");
    public static LocalizedText Opened { get; } = new("The personnel file is open.", "人事档案已建立。");
    public static LocalizedText Changed { get; } = new("Who reads the file has changed.", "查阅人已更改。");

    public static LocalizedText Of(PersonnelFault fault) => fault switch
    {
        PersonnelFault.UnknownPerson => PeopleTexts.Unknown,
        PersonnelFault.UnknownReader => new("Nothing was changed: choose active colleagues as reviewer and third person.", "没有任何改动：请选择在职同事作为评审人和第三人。"),
        PersonnelFault.NoThird => new("Nothing was changed: choose a third person; the settings name no active one.", "没有任何改动：请选择第三人，系统设置中没有指定在职人员。"),
        PersonnelFault.OwnReviewer => new("Nothing was changed: nobody reviews himself.", "没有任何改动：不能由本人评审本人。"),
        PersonnelFault.Oneself => new("Nothing was changed: nobody lets himself into a file. Another administrator may.", "没有任何改动：不能将自己加入他人档案，须由另一位管理员操作。"),
        PersonnelFault.OwnFile => new(
            "Nothing was changed: nobody says who reads the file about himself, or one that he reads. Another administrator must do it.",
            "没有任何改动：不能由本人决定谁查阅自己的档案或自己可查阅的档案，须由另一位管理员操作。"),
        PersonnelFault.Program => new("Nothing was changed: only a person who is signed in opens and changes personnel files.", "没有任何改动：人事档案只能由已登录的人员建立和更改。"),
        PersonnelFault.NoFile => new("There is no personnel file about this person.", "此人尚无人事档案。"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: fault '{fault}' has no words."),
    };
}
