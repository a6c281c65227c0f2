using System.Globalization;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Scheduling;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Events;

/// <summary>Waits for a span of time.</summary>
internal sealed class Delay() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Delay",
    Category = Describe.Scheduling,
    DisplayName = Describe.Text("Delay", "延时"),
    Description = Describe.Text("Waits for a span of time.", "等待一段时间。"),
    Inputs = [Describe.Input("timeSpan", "TimeSpan", Describe.Text("Span", "时长"), Describe.Text("How long, as days.hours:minutes:seconds; default 0.", "时长，格式为 天.时:分:秒，默认 0。"))],
})
{
    public override ActivityResult Execute(ActivityContext context) =>
        ActivityResult.Wait(new WaitRequest("Elsa.Delay") { DueAt = Due.After(context.Now, context.Span("timeSpan") ?? TimeSpan.Zero) });
}

/// <summary>Waits for an interval, or starts the workflow at each.</summary>
internal sealed class Timer() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Timer",
    Category = Describe.Scheduling,
    DisplayName = Describe.Text("Timer", "定时器"),
    Description = Describe.Text("Waits for an interval, or starts the workflow at each interval.", "等待一个间隔，或按间隔启动工作流。"),
    Inputs = [Describe.Input("interval", "TimeSpan", Describe.Text("Interval", "间隔"), Describe.Text("How long, as days.hours:minutes:seconds; default 1 minute.", "间隔，格式为 天.时:分:秒，默认 1 分钟。"), TimeSpan.FromMinutes(1))],
    Kind = "Trigger",
})
{
    public override ActivityResult Execute(ActivityContext context) => ((ActivityExecution)context).IsTrigger
        ? ActivityResult.Done
        : ActivityResult.Wait(new WaitRequest("Elsa.Timer") { DueAt = Due.After(context.Now, context.Span("interval") ?? TimeSpan.FromMinutes(1)) });
}

/// <summary>Waits for the next instant of a cron expression, or starts the workflow at each.</summary>
internal sealed class Cron() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Cron",
    Category = Describe.Scheduling,
    DisplayName = Describe.Text("Cron", "Cron 计划"),
    Description = Describe.Text("Waits for the next instant of a cron expression, or starts the workflow at each.", "等待 Cron 表达式的下一时刻，或按其启动工作流。"),
    Inputs = [Describe.Input("cronExpression", "String", Describe.Text("Cron expression", "Cron 表达式"), Describe.Text("Six fields, seconds first, like 0 0 9 * * MON-FRI.", "六个字段，以秒开头，例如 0 0 9 * * MON-FRI。")).Required().Editor("cron-editor")],
    Kind = "Trigger",
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        string text = context.Text("cronExpression") ?? string.Empty;
        if (!CronExpression.TryParse(text, CronFormat.Seconds, out CronExpression? cron, out string? problem))
            throw new ActivityFaultException($"The cron expression '{text}' of the activity '{context.ActivityId}' is not valid. {problem}");
        if (execution.IsTrigger)
            return ActivityResult.Done;
        if (cron.Next(context.Now, execution.Run.Settings.Zone) is not { } due)
            throw new ActivityFaultException($"The cron expression '{text}' of the activity '{context.ActivityId}' never comes true again.");
        return ActivityResult.Wait(new WaitRequest("Elsa.Cron") { DueAt = due });
    }
}

/// <summary>Waits for an instant, or starts the workflow at it.</summary>
internal sealed class StartAt() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.StartAt",
    Category = Describe.Scheduling,
    DisplayName = Describe.Text("Start at", "定点"),
    Description = Describe.Text("Waits until an instant, or starts the workflow at it. A past instant does not wait.", "等到某一时刻，或在该时刻启动工作流；已过则不等待。"),
    Inputs = [Describe.Input("dateTime", "DateTimeOffset", Describe.Text("Date and time", "日期时间"), Describe.Text("The instant, like 2026-03-30T10:00:00+02:00.", "时刻，例如 2026-03-30T10:00:00+08:00。")).Editor("datetime-picker")],
    Kind = "Trigger",
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        if (((ActivityExecution)context).IsTrigger || context.Input("dateTime") is not DateTimeOffset due || due <= context.Now)
            return ActivityResult.Done;
        return ActivityResult.Wait(new WaitRequest("Elsa.StartAt") { DueAt = due.ToUniversalTime() });
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => ActivityResult.Done;
}

/// <summary>Arithmetic of due instants.</summary>
internal static class Due
{
    /// <summary>Returns the instant after a span; a span beyond the calendar gives the latest instant, a negative one the present.</summary>
    public static DateTimeOffset After(DateTimeOffset now, TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
            return now;
        return span >= DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue.AddDays(-1) : now + span;
    }

    /// <summary>Returns an instant in the form of trigger keys.</summary>
    public static string Key(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
