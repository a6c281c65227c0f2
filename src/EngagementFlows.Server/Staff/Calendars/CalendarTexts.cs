using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Calendars;

/// <summary>The words of calendars.</summary>
internal static class CalendarTexts
{
    public static LocalizedText Title { get; } = new("Calendars", "日历");
    public static LocalizedText Line { get; } = new("When people work: by these every working day and working hour is counted.", "工作日与工作时间的依据：所有工作日、工作小时均按这里计算。");
    public static LocalizedText Make { get; } = new("Make a calendar", "新建日历");
    public static LocalizedText Change { get; } = new("Change", "修改");
    public static LocalizedText ChangeIt { get; } = new("Save the calendar", "保存日历");
    public static LocalizedText Ours { get; } = new("Calendars of the firm", "公司日历");
    public static LocalizedText Countries { get; } = new("Holidays of countries", "各国家和地区节假日");
    public static LocalizedText CountriesLine { get; } = new("They come with the product. A client's days follow from the client's country, or else from the contact's zone.", "随产品提供。客户的节假日取自客户所在国家或地区；未填写时按联系人的时区判断。");
    public static LocalizedText Id { get; } = new("Id in flows", "流程中的标识");
    public static LocalizedText IdHint { get; } = new("Small letters, digits and hyphens, such as berlin-office. Flows name it in their input “calendar”.", "小写字母、数字和连字符，例如 berlin-office；流程在“calendar”输入中引用。");
    public static LocalizedText DayName { get; } = new("Name", "名称");
    public static LocalizedText Name { get; } = new("Name (English)", "名称（英文）");
    public static LocalizedText NameZh { get; } = new("Name (Chinese)", "名称（中文）");
    public static LocalizedText Zone { get; } = new("Zone", "时区");
    public static LocalizedText ZoneHint { get; } = new("An IANA name like Asia/Shanghai. Left empty, that of the office: {0}.", "IANA 名称，例如 Asia/Shanghai；留空则使用公司时区：{0}。");
    public static LocalizedText OfficeZone { get; } = new("{0} (the office)", "{0}（公司时区）");
    public static LocalizedText Country { get; } = new("Holidays of", "节假日");
    public static LocalizedText NoCountry { get; } = new("no country: only its own days", "不取任何国家或地区：仅用自有日期");
    public static LocalizedText Week { get; } = new("Working week", "工作时间");
    public static LocalizedText WeekHint { get; } = new("Hours like 09:00-12:00, 13:00-18:00. A day without hours is free.", "例如 09:00-12:00, 13:00-18:00；留空表示休息。");
    public static LocalizedText MakeUpHours { get; } = new("Make-up day", "调休上班日");
    public static LocalizedText Free { get; } = new("free", "休息");
    public static LocalizedText Known { get; } = new("Holidays known through", "节假日已公布至");
    public static LocalizedText KnownYear { get; } = new("{0}", "{0} 年");
    public static LocalizedText KnownByFirm { get; } = new("{0}, entered by the firm", "{0} 年（公司录入）");
    public static LocalizedText KnownAlways { get; } = new("Its days depend on no publication", "日期不依赖官方公布");
    public static LocalizedText PublishedThrough { get; } = new("All days entered through", "已录入至（年）");
    public static LocalizedText PublishedHint { get; } = new("A year whose days the firm has entered itself before the country's table has them; left empty, the table decides.", "公司已自行录入全部日期的最后一年；留空则以国家或地区的数据为准。");
    public static LocalizedText Serves { get; } = new("Clients of this country follow it", "该国家或地区的客户按此日历计算");
    public static LocalizedText ServesHint { get; } = new("Its week and days then count in the zone of each contact.", "工作时间与日期按各联系人的时区计算。");
    public static LocalizedText Source { get; } = new("Source", "来源");
    public static LocalizedText FirstYear { get; } = new("From", "起始年份");
    public static LocalizedText OwnDays { get; } = new("Own days", "自有日期");
    public static LocalizedText Changed { get; } = new("Changed", "最近修改");
    public static LocalizedText ChangedBy { get; } = new("{0} by {1}", "{0}由 {1} 修改");
    public static LocalizedText Off { get; } = new("off", "休");
    public static LocalizedText Work { get; } = new("work", "班");
    public static LocalizedText DayOff { get; } = new("Day off", "休息日");
    public static LocalizedText WorkDay { get; } = new("Make-up working day", "调休上班日");
    public static LocalizedText Legend { get; } = new("Days off are green, make-up working days amber; what the week leaves free is grey.", "绿色为节假日，橙色为调休上班日，灰色为平常休息日。");
    public static LocalizedText NotPublished { get; } = new(
        "The holidays of {0} are not published yet. Dates that fall into it are marked provisional; weekends and the days below count already.", "{0} 年节假日安排尚未公布。落在该年的日期均标为“暂定”；周末及下列日期已计入。");
    public static LocalizedText NothingKnown { get; } = new("Nothing is known about {0}: the table begins with {1}.", "没有 {0} 年的数据：数据始于 {1} 年。");
    public static LocalizedText DaysOf { get; } = new("Special days of {0}", "{0} 年特殊日期");
    public static LocalizedText NoDays { get; } = new("No special days", "没有特殊日期");
    public static LocalizedText NoDaysLine { get; } = new("Only the working week counts in this year.", "该年仅按工作时间计算。");
    public static LocalizedText Own { get; } = new("own", "自有");
    public static LocalizedText AddDay { get; } = new("Add or change a day", "添加或修改日期");
    public static LocalizedText Date { get; } = new("Date", "日期");
    public static LocalizedText Kind { get; } = new("Kind", "类型");
    public static LocalizedText SaveDay { get; } = new("Save the day", "保存日期");
    public static LocalizedText TakeDay { get; } = new("Take out", "删除");
    public static LocalizedText Import { get; } = new("Import .ics", "导入 .ics 文件");
    public static LocalizedText ImportOf { get; } = new("Import days into {0}", "向“{0}”导入日期");
    public static LocalizedText File { get; } = new("iCalendar file", "iCalendar 文件");
    public static LocalizedText FileHint { get; } = new("Events of whole days become days off; a summary that says so (“make-up”, or the Chinese words for it) makes a working day. At most {0} characters. You see the days before anything happens.", "全天事件视为休息日；标题含“补班”“上班”等字样视为调休上班日。最多 {0} 个字符。导入前会先显示预览。");
    public static LocalizedText Upload { get; } = new("Look at the days", "预览");
    public static LocalizedText Faulty { get; } = new("Nothing can be imported: the file has {0} fault(s).", "无法导入：文件有 {0} 处问题。");
    public static LocalizedText LineNumber { get; } = new("Line {0}", "第 {0} 行");
    public static LocalizedText Found { get; } = new("{0} day(s) found.", "共 {0} 天。");
    public static LocalizedText PassedOver { get; } = new("{0} event(s) with a time of day, or called off, were passed over.", "已略过 {0} 个带具体时间或已取消的事件。");
    public static LocalizedText Replaces { get; } = new("replaces “{0}”", "替换“{0}”");
    public static LocalizedText Confirm { get; } = new("Import {0} day(s)", "导入 {0} 天");
    public static LocalizedText Empty { get; } = new("The file holds no day off.", "文件中没有休息日。");
    public static LocalizedText NoFile { get; } = new("Choose a file first.", "请先选择文件。");
    public static LocalizedText Try { get; } = new("Try a due date", "试算到期时间");
    public static LocalizedText From { get; } = new("From", "起算时间");
    public static LocalizedText Length { get; } = new("Duration", "时长");
    public static LocalizedText Compute { get; } = new("Compute", "计算");
    public static LocalizedText DueIs { get; } = new("Due {0} ({1})", "到期：{0}（{1}）");
    public static LocalizedText DueWhy { get; } = new("{0} working day(s) after the first one, {1} day(s) off on the way", "其后经过 {0} 个工作日，途中 {1} 天休息");
    public static LocalizedText NoDuration { get; } = new("“{0}” is no duration. Write it like 3 working days or 16 working hours.", "“{0}”不是时长，请写成“3 个工作日”或“16 个工作小时”。");
    public static LocalizedText Remove { get; } = new("Remove the calendar", "删除日历");
    public static LocalizedText RemoveHint { get; } = new("Flows that name it stop with an incident at their next date. Dates that were computed stay.", "引用它的流程在下次计算日期时会出现异常；已计算的日期不变。");
    public static LocalizedText Provisional { get; } = new("provisional", "暂定");
    public static LocalizedText ProvisionalHint { get; } = new("The holidays of that year are not published yet; the date may move.", "该年节假日安排尚未公布，日期可能变动。");
    public static LocalizedText ProvisionalTitle { get; } = new("Provisional dates", "暂定日期");
    public static LocalizedText ProvisionalLine { get; } = new(
        "Computed from a year whose holidays were not published, and still open. When the year is published – with a new version of the product, or entered in a calendar of the firm – compute them anew: timers move with their dates.",
        "按尚未公布节假日安排的年份计算、且仍未结束的日期。年份公布后（产品更新，或在公司日历中录入），请重新计算：计时器会随日期一同调整。");
    public static LocalizedText ProvisionalCount { get; } = new("{0} open date(s) are provisional", "有 {0} 个未结束的日期为暂定");
    public static LocalizedText ProvisionalMany { get; } = new("More than {0} open dates are provisional", "有 {0} 个以上未结束的日期为暂定");
    public static LocalizedText NoProvisional { get; } = new("No provisional dates", "没有暂定日期");
    public static LocalizedText NoProvisionalLine { get; } = new("Every open date was computed from published holidays.", "所有未结束的日期均按已公布的节假日计算。");
    public static LocalizedText ComputeAnew { get; } = new("Compute anew", "重新计算");
    public static LocalizedText Computed { get; } = new("{0} date(s) stand now; {1} stay provisional.", "{0} 个日期已确定，{1} 个仍为暂定。");
    public static LocalizedText What { get; } = new("What", "事项");
    public static LocalizedText Counts { get; } = new("Counts", "计算方式");
    public static LocalizedText CountsFrom { get; } = new("{0} from {1}, calendar {2}", "自{1}起 {0}，日历 {2}");
    public static LocalizedText OccursOn { get; } = new("next occurrence on {0}, calendar {1}", "下一次在{0}，日历 {1}");
    public static LocalizedText Due { get; } = new("Due", "到期");
    public static LocalizedText Client { get; } = new("Client", "客户");
    public static LocalizedText Saved { get; } = new("Saved.", "已保存。");
    public static LocalizedText Imported { get; } = new("{0} day(s) imported.", "已导入 {0} 天。");
    public static LocalizedText Removed { get; } = new("Removed.", "已删除。");
    public static LocalizedText ChangedMeanwhile { get; } = new("Nothing was changed: somebody has changed it meanwhile. Look at it again.", "未作改动：内容已被他人修改，请重新查看。");
    public static LocalizedText ServedAlready { get; } = new("Clients of {0} follow another calendar already.", "{0} 的客户已按另一日历计算。");
    public static LocalizedText Earlier { get; } = new("{0}", "{0} 年");

