using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;

namespace EngagementFlows.Postgres.Engagements;

internal sealed partial class EffectCommands
{
    private void AddMeeting(WorkflowInstance instance, MeetingEffect effect)
    {
        switch (effect)
        {
            case MeetingPlanned planned: Plan(instance, planned); break;
            case MeetingJoined joined: Join(instance, joined); break;
            case MeetingMoved moved: Move(instance, moved); break;
            case MeetingCancelled cancelled: Cancel(instance, cancelled); break;
            case MeetingAnswered answered: Answer(answered); break;
            case MeetingAskedNoMore asked: _commands.Add(EndInvitation.Create(asked.MeetingId, now)); break;
            case MeetingEnded ended: End(ended); break;
            default: throw new InvalidOperationException($"EngagementFlows bug: nobody writes the effect '{effect.GetType()}' of a meeting.");
        }
    }

    private void Plan(WorkflowInstance instance, MeetingPlanned planned)
    {
        EngagementSnapshot engagement = EngagementOf(planned.EngagementId, instance);
        Guid? first = planned.Meeting.Series is { } series && sources.SeriesFirsts.TryGetValue((planned.EngagementId, series), out Guid known) ? known : null;
        StoredMeeting stored = StoredMeeting.Of(planned.Meeting with { SeriesFirst = first }, engagement, [.. planned.Colleagues.Distinct().Select(Colleague)]) with { LinkId = planned.Notice?.LinkId };
        foreach (MeetingInvitee invitee in stored.Invitees)
        {
            if (invitee.ContactId is not null)
                OfClient(planned.EngagementId, instance);
            StaffDirectory.AmongReaders(new(invitee.PersonId, null), $"'{invitee.Email}'", engagement);
        }

        sources.Meetings[planned.MeetingId] = stored;
        _commands.Add(InsertMeeting.Create(stored, now));
        Invite(instance, stored, planned.Notice, MeetingMails.Invited);
    }

    private void Join(WorkflowInstance instance, MeetingJoined joined)
    {
        if (sources.Meetings.TryGetValue(joined.MeetingId, out StoredMeeting? stored) && stored.Meeting.State == MeetingState.Planned && stored.Meeting.StartsAt > now)
            Invite(instance, stored, joined.Notice, MeetingMails.Invited, joined.PersonId);
    }

    private Person Colleague(Guid id) => sources.Staff.FirstOrDefault(person => person.Id == id && person.IsActive)
        ?? throw new MendableEffectException($"'{id}' is no active member of staff, so he cannot be invited. Name somebody else.");

    private void Move(WorkflowInstance instance, MeetingMoved moved)
    {
        if (!sources.Meetings.TryGetValue(moved.MeetingId, out StoredMeeting? before) || before.Meeting.State != MeetingState.Planned)
            throw new MendableEffectException($"The meeting '{moved.MeetingId}' is not planned (any more), so it cannot be moved. Skip the activity, or schedule another meeting.");
        StoredMeeting stored = before with
        {
            Meeting = before.Meeting with { StartsAt = moved.StartsAt, EndsAt = moved.EndsAt, Place = moved.Place ?? before.Meeting.Place, Sequence = before.Meeting.Sequence + 1 },
            Invitees =
            [
                .. before.Invitees.Select(invitee => invitee.Position == 1
                    ? invitee
                    : invitee with { Answer = invitee.ProposedAt == moved.StartsAt ? MeetingAnswer.Accepted : MeetingAnswer.None, ProposedAt = null }),
            ],
        };
        Change(before, stored);
        _commands.Add(KillReminders.Create(moved.MeetingId, ofContactAlone: false, now));
        _commands.Add(ShiftMeeting.Create(moved));
        if (SayNewTime.Create(stored) is { } said)
            _commands.Add(said);
        Invite(instance, stored, moved.Notice, MeetingMails.Moved);
    }

    // Withdrawn twice, or when it is over: there is nothing to call off.
    private void Cancel(WorkflowInstance instance, MeetingCancelled cancelled)
    {
        if (!sources.Meetings.TryGetValue(cancelled.MeetingId, out StoredMeeting? before) || before.Meeting.State != MeetingState.Planned || before.Meeting.EndsAt <= now)
            return;
        StoredMeeting stored = before with { Meeting = before.Meeting with { State = MeetingState.Cancelled, Sequence = before.Meeting.Sequence + 1 } };
        Change(before, stored);
        _commands.Add(KillReminders.Create(cancelled.MeetingId, ofContactAlone: false, now));
        _commands.Add(CloseMeeting.Create(cancelled.MeetingId, MeetingState.Cancelled, now));
        // Nothing is written to a client who was erased, and that must keep nobody from cancelling.
        bool isErased = sources.Engagements.TryGetValue(cancelled.EngagementId, out EngagementSnapshot? engagement) && engagement.Client.ErasedAt is not null;
        Invite(instance, stored, isErased ? null : cancelled.Notice, MeetingMails.Cancelled);
    }

