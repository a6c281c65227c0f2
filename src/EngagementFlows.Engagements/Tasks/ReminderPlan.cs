using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>When a person who has not answered is reminded: every so often, at most so many times, and never after the end.</summary>
/// <param name="Instants">The instants, in order; they are fixed when the wait begins.</param>
/// <param name="EndsAt">When the wait gives up, or <see langword="null"/>.</param>
internal sealed record ReminderPlan(IReadOnlyList<DateTimeOffset> Instants, DateTimeOffset? EndsAt)
{
    /// <summary>Makes the plan from the inputs <c>remindEvery</c> and <c>reminders</c>.</summary>
    /// <param name="context">The execution whose wait begins now.</param>
    /// <param name="calendar">The calendar of working time if the activity names none.</param>
    /// <param name="endsAt">When the wait gives up, or <see langword="null"/>.</param>
    /// <param name="dueAt">The date from which reminders count: the first comes when it is there, the others so long after it each. <see langword="null"/> = they count from now, and the first comes so long after it.</param>
    public static ReminderPlan Make(ActivityContext context, string calendar, DateTimeOffset? endsAt, DateTimeOffset? dueAt = null)
    {
        int most = context.Whole("reminders", least: 0, most: 20, fallback: 2);
        if (context.PositiveDuration("remindEvery") is not { } every)
            return new([], endsAt);
        return new([.. Enumerable.Range(1, most).Select(At).TakeWhile(at => !(at >= endsAt))], endsAt);

        DateTimeOffset At(int number) => (dueAt, number) switch
        {
            (null, _) => context.After(every, calendar, number),
            ({ } due, 1) => due,
            ({ } due, _) => context.After(every, calendar, number - 1, due),
        };
    }

    /// <summary>Returns the next reminder after number <paramref name="sent"/>, or <see langword="null"/> if there is none.</summary>
    /// <remarks>Instants that passed while nobody could serve them are left out: nobody gets three reminders at once.</remarks>
    public (int Number, DateTimeOffset At)? Next(int sent, DateTimeOffset now)
    {
        for (int number = sent + 1; number <= Instants.Count; number++)
        {
            if (Instants[number - 1] > now)
                return (number, Instants[number - 1]);
        }

        return null;
    }

    /// <summary>Adds the wait for the next reminder after number <paramref name="sent"/>, if there is one; its number stays in the activity's state.</summary>
    public void AddWait(ActivityContext context, int sent, List<WaitRequest> waits)
    {
        if (Next(sent, context.Now) is not { } next)
            return;
        context.State["reminder"] = (long)next.Number;
        waits.Add(new(WaitNames.Reminder) { DueAt = next.At });
    }

    /// <summary>Returns the number of the reminder whose instant has come.</summary>
    public static int NumberOf(ActivityContext context) => Convert.ToInt32(context.State["reminder"], CultureInfo.InvariantCulture);

    /// <summary>Keeps the plan in an activity's state, so that inputs that are evaluated again on resume do not move it.</summary>
    public void Save(PlainObject state)
    {
        state["reminders"] = new PlainList(Instants.Select(at => (object?)at));
        state["endsAt"] = EndsAt;
    }

    /// <summary>Reads the plan from an activity's state.</summary>
    public static ReminderPlan Load(PlainObject state) => new(
        [.. (state["reminders"] as PlainList ?? throw new InvalidOperationException("EngagementFlows bug: the reminder plan was not kept.")).Cast<DateTimeOffset>()],
        state["endsAt"] as DateTimeOffset?);
}
