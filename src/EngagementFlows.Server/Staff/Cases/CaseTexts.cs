using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Cases;

/// <summary>The words about questions and complaints of clients.</summary>
internal static class CaseTexts
{
    public static LocalizedText Title { get; } = new("Cases", "事项");
    public static LocalizedText Line { get; } = new("Questions and complaints of clients: who answers for each, and by when.", "客户的问题与投诉：由谁负责、何时答复。");
    public static LocalizedText Lessons { get; } = new("Lessons", "经验");
    public static LocalizedText LessonsLine { get; } = new("What we learned from cases, the latest first.", "从各事项中总结的经验，最新的在前。");
    public static LocalizedText AllCases { get; } = new("All cases", "全部事项");
    public static LocalizedText AllStates { get; } = new("Open and closed", "全部状态");
    public static LocalizedText OpenOnes { get; } = new("Open", "进行中");
    public static LocalizedText ClosedOnes { get; } = new("Closed", "已结束");
    public static LocalizedText AllKinds { get; } = new("All kinds", "全部类型");
    public static LocalizedText AllClasses { get; } = new("All classes", "全部等级");
    public static LocalizedText AllOwners { get; } = new("All owners", "全部负责人");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText Kind { get; } = new("Kind", "类型");
    public static LocalizedText Class { get; } = new("Class", "等级");
    public static LocalizedText Subject { get; } = new("Subject", "主题");
    public static LocalizedText Owner { get; } = new("Answers for it", "负责人");
    public static LocalizedText NoOwner { get; } = new("nobody yet", "尚未指定");
    public static LocalizedText Rung { get; } = new("Rung", "级别");
    public static LocalizedText RungBegin { get; } = new("first", "首级");
    public static LocalizedText RungClimbed { get; } = new("escalated {0} ×", "已升级 {0} 次");
    public static LocalizedText Promise { get; } = new("Promise", "承诺");
    public static LocalizedText NoPromise { get; } = new("none", "无");
    public static LocalizedText Due { get; } = new("answer by {0}", "{0}前答复");
    public static LocalizedText Late { get; } = new("late since {0}", "自{0}起逾期");
    public static LocalizedText Kept { get; } = new("kept", "守约");
    public static LocalizedText Missed { get; } = new("missed", "超时");
    public static LocalizedText PromiseEnded { get; } = new("ended with its flow", "随流程结束");
    public static LocalizedText Opened { get; } = new("Raised", "提出时间");
    public static LocalizedText OpenSince { get; } = new("{0}, {1}, open since {2}", "{0}，{1}，{2}提出，进行中");
    public static LocalizedText ClosedOn { get; } = new("{0}, {1}, closed on {2}: {3}", "{0}，{1}，{2}结束：{3}");
    public static LocalizedText NoneTitle { get; } = new("No cases yet", "暂无事项");
    public static LocalizedText NoneLine { get; } = new(
        "A complaint that a client sends by his link, or that you record on the client's page, appears here.", "客户通过链接提交的投诉，或您在客户页面登记的投诉，会显示在这里。");
    public static LocalizedText NoLessonTitle { get; } = new("Nothing was written down yet", "暂无经验记录");
    public static LocalizedText NoLessonLine { get; } = new("What is learned from a complaint at its end appears here.", "投诉结束时总结的经验会显示在这里。");
    public static LocalizedText NoMatchTitle { get; } = new("No case matches", "没有符合条件的事项");
    public static LocalizedText History { get; } = new("What happened", "经过");
    public static LocalizedText Told { get; } = new("What was told", "所述内容");
    public static LocalizedText RaisedBy { get; } = new("Raised by", "提出人");
    public static LocalizedText Outcome { get; } = new("Outcome", "结果");
    public static LocalizedText Satisfaction { get; } = new("How content the client is", "客户满意度");
    public static LocalizedText OfFive { get; } = new("{0} of 5", "{0} 分（满分 5 分）");
    public static LocalizedText Lesson { get; } = new("What we learned", "总结的经验");
    public static LocalizedText Clocks { get; } = new("Clocks", "计时");
    public static LocalizedText Notified { get; } = new("Who was told", "已通知的人");
    public static LocalizedText NotifiedTask { get; } = new("given the task", "分配任务");
    public static LocalizedText NotifiedReminder { get; } = new("reminded", "催办");
    public static LocalizedText NotifiedEscalated { get; } = new("escalated to", "升级通知");
    public static LocalizedText NotifiedOther { get; } = new("told by mail", "邮件通知");
    public static LocalizedText Flow { get; } = new("The flow", "流程");
    public static LocalizedText ShowFlow { get; } = new("Show the flow", "查看流程");
    public static LocalizedText Documents { get; } = new("Documents of the engagement", "项目文件");
    public static LocalizedText Raise { get; } = new("Record a complaint", "登记投诉");
    public static LocalizedText RaiseLine { get; } = new(
        "Somebody complained by telephone or in a meeting? Write it down here: it has an owner and a promise at once, and {0} gets a mail that we have it.",
        "客户在电话或会议中投诉时，请在此登记：随即有负责人和答复时限，{0}会收到确认邮件。");
    public static LocalizedText RaiseSend { get; } = new("Record the complaint", "登记投诉");
    public static LocalizedText SubjectHint { get; } = new("One line, as the client would say it: the client reads it.", "用一句话按客户的说法填写，客户会看到。");
    public static LocalizedText DescriptionHint { get; } = new("What, where, since when, and what the client wants. May be left out.", "何事、何处、何时开始、客户的期望，可不填。");
    public static LocalizedText RaisedByHint { get; } = new("Left empty: {0}.", "留空则为{0}。");
    public static LocalizedText SubjectMissing { get; } = new("Nothing was recorded: say in one line of at most {0} characters what it is about.", "未登记：请用一句话说明主题，不超过 {0} 个字符。");
    public static LocalizedText TextFaulty { get; } = new("Nothing was recorded: please shorten the text, or type it again without special signs.", "未登记：请缩短文字，或去掉特殊符号后重新输入。");
    public static LocalizedText PageTooOld { get; } = new("Nothing was recorded: this page was incomplete. Please send it once more.", "未登记：页面内容不完整，请重新提交。");
    public static LocalizedText NotRaised { get; } = new("Nothing was recorded: the flow of complaints could not be started. {0}", "未登记：投诉流程无法启动。{0}");
    public static LocalizedText RaisedNow { get; } = new("The complaint is recorded.", "投诉已登记。");
    public static LocalizedText NoFlow { get; } = new(
        "The flow complaint-escalation is not published, so that complaints cannot be recorded. Publish it first.", "流程 complaint-escalation 尚未发布，无法登记投诉，请先发布。");
    public static LocalizedText ShowAllOf { get; } = new("All cases of this engagement", "此项目的全部事项");
    public static LocalizedText ClassUrgent { get; } = new("Work stands still, or harm threatens", "工作已停顿，或可能造成损失");
    public static LocalizedText ClassHigh { get; } = new("It should be looked at today", "今天需要处理");
    public static LocalizedText ClassNormal { get; } = new("It can wait a day or two", "可以等一两天");
}
