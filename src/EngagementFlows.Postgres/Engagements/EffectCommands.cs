using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Postgres.Timeline;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>Turns the effects of a commit into its statements, one effect after the other.</summary>
internal sealed partial class EffectCommands(EffectSources sources, MailSettings settings, DateTimeOffset now)
{
    private readonly StaffDirectory _staff = new(sources.Staff, settings.EscalationLastRung);
    private readonly MailDesk _mails = new(settings, now);
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<OutboxEntry> _outbox = [];
    private readonly List<TimelineRow> _timeline = [];
    private readonly List<MailFile> _files = [];
    private readonly HashSet<Guid> _clients = [];
    private readonly Dictionary<Guid, long> _changedMeetings = [];

    /// <summary>Takes one effect; those that are not the domain's are passed over.</summary>
    public void Add(WorkflowInstance instance, Effect effect)
    {
        switch (effect)
        {
            case ClientMailRequested mail: WriteToClient(instance, mail); break;
            case EmailRequested mail: SendAll(ReadByTheirs(instance, _mails.ToOthers(instance, mail))); break;
            case LinkIssued link: Issue(instance, link); break;
            case StandingLinkOffered link: Offer(instance, link); break;
            case LinkEnded link: _commands.Add(EndLink.Create(link.LinkId, now)); break;
            case TaskOpened task: Open(instance, task); break;
            case TaskReminded reminder: Remind(instance, reminder); break;
            case TaskEscalated escalation: Escalate(instance, escalation); break;
            case TaskClosed closed: Close(instance, closed); break;
            case StageChanged stage: ChangeStage(instance, stage); break;
            case VersionProposed version: Propose(instance, version); break;
            case VersionFrozen version: _commands.Add(FreezeDocumentVersion.Create(version, now)); break;
            case CaseOpened opened: _commands.Add(InsertCase.Create(opened, instance.Id, opened.RaisedBy ?? EngagementOf(opened.EngagementId, instance).Contact.Name, now)); break;
            case CaseOwned owned: Own(instance, owned); break;
            case CaseClosed closed: _commands.Add(EndCase.Create(closed, now)); break;
            case LessonRecorded lesson: _commands.Add(KeepLesson.Create(lesson)); break;
            case ProvisionalDateSet date:
                sources.Engagement(date.EngagementId, instance);
                _commands.Add(InsertProvisionalDate.Create(instance.Id, date));
                break;
            case ClockStarted started:
                sources.Engagement(started.Clock.EngagementId, instance);
                _commands.Add(InsertClock.Create(started.Clock));
                break;
            case ClockStopped stopped: _commands.Add(EndClock.Create(stopped.Clock)); break;
            case InstanceEnded:
                _commands.Add(CloseClocks.Create(instance.Id, now));
                CancelMeetingsOf(instance);
                break;
            case MeetingEffect meeting: AddMeeting(instance, meeting); break;
            case MilestonesSet set:
                EngagementOf(set.EngagementId, instance);
                _commands.AddRange(PlanMilestones.Create(set, instance.Id, now));
                break;
            case TimelineEntryAdded entry:
                EngagementOf(entry.EngagementId, instance);
                Tell(entry.EntryId, entry.EngagementId, entry.Kind, entry.Text.En, entry.Text.ZhCn, entry.Actor, instance.Id, entry.ReferenceId);
                break;
            default: break;
        }
    }

    /// <summary>Appends everything to the commit.</summary>
    public void AppendTo(NpgsqlBatch batch)
    {
        if (_clients.Count > 0)
            batch.BatchCommands.Add(RequireClients.Create([.. _clients.Order()]));
        if (_changedMeetings.Count > 0)
            batch.BatchCommands.Add(RequireMeetings.Create(_changedMeetings));
        if (_files.Count > 0)
            batch.BatchCommands.Add(KeepMailFiles.Create(_files));
        foreach (NpgsqlBatchCommand command in _commands)
            batch.BatchCommands.Add(command);
        if (_outbox.Count > 0)
            batch.BatchCommands.Add(InsertOutboxEntries.Create(_outbox, now));
        if (_timeline.Count > 0)
            batch.BatchCommands.Add(InsertTimelineEntries.Create(_timeline));
    }

    private void WriteToClient(WorkflowInstance instance, ClientMailRequested mail)
    {
        EngagementSnapshot engagement = OfClient(mail.EngagementId, instance);
        if (mail is { Reminder: > 0, LinkId: { } made })
        {
            // A link may have been sent anew since the step began; one that was taken back is not reminded of.
            if (!sources.LiveLinks.TryGetValue(made, out LiveLink? live))
            {
                Tell(
                    TimeOrderedId.Derive(now, $"timeline/{mail.EffectKey}"), mail.EngagementId, TimelineKinds.Mail,
                    "A reminder was not sent: its link was taken back", "未发送提醒：链接已撤回", null, instance.Id, null);
                return;
            }

            mail = mail with { LinkId = live.Id, DueAt = live.ExpiresAt, DueIsProvisional = live.IsProvisional };
        }

        MailRow row = _mails.ToClient(instance, mail, engagement, sources.Templates(mail, instance)) with { Files = sources.Files(mail, instance) };
        Send(row);
        Tell(TimeOrderedId.Derive(now, $"timeline/{row.EffectKey}"), mail.EngagementId, TimelineKinds.Mail, $"Mail to {row.ToName}: {row.Subject}", $"发给{row.ToName}的邮件：{row.Subject}", null, instance.Id, row.Id);
    }

