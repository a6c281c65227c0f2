using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine;
using EngagementFlows.Server.Staff.Controls;

namespace EngagementFlows.Server.Staff.Meetings;

/// <summary>The words of meetings.</summary>
internal static class MeetingTexts
{
    public static LocalizedText Title { get; } = new("Meetings", "会议");
    public static LocalizedText Line { get; } = new("Flows arrange them, and people do on a client's page. Times are yours; below them the client's.", "由流程安排，也可在客户页面手动安排。时间按您的时区显示，下方为客户当地时间。");
    public static LocalizedText New { get; } = new("New meeting", "安排会议");
    public static LocalizedText NewLine { get; } = new("Owner and architect are invited in any case. Everybody gets an entry for his calendar and a reminder on the working day before.", "负责人和架构师必定受邀。所有受邀人都会收到日历邀请，并在前一个工作日收到提醒。");
    public static LocalizedText NewTitle { get; } = new("What is it about?", "会议主题");
    public static LocalizedText NewTitleOther { get; } = new("The same in Chinese (may be left out)", "英文主题（可不填）");
    public static LocalizedText TitleFaulty { get; } = new("Say in a line of at most {0} characters what the meeting is about.", "请用一行文字填写会议主题，不超过 {0} 个字符。");
    public static LocalizedText TextFaulty { get; } = new("Agenda, place or message hold a character that cannot be kept, or are too long. Nothing was sent.", "议程、地点或附言包含无法保存的字符或过长，未发送任何邀请。");
    public static LocalizedText With { get; } = new("Who?", "参会范围");
    public static LocalizedText WithContact { get; } = new("with {0} of the client", "客户方{0}参加");
    public static LocalizedText WithContactHint { get; } = new("answers by mail", "通过邮件答复");
    public static LocalizedText Colleagues { get; } = new("Colleagues besides", "另邀同事");
    public static LocalizedText StartsAt { get; } = new("When ({0})", "开始时间（{0}）");
    public static LocalizedText Arrange { get; } = new("Invite everybody", "发送邀请");
    public static LocalizedText ArrangedNow { get; } = new("The meeting is arranged, and everybody is invited.", "会议已安排，邀请已发送。");
    public static LocalizedText NotToInvite { get; } = new("Somebody of these cannot be invited: he left, or this engagement is closed to him. Nothing was sent.", "所选人员中有人无法受邀（已离职或无权查看此业务），未发送任何邀请。");
    public static LocalizedText PageTooOld { get; } = new("This page is not whole. Open it again.", "页面不完整，请重新打开。");
    public static LocalizedText Coming { get; } = new("To come", "即将举行");
    public static LocalizedText Past { get; } = new("Over", "已结束");
    public static LocalizedText When { get; } = new("When", "时间");
    public static LocalizedText What { get; } = new("Meeting", "会议");
    public static LocalizedText Client { get; } = new("Client", "客户");
    public static LocalizedText ClientAnswer { get; } = new("Client's answer", "客户答复");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText AllStates { get; } = new("All states", "全部状态");
    public static LocalizedText Everybody { get; } = new("Everybody's", "所有人的会议");
    public static LocalizedText Mine { get; } = new("To which I am invited", "邀请我参加的会议");
    public static LocalizedText Filter { get; } = new("Filter", "筛选");
    public static LocalizedText NoneTitle { get; } = new("No meetings", "没有会议");
    public static LocalizedText NoneLine { get; } = new("As soon as a flow arranges one, it stands here.", "流程安排会议后会显示在这里。");
    public static LocalizedText NoMatchTitle { get; } = new("No meeting matches", "没有符合条件的会议");
    public static LocalizedText NoMatchLine { get; } = new("Choose another state, or", "请更换筛选条件，或");
    public static LocalizedText ShowAll { get; } = new("show all", "显示全部");
    public static LocalizedText MyCalendar { get; } = new("My meetings as .ics", "下载我的会议（.ics）");
    public static LocalizedText Download { get; } = new("Save for the calendar", "保存到日历");
    public static LocalizedText DownloadSeries { get; } = new("Save the whole series", "保存整个系列");
    public static LocalizedText ForClient { get; } = new("For the client", "客户时间");
    public static LocalizedText Arranged { get; } = new("Arranged", "安排时间");
    public static LocalizedText Place { get; } = new("Where", "地点");
    public static LocalizedText Series { get; } = new("Series", "系列");
    public static LocalizedText Audience { get; } = new("Who", "范围");
    public static LocalizedText Internal { get; } = new("staff alone", "仅内部");
    public static LocalizedText WithClient { get; } = new("staff and client", "内部与客户");
    public static LocalizedText Flow { get; } = new("Flow", "流程");
    public static LocalizedText ShowFlow { get; } = new("Show the flow", "查看流程");
    public static LocalizedText Agenda { get; } = new("Agenda", "议程");
    public static LocalizedText Invited { get; } = new("Invited", "受邀人");
    public static LocalizedText Organizer { get; } = new("arranged it", "发起人");
    public static LocalizedText Minutes { get; } = new("Minutes", "会议记录");
    public static LocalizedText MinutesSent { get; } = new("Taken down {0}.", "记录时间：{0}。");
    public static LocalizedText History { get; } = new("What happened", "经过");
    public static LocalizedText YourAnswer { get; } = new("Your answer", "您的答复");
    public static LocalizedText Accept { get; } = new("Accept", "接受");
    public static LocalizedText Decline { get; } = new("Decline", "谢绝");
    public static LocalizedText Propose { get; } = new("Propose another time", "提出其他时间");
    public static LocalizedText ProposeAt { get; } = new("Time that suits you ({0})", "您方便的时间（{0}）");
    public static LocalizedText CommentLabel { get; } = new("What should we know? (may be left out)", "补充说明（可不填）");
    public static LocalizedText Answered { get; } = new("Your answer is kept.", "已记录您的答复。");
    public static LocalizedText ProposalMissing { get; } = new("Say which time suits you; it must lie ahead, by ten years at most.", "请填写您方便的时间，须晚于现在且不超过十年。");
    public static LocalizedText Move { get; } = new("Move", "改期");
    public static LocalizedText MoveHint { get; } = new("Everybody gets the new time in his calendar and is asked anew; reminders move with it.", "所有受邀人的日历会更新并重新征询答复，提醒随之改期。");
    public static LocalizedText NewTime { get; } = new("New time ({0})", "新时间（{0}）");
    public static LocalizedText Length { get; } = new("Minutes", "时长（分钟）");
    public static LocalizedText NewPlace { get; } = new("Where", "地点");
    public static LocalizedText Message { get; } = new("What the letter says besides (may be left out)", "通知中的附言（可不填）");
    public static LocalizedText Moved { get; } = new("The meeting is moved, and everybody was told.", "会议已改期，并已通知所有人。");
    public static LocalizedText Cancel { get; } = new("Call off", "取消会议");
    public static LocalizedText CancelHint { get; } = new("Everybody is told, and nobody is reminded. A flow that waits for it goes on.", "将通知所有人，不再提醒；等待该会议的流程会继续。");
    public static LocalizedText CancelledNow { get; } = new("The meeting is called off, and everybody was told.", "会议已取消，并已通知所有人。");
    public static LocalizedText TimeFaulty { get; } = new("The new time must lie ahead, by ten years at most, and the meeting take 5 to 720 minutes.", "新时间须晚于现在且不超过十年，时长须为 5 至 720 分钟。");
    public static LocalizedText PlaceFaulty { get; } = new("The place must be one line of at most 500 characters.", "地点应为一行，最多 500 个字符。");
    public static LocalizedText ChangedMeanwhile { get; } = new("Somebody changed the meeting in the meantime. Look again and decide anew.", "会议已被他人更改，请查看后重新决定。");
    public static LocalizedText Erased { get; } = new("The client was erased: nobody is written to any more.", "客户数据已清除，不再发送任何通知。");
    public static LocalizedText NextDays { get; } = new("My meetings of the next seven days", "我未来七天的会议");
    public static LocalizedText AllMeetings { get; } = new("All my meetings", "我的全部会议");
    public static LocalizedText AllOfEngagement { get; } = new("All meetings", "全部会议");

