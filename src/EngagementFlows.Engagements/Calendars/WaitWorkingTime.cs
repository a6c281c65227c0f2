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
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string text = context.RequiredText("time");
        if (!WorkingTime.TryParse(text, out WorkingTime? time))
            throw EngagementContext.Fault(context, "time", text, "Write it like '2 working days' or '16 working hours'.");
        CalendarInstant until = context.Calendar(CalendarAsked.OfClient).Add(context.Now, time!);
        context.State["until"] = until.At;
        context.State["isProvisional"] = until.IsProvisional;
        return ActivityResult.Wait(new WaitRequest(WaitName) { DueAt = until.At });
    }

    /// <inheritdoc/>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) =>
        ActivityResult.Done.Set("until", context.State["until"]).Set("isProvisional", context.State["isProvisional"]);

    private const string WaitName = "EngagementFlows.WorkingTime";
}
