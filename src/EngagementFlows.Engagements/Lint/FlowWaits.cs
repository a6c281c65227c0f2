using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Rules about waiting: that it ends, that its end leads somewhere, that links die, and that clocks keep working hours. Pure.</summary>
internal static class FlowWaits
{
    private static readonly TimeSpan LongestLink = TimeSpan.FromDays(366);
    private static readonly TimeSpan LongestStandingLink = TimeSpan.FromDays(5 * 366);
    private const double WorkingDaysOfYear = 250;
    private const double WorkingHoursOfDay = 8;

    /// <summary>Tells whether a task or an approval ends by itself.</summary>
    public static bool HasEnd(ActivityNode node) => IsDue(node) && FlowFacts.Flag(node, "staysOpen", otherwise: false) == false;

    public static IEnumerable<DefinitionFault> Check(ActivityNode node)
    {
        if (FlowFacts.AsksStaff(node) && !IsDue(node))
        {
            yield return Finding.Blocks(LintRules.WaitWithoutTimeOut, node, "dueIn", new(
                $"The activity {node} waits for a member of staff without a due date: while nobody acts, the client waits and nobody is told. Set 'dueIn', like '3 working days', or 'dueOn'.",
                $"活动{node}等待同事处理却没有期限：无人处理时，客户只能一直等待，也没有人得知。请填写“期限”（例如 3 个工作日）或“截止日期”。"));
        }
        else if (TimesOut(node) && !FlowOrder.LeadsOn(node, TaskOutcomes.TimedOut))
        {
            yield return Finding.Blocks(LintRules.WaitWithoutTimeOut, node, "dueIn", new(
                $"The time-out of the activity {node} leads nowhere: when nobody answers in time, the flow simply stops there. Connect the outcome 'Timed out', or let the task stay open as overdue.",
                $"活动{node}的超时出口没有连接：到期无人答复时，流程就此中断。请连接出口“Timed out”，或让任务逾期后仍保留。"));
        }

        if (LinkFault(node) is { } link)
            yield return link;
        if (FlowFacts.Is(node, "AskClient") && FlowFacts.Constant(node, "remindEvery") is { } every && Duration.TryParse(every, out Duration? span) && span is ElapsedTime)
        {
            yield return Finding.Warns(LintRules.TimerOutsideWorkingTime, node, "remindEvery", new(
                $"The activity {node} reminds the client every '{every}', in which nights, weekends and holidays count: a reminder may come on a Sunday. Write it in working days, like '3 working days'.",
                $"活动{node}每隔“{every}”提醒客户，夜间、周末与节假日也计算在内，提醒可能在周日发出。请用工作日填写，例如 3 个工作日。"));
        }

        if (EndsOffHours(node) is { } length && MailAfter(node, TaskOutcomes.TimedOut) is { } late)
        {
            yield return Finding.Warns(LintRules.TimerOutsideWorkingTime, node, "dueIn", new(
                $"The activity {node} times out after '{length}', in which nights, weekends and holidays count, and then {late} writes to the client: perhaps on a Sunday. Write it in working days, like '5 working days'.",
                $"活动{node}在“{length}”后超时，夜间、周末与节假日也计算在内，随后{late}给客户发信，可能在周日。请用工作日填写，例如 5 个工作日。"));
        }

        if (FlowFacts.IsElapsedTimer(node) && MailAfter(node) is { } mail)
        {
            yield return Finding.Warns(LintRules.TimerOutsideWorkingTime, node, null, new(
                $"The activity {node} waits by the clock, and then {mail} writes to the client: at any hour, on weekends and holidays too. Use 'Wait working time' instead, or put it behind.",
                $"活动{node}按时钟等待，随后{mail}给客户发信：可能在深夜、周末或节假日。请改用“等待工作时间”，或在其后再加一个。"));
        }
    }

    private static bool IsDue(ActivityNode node) => FlowFacts.IsSet(node, "dueIn") || FlowFacts.IsSet(node, "dueOn");

    private static bool TimesOut(ActivityNode node) =>
        (FlowFacts.AsksStaff(node) && HasEnd(node)) || FlowFacts.Is(node, "AskClient") || (FlowFacts.Is(node, "ScheduleMeeting") && FlowFacts.FacesClient(node));

    // Links always have an end; one that lies years ahead is none.
    private static DefinitionFault? LinkFault(ActivityNode node)
    {
        (string field, TimeSpan longest)? rule = FlowFacts.Is(node, "AskClient") ? ("dueIn", LongestLink) : FlowFacts.Is(node, "OfferStandingLink") ? ("worksFor", LongestStandingLink) : null;
        if (rule is not var (name, most) || FlowFacts.Constant(node, name) is not { } text || !Duration.TryParse(text, out Duration? duration) || AtLeast(duration!) <= most)
            return null;
        return Finding.Blocks(LintRules.LinkWithoutExpiry, node, name, new(
            $"The link of the activity {node} works for '{text}', which is as good as for ever: whoever finds the mail one day can use it. Let it end within {most.TotalDays:0} days.",
            $"活动{node}的链接有效期为“{text}”，等于永久有效：任何日后看到该邮件的人都能使用。请将有效期设在 {most.TotalDays:0} 天以内。"));
    }

    private static TimeSpan AtLeast(Duration duration) => duration switch
    {
        ElapsedTime elapsed => elapsed.Length,
        WorkingDays days => TimeSpan.FromDays(Math.Min(1e6, days.Count / WorkingDaysOfYear * 365)),
        WorkingHours hours => TimeSpan.FromDays(Math.Min(1e6, hours.Length.TotalHours / WorkingHoursOfDay / WorkingDaysOfYear * 365)),
        _ => TimeSpan.Zero,
    };

    // Whole weeks end at the hour of the weekday on which they began.
    private static string? EndsOffHours(ActivityNode node) =>
        TimesOut(node) && !FlowFacts.IsSet(node, "dueOn") && FlowFacts.Constant(node, "dueIn") is { } text
            && Duration.TryParse(text, out Duration? duration) && duration is ElapsedTime { Length: var length } && length.Ticks % TimeSpan.FromDays(7).Ticks != 0 ? text : null;

    // What is reached without another wait in between; in a drawing by the port alone, if one is given.
    private static ActivityNode? MailAfter(ActivityNode timer, string? port = null)
    {
        for (ActivityNode at = timer; at.Parent is { } parent; at = parent)
        {
            if (FlowOrder.IsFlowchart(parent))
                return FlowOrder.Reached(parent, at, static node => !FlowFacts.Waits(node), at == timer ? port : null).FirstOrDefault(FlowFacts.MailsClient);
            if (parent.TypeName == "Elsa.Sequence")
            {
                IEnumerable<ActivityNode> next = parent.Children.SkipWhile(child => child != at).Skip(1);
                foreach (ActivityNode node in next.SelectMany(child => child.SelfAndDescendants()))
                {
                    if (FlowFacts.MailsClient(node))
                        return node;
                    if (FlowFacts.Waits(node))
                        return null;
                }
            }
        }

        return null;
    }
}
