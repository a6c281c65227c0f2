using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>Waits for the next occurrence of a rhythm of the engagement, or for so much time before it.</summary>
/// <remarks>
/// The next occurrence is the first after both the input <c>after</c> and the instant at which the wait begins: occurrences that nobody waited for are passed over. A loop that hands its own
/// <c>occursAt</c> to <c>after</c> and its <c>startsOn</c> to <c>start</c> keeps the rhythm however late each round is.
/// </remarks>
public sealed class WaitForRecurrence() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.WaitForRecurrence",
    Category = EngagementInputs.TimeCategory,
    DisplayName = new("Wait for recurrence", "等待下一次周期"),
    Description = new(
        "Waits until the next occurrence of a rhythm (weekly, monthly, quarterly or an RRULE), or so long before it that invitations go out in time; occurrences on free days move to a working day.",
        "等到周期的下一次（每周、每月、每季度或 RRULE），或提前一段时间，以便及时发出邀请；落在休息日的日期移到工作日。"),
    Inputs =
    [
        new("rule", "String", new("Rhythm", "周期"), new("weekly, monthly, quarterly, or a rule of RFC 5545 like FREQ=MONTHLY;BYDAY=1MO.", "weekly（每周）、monthly（每月）、quarterly（每季度），或 RFC 5545 规则，例如 FREQ=MONTHLY;BYDAY=1MO。")) { IsRequired = true, FaultOfLiteral = Rhythm.FaultOf },
        new("at", "String", new("Time of day", "时刻"), new("The local time, like 10:00. Default 10:00.", "当地时刻，例如 10:00，默认 10:00。")) { DefaultValue = "10:00", FaultOfLiteral = FaultOfTime },
        new("after", "Object", new("After", "在此之后"), new("The next occurrence is sought after this instant or date: the output Occurs at of the round before. Default now; what has passed is never waited for.", "从此时刻或日期之后查找下一次：上一轮的输出“发生时刻”。默认现在；已过去的不再等待。")) { FaultOfLiteral = FaultOfMoment },
        new("start", "Object", new("Start", "起始日期"), new("The first date, from which intervals, weekday and day of the month follow: the output Starts on of the round before. Default the date of After.", "首个日期，间隔、星期与日期由此推算：上一轮的输出“周期起始日”。默认取“在此之后”的日期。")) { FaultOfLiteral = FaultOfMoment },
        new("lead", "String", new("Lead", "提前量"), new("How long before the occurrence the wait ends, like 5 working days or 7.00:00:00. Left out, it ends with the occurrence.", "在发生时刻之前多久结束等待，例如 5 个工作日 或 7.00:00:00。省略则等到发生时刻。")) { FaultOfLiteral = Duration.FaultOf },
        new("freeDays", "String", new("On free days", "遇休息日"), new("Where an occurrence on a day without work goes: next or previous working day, or keep. Default next.", "落在休息日时：next（下一工作日）、previous（上一工作日）或 keep（不变），默认 next。")) { DefaultValue = "next", UIHint = "dropdown", Options = ["next", "previous", "keep"], NameOfOption = NameOfFreeDays },
        EngagementInputs.ClientCalendar with { Description = new("By which days and clocks it counts: client, firm, or the name of a calendar. Default client.", "计算日期和时刻所用的日历：client（客户）、firm（本公司）或日历名称，默认 client。") },
    ],
    Outputs =
    [
        new("occursAt", "DateTimeOffset", new("Occurs at", "发生时刻"), new("The instant of the occurrence, for the time of a meeting and for After of the next round.", "本次的时刻，可用作会议时间和下一轮的“在此之后”。")),
        new("occursOn", "String", new("Occurs on", "发生日期"), new("Its date by the calendar's clocks, like 2026-03-09, to be compared with other dates.", "按所用日历当地时间的日期，例如 2026-03-09，可与其他日期比较。")),
        new("day", "String", new("Day", "日期"), new("Its date in English, like Mon 9 Mar 2026.", "英文日期，例如 Mon 9 Mar 2026。")),
        new("dayZh", "String", new("Day (Chinese)", "日期（中文）"), new("The same in Chinese.", "中文日期，例如 2026年3月9日（周一）。")),
        new("startsOn", "String", new("Starts on", "周期起始日"), new("The first date of the rhythm, like 2026-03-02, for Start of the next round.", "周期的首个日期，例如 2026-03-02，供下一轮的“起始日期”使用。")),
        new("isProvisional", "Boolean", new("Is provisional", "是否暂定"), new("Whether it lies in a year whose holidays are not published yet.", "是否落在尚未公布节假日安排的年份。")),
    ],
})
{
    private const string WaitName = "EngagementFlows.Recurrence";
    private const string TimeForm = "H:mm";
    private const string DateForm = "yyyy-MM-dd";
    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        WorkCalendar calendar = context.Calendar(CalendarAsked.OfClient);
        string rule = context.RequiredText("rule");
        if (Rhythm.FaultOf(rule) is { } fault)
            throw EngagementContext.Fault(context, "rule", rule, fault);
        string at = context.OptionalText("at")?.Trim() ?? "10:00";
        if (FaultOfTime(at) is { } timeFault)
            throw EngagementContext.Fault(context, "at", at, timeFault);
        DateTimeOffset after = Moment(context, "after", calendar.Zone) ?? context.Now;
        DateTimeOffset start = Moment(context, "start", calendar.Zone) ?? after;
        context.State["rule"] = rule;
        context.State["at"] = at;
        context.State["start"] = DateOf(start, calendar.Zone).ToString(DateForm, CultureInfo.InvariantCulture);
        context.State["after"] = after > context.Now ? after : context.Now;
        context.State["lead"] = context.PositiveDuration("lead")?.ToString();
        context.State["freeDays"] = context.OneOf("freeDays", [.. Rhythm.FreeDayWords.Keys], "next");
        context.State["calendar"] = context.OptionalText("calendar") ?? CalendarAsked.OfClient;
        return WaitOrGoOn(context, round: 0);
    }

    /// <inheritdoc/>
    /// <remarks>A wait that ended for a provisional occurrence looks at the calendar again: once the year is published, it goes on to the instant that holds.</remarks>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => context.State["isProvisional"] is true
        ? WaitOrGoOn(context, Convert.ToInt32(context.State["round"], CultureInfo.InvariantCulture) + 1)
        : Done(context);

    private static ActivityResult WaitOrGoOn(ActivityContext context, int round)
    {
        WorkCalendar calendar = context.Ask(new CalendarAsked(context.EngagementId(), (string)context.State["calendar"]!));
        // From what the first pass read: inputs are evaluated again on resume and must not move the wait.
        Rhythm rhythm = new(
            (string)context.State["rule"]!,
            TimeOnly.ParseExact((string)context.State["at"]!, TimeForm, CultureInfo.InvariantCulture),
            DateOnly.ParseExact((string)context.State["start"]!, DateForm, CultureInfo.InvariantCulture),
            Rhythm.FreeDayWords[(string)context.State["freeDays"]!]);
        Duration? lead = Duration.TryParse(context.State["lead"] as string, out Duration? kept) ? kept : null;
        DateTimeOffset after = (DateTimeOffset)context.State["after"]!;
        if (rhythm.Next(after, calendar) is not { } occursAt)
        {
            throw EngagementContext.Fault(context, "rule", rhythm.Rule, string.Create(
                CultureInfo.InvariantCulture,
                $"From {rhythm.Start:yyyy-MM-dd} on it does not come after {after.UtcDateTime:yyyy-MM-dd HH:mm} UTC: COUNT or UNTIL is over, or INTERVAL misses every date. End the loop before, or give another rule or start."));
        }

        DateTimeOffset wakesAt = lead switch
        {
            WorkingTime working => calendar.Before(occursAt, working).At,
            ElapsedTime elapsed => elapsed.Length >= occursAt - context.Now ? context.Now : occursAt - elapsed.Length,
            _ => occursAt,
        };
        bool dependsOnDays = rhythm.FreeDays != FreeDayPolicy.Keep || lead is WorkingTime;
        bool isProvisional = dependsOnDays && !calendar.IsPublished(DateOf(occursAt, calendar.Zone).Year);
        context.State["occursAt"] = occursAt;
        context.State["occursOn"] = DateOf(occursAt, calendar.Zone).ToString(DateForm, CultureInfo.InvariantCulture);
        context.State["day"] = MailDates.Day(occursAt, calendar.Zone, Languages.English);
        context.State["dayZh"] = MailDates.Day(occursAt, calendar.Zone, Languages.Chinese);
        context.State["isProvisional"] = isProvisional;
        context.State["round"] = (long)round;
        if (wakesAt <= context.Now)
            return Done(context);
        Guid wait = context.NewId($"wait-{round}");
        DueInstant due = new(wakesAt, isProvisional ? new((string)context.State["calendar"]!, calendar.Version, occursAt, Duration: null) : null);
        return ActivityResult.Wait(new WaitRequest(WaitName) { Id = wait, DueAt = wakesAt }).With([.. due.Note(ProvisionalKind.Wait, wait, context.EngagementId(), wait)]);
    }

    private static ActivityResult Done(ActivityContext context) => ActivityResult.Done
        .Set("occursAt", context.State["occursAt"])
        .Set("occursOn", context.State["occursOn"])
        .Set("day", context.State["day"])
        .Set("dayZh", context.State["dayZh"])
        .Set("startsOn", context.State["start"])
        .Set("isProvisional", context.State["isProvisional"]);

    private static LocalizedText NameOfFreeDays(string option) => option switch
    {
        "next" => new("Next working day", "下一工作日"),
        "previous" => new("Previous working day", "上一工作日"),
        _ => new("Keep the day", "保持不变"),
    };

    private static DateOnly DateOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    private static DateTimeOffset? Moment(ActivityContext context, string input, TimeZoneInfo zone)
    {
        object? given = context.Input(input);
        if (given is null or "")
            return null;
        DateTimeOffset? moment = given is DateTimeOffset instant ? instant : given is string text ? Read(text.Trim(), zone) : null;
        return moment is { Year: >= 1970 and <= 9000 } found
            ? found.ToUniversalTime()
            : throw EngagementContext.Fault(context, input, Convert.ToString(given, CultureInfo.InvariantCulture), FaultOfMoment("")!);
    }

    // A date means its last moment: what comes after a date does not come on it.
    private static DateTimeOffset? Read(string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date))
            return date.Year < 9999 ? WallClock.ToInstant(date.AddDays(1), zone).AddTicks(-1) : null;
        if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            return WallClock.ToInstant(local, zone);
        bool isZoned = text.Length > 16 && (text[^1] is 'Z' || text.LastIndexOfAny(['+', '-']) > 10);
        return isZoned && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset zoned) ? zoned : null;
    }

    private static string? FaultOfTime(string text) =>
        TimeOnly.TryParseExact(text.Trim(), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : $"'{text}' is no time of day. Write it like '10:00'.";

    private static string? FaultOfMoment(string text) =>
        Read(text.Trim(), TimeZoneInfo.Utc) is { Year: >= 1970 and <= 9000 } ? null : "Give an instant like '2026-03-30T08:00:00Z', a local time like '2026-03-30T10:00', or a date like '2026-03-30'.";
}
