using EngagementFlows.Engine;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Server.Staff.Definitions.Migration;

/// <summary>The words about instances of older versions and where they could go on.</summary>
internal static class MigrationTexts
{
    public static LocalizedText Open { get; } = new("Instances on other versions", "其他版本上的实例");
    public static LocalizedText Title { get; } = new("Instances that could move: {0}", "可迁移的实例：{0}");
    public static LocalizedText ToVersion { get; } = new("To version {0}", "迁移到第 {0} 版");
    public static LocalizedText None { get; } = new("No instance runs on another version.", "没有实例运行在其他版本上。");
    public static LocalizedText Summary { get; } = new("{0} running instances are on other versions: {1} could go on in this one as they are, {2} could not. Those that are not moved end on their own version.", "有 {0} 个运行中的实例使用其他版本：{1} 个可以原样在本版本中继续，{2} 个不能。未迁移的实例将在原版本上运行至结束。");
    public static LocalizedText More { get; } = new("These are the {0} oldest; there are more. Move some of them, then come back.", "以上是最早的 {0} 个，还有更多。请先迁移其中一部分，再回到本页。");
    public static LocalizedText OnlyPublished { get; } = new("Instances can be moved once this version is published.", "本版本发布后才能迁移实例。");
    public static LocalizedText Where { get; } = new("Where they stand", "当前位置");
    public static LocalizedText OnVersion { get; } = new("Version", "版本");
    public static LocalizedText StandsAt { get; } = new("Stands at", "停留在");
    public static LocalizedText Count { get; } = new("Instances", "实例数");
    public static LocalizedText CanMove { get; } = new("These could move", "可以迁移");
    public static LocalizedText Stay { get; } = new("These could not", "不能迁移");
    public static LocalizedText Why { get; } = new("Why not", "原因");
    public static LocalizedText ChangedWaits { get; } = new("Goes on waiting as it began; new settings of {0} count from the next time.", "继续按原有设置等待；{0} 的新设置从下一次起生效。");
    public static LocalizedText Reason { get; } = new("Why", "迁移原因");
    public static LocalizedText Move { get; } = new("Move the chosen instances", "迁移所选实例");
    public static LocalizedText Choose { get; } = new("Choose", "选择");
    public static LocalizedText Nothing { get; } = new("nothing", "无");
    public static LocalizedText Moved { get; } = new("{0} instances were moved.", "已迁移 {0} 个实例。");
    public static LocalizedText MovedSome { get; } = new("{0} of {1} instances were moved. The others have gone on in the meantime, and stay.", "已迁移 {1} 个实例中的 {0} 个，其余实例在此期间已有进展，保持不动。");
    public static LocalizedText NothingChosen { get; } = new("Choose at least one instance and say why.", "请至少选择一个实例并填写原因。");
    public static LocalizedText Journal { get; } = new("Moved from version {0} to version {1}. {2}", "从第 {0} 版迁移到第 {1} 版。{2}");

    /// <summary>Returns an obstacle in words; the placeholders are the activity and the detail.</summary>
    public static LocalizedText Of(MoveObstacleKind kind) => kind switch
    {
        MoveObstacleKind.Ended => new("It has ended.", "实例已结束。"),
        MoveObstacleKind.SameVersion => new("It runs on this version already.", "实例已在本版本上运行。"),
        MoveObstacleKind.OtherDefinition => new("It belongs to another flow.", "实例属于其他流程。"),
        MoveObstacleKind.VersionMissing => new("The version {1} on which it runs cannot be read any more.", "无法再读取其运行的版本 {1}。"),
        MoveObstacleKind.ActivityGone => new("It stands at {0}, which is not there in this version.", "它停留在 {0}，而本版本中没有该活动。"),
        MoveObstacleKind.TypeChanged => new("It stands at {0}, which is something else in this version ({1}).", "它停留在 {0}，而该活动在本版本中已变为 {1}。"),
        MoveObstacleKind.BranchesChanged => new("{0} has other branches in this version, and some have run already.", "{0} 在本版本中的分支不同，而其中一些已经运行。"),
        MoveObstacleKind.VariableGone => new("The variable {1} has a value and is not there in this version.", "变量 {1} 已有值，而本版本中没有该变量。"),
        MoveObstacleKind.VariableType => new("The value of the variable {1} does not fit its type in this version.", "变量 {1} 的值与其在本版本中的类型不符。"),
        MoveObstacleKind.ConnectionGone => new("A branch has arrived at a join over a connection that is not there in this version: {1}.", "某个分支已经由本版本中不存在的连线到达汇合点：{1}。"),
        MoveObstacleKind.StartGone => new("It began at {1}, which is not there in this version.", "它从 {1} 开始，而本版本中没有该活动。"),
        MoveObstacleKind.ModeChanged => new("A branch waits at a join, and this version joins by another rule.", "有分支正在汇合点等待，而本版本的汇合规则不同。"),
        MoveObstacleKind.WorkPending => new("It was stopped in the middle of its work; mend its incident first.", "它在运行途中被中止，请先处理其故障。"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: the obstacle '{kind}' has no words."),
    };
}