    private void SendAll(IReadOnlyList<MailRow> mails)
    {
        foreach (MailRow mail in mails)
            Send(mail);
    }

    private void Send(MailRow mail, DateTimeOffset? dueAt = null)
    {
        _commands.Add(InsertMail.Create(mail, now));
        if (mail.Files.Count > 0)
        {
            _files.AddRange(mail.Files);
            _commands.Add(InsertMailAttachments.Create(mail));
        }

        _outbox.Add(new(mail.Id, mail.InstanceId, "mail", mail.EffectKey, dueAt ?? now, JsonSerializer.Serialize(new { mailId = mail.Id })));
    }

    private void Issue(WorkflowInstance instance, LinkIssued link)
    {
        EngagementSnapshot engagement = OfClient(link.EngagementId, instance);
        FormDefinition form = sources.Form(link.DefinitionVersionId, link.FormPath, instance);
        if (form.AsksForStaff)
            throw new MendableEffectException($"The form '{link.FormPath}' asks for a member of staff, and clients do not see who works here. Ask that in a task's form. Skip the activity, or cancel and start on a version that does so.");
        _commands.Add(InsertLink.Create(new(
            link.LinkId, instance.Id, link.BookmarkId, link.EngagementId, engagement.Contact.Id, link.DefinitionVersionId, link.FormPath, link.MayDecline,
            LinkState.Open, now, link.ExpiresAt, Message: link.Message ?? link.LocalizedMessage?.In(engagement.Contact.Language), ConfirmByCode: link.ConfirmByCode)
        {
            DocumentVersionId = link.DocumentVersionId,
        }, Prefilled(link.Prefill, form, link.FormPath), engagement.Contact.Email));
    }

    private void Offer(WorkflowInstance instance, StandingLinkOffered link)
    {
        EngagementOf(link.EngagementId, instance);
        _commands.Add(KeepStandingLink.Create(link, instance.DefinitionId, now));
    }

    private static PlainObject? Prefilled(PlainObject? prefill, FormDefinition form, string path)
    {
        if (prefill is null)
            return null;
        return FormPrefill.Fit(form, prefill, out string? fault)
            ?? throw new MendableEffectException($"The form '{path}' cannot begin with the input 'prefill'. {fault} Correct the variables from which it is made and retry.");
    }

    private void Open(WorkflowInstance instance, TaskOpened opened)
    {
        EngagementSnapshot engagement = EngagementOf(opened.EngagementId, instance);
        Guid? requestedBy = opened.RequestedBy is { } email ? _staff.Find(email)?.Id : null;
        HumanTask task = new()
        {
            Id = opened.TaskId,
            InstanceId = instance.Id,
            BookmarkId = opened.BookmarkId,
            EngagementId = opened.EngagementId,
            DefinitionVersionId = opened.DefinitionVersionId,
            Kind = opened.Kind,
            Title = opened.Title,
            Instructions = opened.Instructions,
            FormPath = opened.FormPath,
            Outcomes = opened.Outcomes,
            Assignee = opened.Kind == TaskKind.Approval ? _staff.Approver(opened.Assignee, engagement, requestedBy) : _staff.Holder(opened.Assignee, engagement),
            RequestedById = requestedBy,
            State = TaskState.Open,
            OpenedAt = now,
            DueAt = opened.DueAt,
            PanelId = opened.PanelId,
            DocumentVersionId = opened.DocumentVersionId,
            DueIsProvisional = opened.DueIsProvisional,
        };
        PlainObject? prefill = opened is { Prefill: { } given, FormPath: { } path } ? Prefilled(given, sources.Form(opened.DefinitionVersionId, path, instance), path) : null;
        _commands.Add(InsertTask.Create(task, prefill));
        foreach (Person person in _staff.People(task.Assignee, engagement))
            Send(_mails.ToStaff(instance, opened.EffectKey, task, engagement, person, TaskMails.Assigned));
        (string name, string nameZh) = _staff.NameOf(task.Assignee);
        bool isApproval = task.Kind == TaskKind.Approval;
        Tell(
            TimeOrderedId.Derive(now, $"timeline/{opened.EffectKey}"),
            task.EngagementId,
            isApproval ? TimelineKinds.Approval : TimelineKinds.Task,
            $"{(isApproval ? "Approval asked of" : "Task for")} {name}: {task.Title.En}",
            $"{(isApproval ? "已提请" : "已分配给")}{nameZh}{(isApproval ? "审批" : "")}：{task.Title.ZhCn}",
            null,
            instance.Id,
            task.Id);
    }

