using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Promises;

/// <summary>Stops the clock of a promise and tells whether it was kept. A clock that was stopped before tells the same again.</summary>
public sealed class StopClock() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.StopClock",
    Category = EngagementInputs.PromisesCategory,
    DisplayName = new("Stop clock", "停止计时"),
    Description = new(
        "Stops the clock of a promise and tells whether it was kept. A clock that was stopped before tells the same again.",
        "停止一项承诺的计时，并判定是否守约；已停止的计时会给出同样的结果。"),
    Inputs =
    [
        EngagementInputs.ClockName,
        new("clock", "String", new("Clock", "计时编号"), new("The id of a clock that another flow started for the same engagement; may be left out.", "由同一项目的其他流程开始的计时编号，可省略。")),
    ],
    Outputs =
    [
        new("kept", "Boolean", new("Kept", "是否守约"), new("Whether it was stopped in time; nothing if its flow ended before.", "是否在时限内停止；若所属流程此前已结束则为空。")),
        new("elapsed", "TimeSpan", new("Elapsed", "已用工作时间"), new("The working time from start to stop, by the clock's calendar.", "按该计时的日历，从开始到停止的工作时间。")),
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string name = StartClock.NameOf(context);
        Clock clock = context.Ask(new ClockAsked(context.InstanceId, context.EngagementId(), name, Id(context))) ?? throw EngagementContext.Fault(
            context, "name", name, "No clock of that name was started here. Start it with Start clock before this activity, or give the id of one that another flow of this engagement started.");
        if (clock.State != ClockState.Running)
            return Told(clock);
        Clock stopped = clock with
        {
            State = ClockState.Stopped,
            StoppedAt = context.Now,
            IsKept = context.Now <= clock.DueAt,
            Elapsed = context.Ask(new CalendarAsked(clock.EngagementId, clock.Calendar)).Between(clock.StartedAt, context.Now),
        };
        return Told(stopped).With(new ClockStopped(stopped));
    }

    private static ActivityResult Told(Clock clock) => ActivityResult.Done.Set("kept", clock.IsKept).Set("elapsed", clock.Elapsed);

    private static Guid? Id(ActivityContext context)
    {
        if (context.OptionalText("clock") is not { } text)
            return null;
        return Guid.TryParse(text, out Guid id) ? id : throw EngagementContext.Fault(context, "clock", text, "It must be the id that Start clock gave.");
    }
}