    // A flow that was called off has nobody who would hold its meetings; one that finished has arranged what it was to arrange.
    private void CancelMeetingsOf(WorkflowInstance instance)
    {
        if (instance.Status != InstanceStatus.Cancelled)
            return;
        foreach (StoredMeeting planned in sources.Meetings.Values.Where(meeting => meeting.Meeting.InstanceId == instance.Id && meeting.Meeting.State == MeetingState.Planned && meeting.Meeting.EndsAt > now).ToArray())
        {
            Meeting meeting = planned.Meeting;
            Cancel(instance, new(meeting.Id, meeting.EngagementId) { Notice = new($"meeting/{meeting.Id:N}/flow-cancelled/", instance.DefinitionVersionId, []) });
            Tell(
                TimeOrderedId.Derive(now, $"timeline/meeting/{meeting.Id:N}/flow-cancelled"), meeting.EngagementId, TimelineKinds.Note,
                $"Meeting cancelled with its flow: {meeting.Title.En}", $"流程取消，会议随之取消：{meeting.Title.ZhCn}", null, instance.Id, meeting.Id);
        }
    }

    // Letters and sequence are of what was read: if somebody changed it since, the commit is made anew from what stands then.
    private void Change(StoredMeeting before, StoredMeeting after)
    {
        sources.Meetings[after.Meeting.Id] = after;
        if (before.Revision > 0)
            _changedMeetings[before.Meeting.Id] = before.Revision;
    }

    private void Answer(MeetingAnswered answered)
    {
        _commands.Add(KeepMeetingAnswer.Create(answered, now));
        if (answered.Answer == MeetingAnswer.Declined)
            _commands.Add(KillReminders.Create(answered.MeetingId, ofContactAlone: true, now));
    }

    private void End(MeetingEnded ended)
    {
        _commands.Add(KillReminders.Create(ended.MeetingId, ofContactAlone: false, now));
        _commands.Add(CloseMeeting.Create(ended.MeetingId, ended.IsHeld ? MeetingState.Held : MeetingState.Missed, now, ended.TaskId));
    }

    private void Invite(WorkflowInstance instance, StoredMeeting stored, MeetingNotice? notice, MailTemplateSet usual, Guid? only = null)
    {
        if (notice is null)
            return;
        EngagementSnapshot engagement = EngagementOf(stored.Meeting.EngagementId, instance);
        MeetingGuest organizer = new(engagement.Owner.Name, engagement.Owner.Email);
        MeetingGuest[] guests = [.. stored.Invitees.Select(invitee => new MeetingGuest(invitee.Name, invitee.Email, invitee.Answer))];
        // Who read the engagement when he was invited perhaps does not any more: not even that it is called off is told to him.
        foreach (MeetingInvitee invitee in stored.Invitees.Where(invitee => invitee.IsActive && (only is null || invitee.PersonId == only) && (invitee.PersonId is not { } person || engagement.IsOpenTo(person))))
        {
            MimeCalendar calendar = stored.Meeting.State == MeetingState.Cancelled
                ? MeetingCalendar.Cancel(stored.Meeting, organizer, guests, invitee.Language, now)
                : MeetingCalendar.Request(stored.Meeting, organizer, guests, invitee.Language, now, MailDesk.AnswerAt(stored.Meeting, invitee, notice));
            Send(Letter(instance, engagement, stored.Meeting, invitee, notice, notice.Template, usual, reminder: 0) with { Calendar = calendar });
            if (notice.ReminderAt is { } remindAt && stored.Meeting.State == MeetingState.Planned)
                RemindOf(Letter(instance, engagement, stored.Meeting, invitee, notice with { LinkId = null, AnswerBy = null, Message = null }, notice.ReminderTemplate, MeetingMails.Reminder, reminder: 1), stored.Meeting, invitee, remindAt);
        }
    }

    private void RemindOf(MailRow mail, Meeting meeting, MeetingInvitee invitee, DateTimeOffset remindAt)
    {
        Send(mail, remindAt);
        _commands.Add(InsertMeetingReminder.Create(mail.Id, meeting.Id, invitee.Position, meeting.Sequence, remindAt));
    }

    private MailRow Letter(
        WorkflowInstance instance, EngagementSnapshot engagement, Meeting meeting, MeetingInvitee invitee, MeetingNotice notice, string? template, MailTemplateSet usual, int reminder)
    {
        string key = $"{notice.EffectKey}{(reminder > 0 ? "reminder/" : "")}";
        if (invitee.ContactId is not { } contact || template is null)
            return _mails.ToInvitee(instance, key, meeting, engagement, invitee, usual, notice);
        ClientMailRequested mail = new(TimeOrderedId.Derive(now, $"{key}{contact:N}"), key, meeting.EngagementId, notice.DefinitionVersionId, template, notice.Data)
        {
            LinkId = notice.LinkId,
            DueAt = notice.AnswerBy,
            Message = notice.Message,
            Reminder = reminder,
            Meeting = MailModel.OfMeeting(meeting, invitee.Language),
        };
        EngagementSnapshot invited = engagement with { Contact = engagement.Contact with { Id = contact, Name = invitee.Name, Email = invitee.Email, Language = invitee.Language, Zone = invitee.Zone } };
        return _mails.ToClient(instance, mail, invited, sources.Templates(mail, instance));
    }
}
