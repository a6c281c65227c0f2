using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Promises;

/// <summary>Starts the clock of a promise and goes on at once.</summary>
public sealed class StartClock() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.StartClock",
    Category = EngagementInputs.PromisesCategory,
    DisplayName = new("Start clock", "开始计时"),
    Description = new(
        "Starts the clock of a promise, with a limit of its own or that of a class of the promise table, and goes on at once. Stop clock tells whether it was kept. A clock of that name that runs already in this flow goes on unchanged.",
        "为一项承诺开始计时并立即继续；时限可直接填写，也可取自承诺表中的类别。是否守约由“停止计时”判定。本流程中同名计时若已在进行，则保持不变。"),
    Inputs =
    [
        EngagementInputs.ClockName,
        new("limit", "String", new("Limit", "时限"), new("Like 16 working hours or 3 working days. Give this or a class.", "例如 16 个工作小时 或 3 个工作日。时限与类别二选一。")) { FaultOfLiteral = Duration.FaultOf },
        new("class", "String", new("Class", "类别"), new("A class of the promise table, like urgent, high or normal; the client's tier counts.", "承诺表中的类别，例如 urgent、high 或 normal，并按客户等级取值。")) { UIHint = "dropdown", OfferedFrom = OfferedLists.PromiseClasses },
        new("figure", "String", new("Figure", "指标"), new("Which time of the class: answer or solution. Default answer.", "取类别中的哪个时限：answer（答复）或 solution（方案），默认 answer。")) { DefaultValue = PromiseTimes.OfAnswer, UIHint = "dropdown", Options = [PromiseTimes.OfAnswer, PromiseTimes.OfSolution], NameOfOption = PromiseTimes.NameOf },
        EngagementInputs.FirmCalendar,
        EngagementInputs.Case,
    ],
    Outputs =
    [
        new("clock", "String", new("Clock", "计时编号"), new("The clock's id.", "计时的编号。")),
        new("due", "DateTimeOffset", new("Due", "到期时刻"), new("The instant until which the promise is kept.", "守约的最后时刻。")),
        new("promised", "String", new("Promised", "承诺时限"), new("The limit as text, such as 16 working hours, for the input Due in of what follows.", "时限文字，例如 16 个工作小时，供后续活动的“期限”输入使用。")),
        new("isProvisional", "Boolean", new("Is provisional", "是否暂定"), new("Whether a year was crossed whose holidays are not published yet.", "是否跨入尚未公布节假日安排的年份。")),
    ],
})
{
    private const int NameLength = 100;

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string name = NameOf(context);
        if (context.Ask(new ClockAsked(context.InstanceId, context.EngagementId(), name, null)) is { State: ClockState.Running } running)
            return Told(running);
        (Duration limit, string? promise) = Limit(context);
        string calendar = context.OptionalText("calendar") ?? CalendarAsked.OfFirm;
        WorkCalendar counted = context.Calendar(calendar);
        DueInstant due = context.DueAfter(limit, calendar);
        Clock clock = new()
        {
            Id = context.NewId("clock"),
            EngagementId = context.EngagementId(),
            InstanceId = context.InstanceId,
            CaseId = context.OptionalCaseId(),
            Name = name,
            Class = promise,
            StartedAt = context.Now,
            Limit = limit.ToString(),
            Calendar = calendar,
            CalendarVersion = counted.Version,
            DueAt = due.At,
            IsProvisional = due.IsProvisional,
        };
        return Told(clock).With([new ClockStarted(clock), .. due.Note(ProvisionalKind.Clock, clock.Id, clock.EngagementId, bookmarkId: null)]);
    }

    /// <summary>Returns the name of the clock that an activity means.</summary>
    internal static string NameOf(ActivityContext context)
    {
        string name = context.RequiredText("name").Trim();
        return TextRule.FaultOfLine(name, NameLength) is null ? name : throw EngagementContext.Fault(context, "name", name, $"It must be one line of at most {NameLength} characters.");
    }

    private static ActivityResult Told(Clock clock) =>
        ActivityResult.Done.Set("clock", clock.Id.ToString("D")).Set("due", clock.DueAt).Set("promised", clock.Limit).Set("isProvisional", clock.IsProvisional);

    private static (Duration Limit, string? Class) Limit(ActivityContext context)
    {
        string? promise = context.OptionalText("class")?.Trim();
        if (context.PositiveDuration("limit") is { } limit)
            return promise is null ? (limit, null) : throw EngagementContext.Fault(context, "class", promise, "The limit is given as well. Give one of the two.");
        if (promise is null)
            throw EngagementContext.Fault(context, "limit", null, "Give a limit like '16 working hours', or a class of the promise table.");
        string figure = context.OptionalText("figure") ?? PromiseTimes.OfAnswer;
        if (figure is not (PromiseTimes.OfAnswer or PromiseTimes.OfSolution))
            throw EngagementContext.Fault(context, "figure", figure, $"Write {PromiseTimes.OfAnswer} or {PromiseTimes.OfSolution}.");
        string text = context.Ask(new PromiseAsked(context.EngagementId(), promise)).Of(figure);
        return Duration.TryParse(text, out Duration? promised) ? (promised!, promise) : throw new InvalidOperationException($"EngagementFlows bug: the promise table holds '{text}'.");
    }
}
