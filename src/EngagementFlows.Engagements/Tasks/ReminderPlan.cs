using System.Globalization;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>When a person who has not answered is reminded: every so often, at most so many times, and never after the end.</summary>
/// <param name="StartedAt">When the wait began.</param>
/// <param name="Every">The time between reminders; <see langword="null"/> = none.</param>
/// <param name="Most">How many at most.</param>
/// <param name="EndsAt">When the wait gives up, or <see langword="null"/>.</param>
internal sealed record ReminderPlan(DateTimeOffset StartedAt, TimeSpan? Every, int Most, DateTimeOffset? EndsAt)
{
    /// <summary>Returns the next reminder after number <paramref name="sent"/>, or <see langword="null"/> if there is none.</summary>
    /// <remarks>Instants that passed while nobody could serve them are left out: nobody gets three reminders at once.</remarks>
    public (int Number, DateTimeOffset At)? Next(int sent, DateTimeOffset now)
    {
        if (Every is not { } every)
            return null;
        for (int number = sent + 1; number <= Most; number++)
        {
            DateTimeOffset at = StartedAt + (every * number);
            if (at >= EndsAt)
                return null;
            if (at > now)
                return (number, at);
        }

        return null;
    }

    /// <summary>Keeps the plan in an activity's state, so that inputs that are evaluated again on resume do not move it.</summary>
    public void Save(PlainObject state)
    {
        state["startedAt"] = Text(StartedAt);
        state["remindEvery"] = Every?.ToString("c", CultureInfo.InvariantCulture);
        state["remindersAtMost"] = (long)Most;
        state["endsAt"] = EndsAt is { } end ? Text(end) : null;
    }

    /// <summary>Reads the plan from an activity's state.</summary>
    public static ReminderPlan Load(PlainObject state) => new(
        Instant(state, "startedAt") ?? throw new InvalidOperationException("EngagementFlows bug: the reminder plan was not kept."),
        state["remindEvery"] is string every ? TimeSpan.ParseExact(every, "c", CultureInfo.InvariantCulture) : null,
        Convert.ToInt32(state["remindersAtMost"], CultureInfo.InvariantCulture),
        Instant(state, "endsAt"));

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    // A store may give instants back as such or as text.
    private static DateTimeOffset? Instant(PlainObject state, string name) => state[name] switch
    {
        DateTimeOffset instant => instant,
        string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        _ => null,
    };
}
