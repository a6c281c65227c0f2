using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>What those who are invited are told, and how.</summary>
/// <param name="EffectKey">Unique for ever; the recipient is added per mail.</param>
/// <param name="DefinitionVersionId">The process version whose templates are used.</param>
/// <param name="Data">What the templates may merge under <c>Data</c>.</param>
public sealed record MeetingNotice(string EffectKey, string DefinitionVersionId, PlainObject Data)
{
    /// <summary>Gets the process' mail to the contact, or <see langword="null"/> for the letter of the house.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the process' reminder to the contact, or <see langword="null"/> for the letter of the house.</summary>
    public string? ReminderTemplate { get; init; }

    /// <summary>Gets when those who have not declined are reminded, or <see langword="null"/>.</summary>
    public DateTimeOffset? ReminderAt { get; init; }

    /// <summary>Gets the link by which the contact answers, or <see langword="null"/>.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>Gets by when the contact is to answer, or <see langword="null"/>.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>Gets what the flow says besides, or <see langword="null"/>.</summary>
    public string? Message { get; init; }

    /// <summary>Gets the process' templates that are used.</summary>
    public IEnumerable<string> Templates => new[] { Template, ReminderAt is null ? null : ReminderTemplate }.OfType<string>();
}

/// <summary>Something that becomes of a meeting.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="EngagementId">Its engagement.</param>
/// <remarks>A lasting effect: with an instance that is cancelled go the meetings that it arranged and that are still ahead. They outlive one that finishes or fails: people are invited.</remarks>
public abstract record MeetingEffect(Guid MeetingId, Guid EngagementId) : LastingEffect
{
    /// <summary>Gets what those who are invited are told; <see langword="null"/> = nothing.</summary>
    public MeetingNotice? Notice { get; init; }
}

/// <summary>Arranges a meeting, invites owner, architect and for a client's meeting the contact, and prepares their reminders.</summary>
/// <param name="Meeting">The meeting.</param>
public sealed record MeetingPlanned(Meeting Meeting) : MeetingEffect(Meeting.Id, Meeting.EngagementId)
{
    /// <summary>Gets members of staff who are invited besides.</summary>
    public IReadOnlyList<Guid> Colleagues { get; init; } = [];
}

/// <summary>Writes to a member of staff who was put among those who are invited: the invitation to a meeting that is planned and ahead, as it stands, and its reminder.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="EngagementId">Its engagement.</param>
/// <param name="PersonId">The member of staff.</param>
public sealed record MeetingJoined(Guid MeetingId, Guid EngagementId, Guid PersonId) : MeetingEffect(MeetingId, EngagementId);

/// <summary>Moves a meeting that is planned: everybody gets the change, old reminders die, new ones are prepared. The contact's answer counts no longer, unless he proposed this time.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="EngagementId">Its engagement.</param>
/// <param name="StartsAt">When it begins now.</param>
/// <param name="EndsAt">When it ends now.</param>
/// <param name="Place">Where it is now; <see langword="null"/> = where it was.</param>
public sealed record MeetingMoved(Guid MeetingId, Guid EngagementId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Place) : MeetingEffect(MeetingId, EngagementId);

/// <summary>Calls off a meeting that is planned and not over: everybody is told, and its reminders die. Any other stays as it is.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="EngagementId">Its engagement.</param>
public sealed record MeetingCancelled(Guid MeetingId, Guid EngagementId) : MeetingEffect(MeetingId, EngagementId);

/// <summary>Records what the contact answered; of a meeting that he declines he is not reminded.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="EngagementId">Its engagement.</param>
/// <param name="Answer">The answer.</param>
/// <param name="ProposedAt">When he would come; only with <see cref="MeetingAnswer.Proposed"/>.</param>
/// <param name="Comment">What he said with it, or <see langword="null"/>.</param>
public sealed record MeetingAnswered(Guid MeetingId, Guid EngagementId, MeetingAnswer Answer, DateTimeOffset? ProposedAt, string? Comment) : MeetingEffect(MeetingId, EngagementId);

/// <summary>Ends the link by which the contact was asked, if it is still open: the wait that it answers is over.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="EngagementId">Its engagement.</param>
public sealed record MeetingAskedNoMore(Guid MeetingId, Guid EngagementId) : MeetingEffect(MeetingId, EngagementId);

/// <summary>Records that a planned meeting took place, or did not; its reminders die.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="EngagementId">Its engagement.</param>
/// <param name="IsHeld">Whether it took place.</param>
public sealed record MeetingEnded(Guid MeetingId, Guid EngagementId, bool IsHeld) : MeetingEffect(MeetingId, EngagementId)
{
    /// <summary>Gets the task whose form holds the minutes, or <see langword="null"/>.</summary>
    public Guid? TaskId { get; init; }
}

/// <summary>Asks how a meeting stands.</summary>
/// <param name="MeetingId">The meeting.</param>
public sealed record MeetingAsked(Guid MeetingId) : Question<Meeting>;