    public static LocalizedText NameOf(MeetingState state) => state switch
    {
        MeetingState.Planned => new("Planned", "已安排"),
        MeetingState.Held => new("Held", "已举行"),
        MeetingState.Cancelled => new("Cancelled", "已取消"),
        MeetingState.Missed => new("Missed", "未举行"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: meeting state '{state}' has no name."),
    };

    public static Tone ToneOf(MeetingState state) => state switch
    {
        MeetingState.Planned => Tone.Running,
        MeetingState.Held => Tone.Done,
        MeetingState.Missed => Tone.NeedsYou,
        _ => Tone.Waiting,
    };

    public static LocalizedText NameOf(MeetingAnswer answer) => answer switch
    {
        MeetingAnswer.None => new("No answer yet", "尚未答复"),
        MeetingAnswer.Accepted => new("Comes", "参加"),
        MeetingAnswer.Declined => new("Declined", "谢绝"),
        MeetingAnswer.Proposed => new("Proposes another time", "提出其他时间"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: meeting answer '{answer}' has no name."),
    };

    public static Tone ToneOf(MeetingAnswer answer) => answer switch
    {
        MeetingAnswer.Accepted => Tone.Done,
        MeetingAnswer.Declined => Tone.Broken,
        MeetingAnswer.Proposed => Tone.NeedsYou,
        _ => Tone.Waiting,
    };
}