    public static LocalizedText NameOf(ProvisionalKind kind) => kind switch
    {
        ProvisionalKind.Task => new("Task", "任务"),
        ProvisionalKind.Link => new("Answer of the client", "客户答复"),
        ProvisionalKind.Wait => new("Wait", "等待"),
        ProvisionalKind.Clock => new("Promise", "承诺"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: the kind '{kind}' has no name."),
    };

    public static LocalizedText NameOf(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => new("Monday", "周一"),
        DayOfWeek.Tuesday => new("Tuesday", "周二"),
        DayOfWeek.Wednesday => new("Wednesday", "周三"),
        DayOfWeek.Thursday => new("Thursday", "周四"),
        DayOfWeek.Friday => new("Friday", "周五"),
        DayOfWeek.Saturday => new("Saturday", "周六"),
        DayOfWeek.Sunday => new("Sunday", "周日"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: the day '{day}' has no name."),
    };

    /// <summary>Returns the head of a day's column in a small month.</summary>
    public static LocalizedText InitialOf(DayOfWeek day) => new(NameOf(day).En[..2], NameOf(day).ZhCn[1..]);

    public static LocalizedText NameOfMonth(int month) => new(System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month), $"{month}月");

    /// <summary>Gets the days from Monday, as people list them.</summary>
    public static IReadOnlyList<DayOfWeek> Days { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];
}