    private void Remind(WorkflowInstance instance, TaskReminded reminder)
    {
        if (!sources.Tasks.TryGetValue(reminder.TaskId, out HumanTask? task) || task.State != TaskState.Open)
            return;
        EngagementSnapshot engagement = EngagementOf(task.EngagementId, instance);
        foreach (Person person in _staff.HoldersOf(task, engagement))
            Send(_mails.ToStaff(instance, reminder.EffectKey, task, engagement, person, TaskMails.Reminder, reminder.Number));
    }

    private void Escalate(WorkflowInstance instance, TaskEscalated escalation)
    {
        if (!sources.Tasks.TryGetValue(escalation.TaskId, out HumanTask? task) || task.State != TaskState.Open)
            return;
        EngagementSnapshot engagement = EngagementOf(task.EngagementId, instance);
        TaskHolder next = _staff.NextRung(task.Assignee, engagement);
        _commands.Add(EscalateTask.Create(task.Id, next, now));
        foreach (Person person in _staff.People(next, engagement))
            Send(_mails.ToStaff(instance, escalation.EffectKey, task, engagement, person, TaskMails.Escalated));
        (string name, string nameZh) = _staff.NameOf(next);
        Tell(TimeOrderedId.Derive(now, $"timeline/{escalation.EffectKey}"), task.EngagementId, TimelineKinds.Task, $"Escalated to {name}: {task.Title.En}", $"已升级给{nameZh}：{task.Title.ZhCn}", null, instance.Id, task.Id);
    }

    private void Close(WorkflowInstance instance, TaskClosed closed)
    {
        _commands.Add(CloseTask.Create(closed.TaskId, closed.State, now));
        if (closed.State == TaskState.Withdrawn && sources.Tasks.TryGetValue(closed.TaskId, out HumanTask? task) && task.State == TaskState.Open)
            Tell(TimeOrderedId.Derive(now, $"timeline/withdrawn/{task.Id}"), task.EngagementId, TimelineKinds.Task, $"Task taken back: {task.Title.En}", $"任务已撤回：{task.Title.ZhCn}", null, instance.Id, task.Id);
    }

    private void ChangeStage(WorkflowInstance instance, StageChanged change)
    {
        EngagementSnapshot engagement = EngagementOf(change.EngagementId, instance);
        if (engagement.Internal is not null)
            throw new MendableEffectException($"The engagement '{change.EngagementId}' is the firm's own and stays in the stage 'internal'; it cannot be set to '{change.Stage}'. Skip the activity.");
        // Mails that follow in the same commit read the new stage.
        sources.Engagements[change.EngagementId] = engagement with { Engagement = engagement.Engagement with { Stage = change.Stage } };
        _commands.Add(UpdateStage.Create(change.EngagementId, change.Stage, now));
    }

    private void Propose(WorkflowInstance instance, VersionProposed version)
    {
        EngagementOf(version.EngagementId, instance);
        _commands.AddRange(InsertDocumentVersion.Create(version, instance.Id, now));
    }

    private void Own(WorkflowInstance instance, CaseOwned owned)
    {
        Guid owner = _staff.Find(owned.Owner)?.Id ?? throw new MendableEffectException($"'{owned.Owner}' is not the address of a member of staff, so the case cannot be given to that person. Add the person, then retry.");
        if (sources.EngagementThatCloses(instance) is { } closed)
            StaffDirectory.AmongReaders(new(owner, null), $"'{owned.Owner}'", closed);
        _commands.Add(OwnCase.Create(owned.CaseId, owner, owned.IsEscalation, now));
    }

    // What a flow writes to addresses of its own choice leaves a closed engagement only to those who read it anyway.
    private IReadOnlyList<MailRow> ReadByTheirs(WorkflowInstance instance, IReadOnlyList<MailRow> mails)
    {
        if (sources.EngagementThatCloses(instance) is { } closed)
        {
            foreach (MailRow mail in mails)
            {
                if (_staff.Find(mail.Recipient) is not { } reader || !closed.IsOpenTo(reader.Id))
                    throw new MendableEffectException($"The mail cannot be sent to '{mail.Recipient}': its engagement is open to its readers alone. Name one of them, or skip the activity.");
            }
        }

        return mails;
    }

    private EngagementSnapshot OfClient(Guid id, WorkflowInstance instance)
    {
        EngagementSnapshot engagement = EngagementOf(id, instance);
        return engagement.Internal is null
            ? engagement
            : throw new MendableEffectException($"The engagement '{id}' is the firm's own: there is no client who could be written to or asked. Use a task, or skip the activity.");
    }

    private EngagementSnapshot EngagementOf(Guid id, WorkflowInstance instance)
    {
        EngagementSnapshot engagement = sources.Engagement(id, instance);
        _clients.Add(engagement.Client.Id);
        return engagement;
    }

    private void Tell(Guid id, Guid engagement, string kind, string english, string chinese, string? actor, Guid instance, Guid? reference) =>
        _timeline.Add(new(id, engagement, now, kind, english, chinese, actor, instance, reference));
}
