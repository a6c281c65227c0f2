using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Meetings;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>A meeting with everybody who is invited, in their order.</summary>
internal sealed record StoredMeeting(Meeting Meeting, IReadOnlyList<MeetingInvitee> Invitees)
{
    /// <summary>Gets how often the stored meeting was changed; 0 = it is not stored yet.</summary>
    public long Revision { get; init; }

    /// <summary>Gets the link by which the contact was asked, or <see langword="null"/>.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>Returns a new meeting: owner and architect are invited, colleagues besides, and to a client's meeting the contact.</summary>
    public static StoredMeeting Of(Meeting meeting, EngagementSnapshot engagement, IReadOnlyList<Person> colleagues)
    {
        List<MeetingInvitee> invitees = [Staff(1, engagement.Owner) with { Answer = MeetingAnswer.Accepted }];
        if (engagement.Architect is { IsActive: true } architect && architect.Id != engagement.Owner.Id)
            invitees.Add(Staff(invitees.Count + 1, architect));
        foreach (Person colleague in colleagues.Where(one => invitees.All(invitee => invitee.PersonId != one.Id)))
            invitees.Add(Staff(invitees.Count + 1, colleague));
        if (meeting.Audience == MeetingAudience.Client)
            invitees.Add(new(invitees.Count + 1, null, engagement.Contact.Id, engagement.Contact.Name, engagement.Contact.Email, engagement.Contact.Language, engagement.Contact.Zone));
        return new(meeting, invitees);
    }

    private static MeetingInvitee Staff(int position, Person person) => new(position, person.Id, null, person.Name, person.Email, person.Language, person.Zone);
}

/// <summary>Somebody who is invited: a member of staff or a contact.</summary>
internal sealed record MeetingInvitee(int Position, Guid? PersonId, Guid? ContactId, string Name, string Email, string Language, string Zone)
{
    public MeetingAnswer Answer { get; init; }

    public DateTimeOffset? ProposedAt { get; init; }

    /// <summary>Gets whether letters may go to him: a member of staff who left gets none.</summary>
    public bool IsActive { get; init; } = true;
}
