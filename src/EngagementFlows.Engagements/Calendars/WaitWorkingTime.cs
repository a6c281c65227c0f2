using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>Waits a length of working time.</summary>
public sealed class WaitWorkingTime() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.WaitWorkingTime",
    Category = EngagementInputs.TimeCategory,
    DisplayName = new("Wait working time", "等待工作时间"),
    Description = new(
        "Waits so many working days or working hours by the calendar of the client or of the firm: weekends, holidays and make-up working days count as they are.",
        "按客户或本公司的日历等待若干工作日或工作小时：周末、节假日与调休均按实际计算。"),
    Inputs =
    [
        new("time", "String", new("Time", "时长"), new("Like 2 working days or 16 working hours; 0 working days waits for the next working moment.", "例如 2 个工作日 或 16 个工作小时；0 个工作日表示等到下一个工作时刻。")) { IsRequired = true, FaultOfLiteral = WorkingTime.FaultOf },
        EngagementInputs.ClientCalendar,
    ],
    Outputs =
    [
        new("until", "DateTimeOffset", new("Until", "到期时刻"), new("The instant at which the wait ends.", "等待结束的时刻。")),
        new("isProvisional", "Boolean", new("Is provisional", "是否暂定"), new("Whether a year was crossed whose holidays are not published yet.", "是否跨入尚未公布节假日安排的年份。")),
    ],
})
{
    private const string WaitName = "EngagementFlows.WorkingTime";

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string text = context.RequiredText("time");
        if (!WorkingTime.TryParse(text, out WorkingTime? time))
            throw EngagementContext.Fault(context, "time", text, "Write it like '2 working days' or '16 working hours'.");
        context.State["time"] = time!.ToString();
        context.State["calendar"] = context.OptionalText("calendar") ?? CalendarAsked.OfClient;
        context.State["begun"] = context.Now;
        return Wait(context, Until(context), round: 0);
    }

    /// <inheritdoc/>
    /// <remarks>A wait that ended at a provisional instant looks at the calendar again: once the year is published, it goes on to the instant that holds.</remarks>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input)
    {
        if (context.State["isProvisional"] is true && context.State.ContainsKey("begun"))
        {
            CalendarInstant again = Until(context);
            if (again.At > context.Now)
                return Wait(context, again, Convert.ToInt32(context.State["round"], CultureInfo.InvariantCulture) + 1);
            Keep(context, again);
        }

        return ActivityResult.Done.Set("until", context.State["until"]).Set("isProvisional", context.State["isProvisional"]);
    }

    // From what the first pass read: inputs are evaluated again on resume and must not move the wait.
    private static CalendarInstant Until(ActivityContext context) => context
        .Ask(new CalendarAsked(context.EngagementId(), (string)context.State["calendar"]!))
        .Add(Begun(context), WorkingTime.TryParse((string)context.State["time"]!, out WorkingTime? time) ? time! : throw new InvalidOperationException("EngagementFlows bug: the working time was not kept."));

    private static ActivityResult Wait(ActivityContext context, CalendarInstant until, int round)
    {
        Guid wait = context.NewId($"wait-{round}");
        Keep(context, until);
        context.State["round"] = (long)round;
        DueInstant due = new(until.At, until.IsProvisional ? new((string)context.State["calendar"]!, until.Version, Begun(context), (string)context.State["time"]!) : null);
        return ActivityResult.Wait(new WaitRequest(WaitName) { Id = wait, DueAt = until.At }).With([.. due.Note(ProvisionalKind.Wait, wait, context.EngagementId(), wait)]);
    }

    private static void Keep(ActivityContext context, CalendarInstant until)
    {
        context.State["until"] = until.At;
        context.State["isProvisional"] = until.IsProvisional;
    }

    private static DateTimeOffset Begun(ActivityContext context) => (DateTimeOffset)context.State["begun"]!;
}
