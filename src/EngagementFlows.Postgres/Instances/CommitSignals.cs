using System.Threading.Channels;
using EngagementFlows.Engine.Bookmarks;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What commits tell the loops of this process. Nothing here is a truth: every loop also looks at its table.</summary>
public sealed class CommitSignals
{
    private readonly DatabaseClock _clock;
    private readonly Channel<EventLook> _looks = Channel.CreateUnbounded<EventLook>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Creates the signals.</summary>
    public CommitSignals(DatabaseClock clock)
    {
        _clock = clock;
        Inbox = new(clock);
        Outbox = new(clock);
        Schedules = new(clock);
    }

    internal DueSignal Inbox { get; }

    internal DueSignal Outbox { get; }

    internal DueSignal Schedules { get; }

    internal ChannelReader<EventLook> Looks => _looks.Reader;

    /// <summary>Called after commits, for instance to notify other processes; the argument is the channel (<c>inbox</c>, <c>outbox</c>, <c>schedules</c>).</summary>
    internal Action<string>? Announce { get; set; }

    /// <summary>Wakes the loops of all processes after a person has released what was held.</summary>
    public void HeldReleased()
    {
        InboxDue(_clock.Now);
        OutboxDue();
        SchedulesChanged();
    }

    /// <summary>Says that the instants of recurring schedules have changed, here and to the other processes.</summary>
    public void SchedulesChanged()
    {
        Schedules.Wake();
        Announce?.Invoke("schedules");
    }

    internal void InboxDue(DateTimeOffset dueAt)
    {
        Inbox.Hint(dueAt);
        // The process that set a timer serves it, or whoever looks at the table next: others need no word of it.
        if (dueAt <= _clock.Now)
            Announce?.Invoke("inbox");
    }

    /// <summary>Says that something was put into the outbox, here and to the other processes.</summary>
    public void OutboxDue()
    {
        Outbox.Wake();
        Announce?.Invoke("outbox");
    }

    internal void EventKept(Guid eventId) => _looks.Writer.TryWrite(new(eventId, null));

    internal void EventAwaited(Bookmark bookmark) => _looks.Writer.TryWrite(new(null, bookmark));
}

/// <summary>A look for the other side after a commit: for waits of an event, or for events of a wait.</summary>
internal readonly record struct EventLook(Guid? EventId, Bookmark? Bookmark);
