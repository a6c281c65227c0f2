using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Tasks;
using Npgsql;
using LinkIssued = EngagementFlows.Engagements.Links.LinkIssued;
using StandingLinkOffered = EngagementFlows.Engagements.Links.StandingLinkOffered;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>What has to be read before the effects of a commit can be written.</summary>
internal sealed record EffectSources(
    Dictionary<Guid, EngagementSnapshot> Engagements,
    IReadOnlyList<Person> Staff,
    Dictionary<Guid, HumanTask> Tasks,
    Dictionary<(string Version, string Template), MailTemplateSet> TemplateSets,
    Dictionary<(string Version, string Template), MailTemplateException> TemplateFaults,
    Dictionary<Guid, LiveLink> LiveLinks,
    Dictionary<(string Version, string Path), int> FileSizes,
    Dictionary<(string Version, string Path), FormOrFault> Forms,
    Dictionary<Guid, StoredMeeting> Meetings,
    Dictionary<(Guid Engagement, string Series), Guid> SeriesFirsts,
    Dictionary<Guid, Guid> Closers)
{
    /// <summary>Reads it all, with one query per kind of thing.</summary>
    public static async Task<EffectSources> ReadAsync(NpgsqlConnection connection, IReadOnlyList<InstanceChange> changes, CancellationToken cancellationToken)
    {
        Guid[] cancelled = [.. changes.Where(change => change.Instance.Status == InstanceStatus.Cancelled && change.Effects.Any(effect => effect is InstanceEnded)).Select(change => change.Instance.Id)];
        return await ReadAsync(connection, [.. changes.SelectMany(change => change.Effects)], cancelled, changes, cancellationToken);
    }

    /// <summary>Reads it for the effect of a person's act, of which no instance knows.</summary>
    public static Task<EffectSources> ReadAsync(NpgsqlConnection connection, Effect effect, CancellationToken cancellationToken) => ReadAsync(connection, [effect], [], [], cancellationToken);

    private static async Task<EffectSources> ReadAsync(NpgsqlConnection connection, Effect[] effects, Guid[] cancelled, IReadOnlyList<InstanceChange> changes, CancellationToken cancellationToken)
    {
        Guid[] meetings = [.. effects.OfType<MeetingEffect>().Where(effect => effect is MeetingMoved or MeetingCancelled or MeetingJoined).Select(effect => effect.MeetingId).Distinct()];
        Dictionary<Guid, StoredMeeting> loadedMeetings = meetings.Length + cancelled.Length == 0 ? [] : await LoadMeetings.ExecuteAsync(connection, meetings, cancelled, cancellationToken);
        Guid[] engagements = [.. effects.Select(EngagementOf).OfType<Guid>().Union(loadedMeetings.Values.Select(meeting => meeting.Meeting.EngagementId))];
        Guid[] tasks = [.. effects.Select(TaskOf).OfType<Guid>().Distinct()];
        Dictionary<Guid, HumanTask> loadedTasks = tasks.Length == 0 ? [] : await LoadTasks.ExecuteAsync(connection, tasks, cancellationToken);
        WorkflowInstance[] outgoing = [.. changes.Where(change => change.Effects.Any(effect => effect is EmailRequested or CaseOwned)).Select(change => change.Instance)];
        Dictionary<Guid, Guid> closers = outgoing.Length == 0 ? [] : await FindClosers.ExecuteAsync(connection, outgoing, changes, cancellationToken);
        engagements = [.. engagements.Union(loadedTasks.Values.Select(task => task.EngagementId)).Union(closers.Values)];
        Dictionary<Guid, EngagementSnapshot> snapshots = engagements.Length == 0 ? [] : await LoadEngagements.ExecuteAsync(connection, engagements, cancellationToken);
        bool needsStaff = effects.Any(effect => effect is TaskOpened or TaskReminded or TaskEscalated or CaseOwned or MeetingPlanned { Colleagues.Count: > 0 }) || closers.Count > 0;
        Dictionary<(string, string), MailTemplateSet> templates = [];
        Dictionary<(string, string), MailTemplateException> faults = [];
        foreach ((string version, string template) in effects.SelectMany(TemplatesOf).Distinct())
        {
            try
            {
                templates[(version, template)] = await LoadMailTemplates.ExecuteAsync(connection, version, template, cancellationToken);
            }
            catch (MailTemplateException fault)
            {
                // Told where the mail is wanted: only that activity fails.
                faults[(version, template)] = fault;
            }
        }

        Guid[] reminded = [.. effects.OfType<ClientMailRequested>().Where(mail => mail.Reminder > 0).Select(mail => mail.LinkId).OfType<Guid>().Distinct()];
        Dictionary<Guid, LiveLink> liveLinks = reminded.Length == 0 ? [] : await FindLiveLinks.ExecuteAsync(connection, reminded, cancellationToken);
        (string, string)[] files = [.. effects.OfType<ClientMailRequested>().SelectMany(mail => mail.Files.Select(file => (mail.DefinitionVersionId, file))).Distinct()];
        Dictionary<(string, string), int> fileSizes = files.Length == 0 ? [] : await FindMailFiles.ExecuteAsync(connection, files, cancellationToken);
        Dictionary<(string, string), FormOrFault> forms = [];
        foreach ((string version, string path) form in effects.Select(FormOf).OfType<(string, string)>().Distinct())
            forms[form] = await FormOrFault.LoadAsync(connection, form.version, form.path, cancellationToken);
        (Guid, string)[] series = [.. effects.OfType<MeetingPlanned>().Where(planned => planned.Meeting.Series is not null).Select(planned => (planned.EngagementId, planned.Meeting.Series!)).Distinct()];
        Dictionary<(Guid, string), Guid> firsts = series.Length == 0 ? [] : await FindSeriesFirsts.ExecuteAsync(connection, series, cancellationToken);
        return new(snapshots, needsStaff ? await ListStaff.ExecuteAsync(connection, cancellationToken) : [], loadedTasks, templates, faults, liveLinks, fileSizes, forms, loadedMeetings, firsts, closers);
    }

    /// <summary>Returns the templates of a mail.</summary>
    /// <exception cref="MendableEffectException">The version has no such mail, or one that cannot be read.</exception>
    public MailTemplateSet Templates(ClientMailRequested mail, WorkflowInstance instance) =>
        TemplateSets.TryGetValue((mail.DefinitionVersionId, mail.Template), out MailTemplateSet? templates)
            ? templates
            : throw new MendableEffectException(
                $"The mail '{mail.Template}' of definition '{instance.DefinitionId}' version {instance.Version} cannot be written. {TemplateFaults[(mail.DefinitionVersionId, mail.Template)].Message}",
                TemplateFaults[(mail.DefinitionVersionId, mail.Template)]);

    /// <summary>Returns the form of a link or task that a page will show.</summary>
    /// <exception cref="MendableEffectException">The version has no such form, or one that cannot be read.</exception>
    public FormDefinition Form(string version, string path, WorkflowInstance instance) =>
        Forms[(version, path)] is { Form: { } form }
            ? form
            : throw new MendableEffectException(
                $"The form '{path}' of definition '{instance.DefinitionId}' version {instance.Version} cannot be shown. {Forms[(version, path)].Fault} Skip the activity, or cancel and start on a version that has it.");

    /// <summary>Returns the files of a mail.</summary>
    /// <exception cref="MendableEffectException">The version has no such file, or they are too large together.</exception>
    public IReadOnlyList<MailFile> Files(ClientMailRequested mail, WorkflowInstance instance)
    {
        long size = 0;
        foreach (string file in mail.Files)
        {
            size += FileSizes.TryGetValue((mail.DefinitionVersionId, file), out int bytes)
                ? bytes
                : throw new MendableEffectException(
                    $"The mail '{mail.Template}' of definition '{instance.DefinitionId}' version {instance.Version} is to carry the file '{file}', which that version does not have. Skip the activity, or cancel and start on a version that has it.");
        }

        return size <= MailLimits.FileBytes
            ? [.. mail.Files.Select(file => new MailFile(mail.DefinitionVersionId, file, Path.GetFileName(file), ContentTypes.OfName(file)))]
            : throw new MendableEffectException(
                $"The files of the mail '{mail.Template}' of definition '{instance.DefinitionId}' version {instance.Version} have {size:N0} bytes together; at most {MailLimits.FileBytes:N0} go with a mail. Send a link to them instead.");
    }

    /// <summary>Returns the engagement of an effect.</summary>
    /// <exception cref="DomainEffectException">There is none of that id.</exception>
    /// <exception cref="MendableEffectException">Its client was erased.</exception>
    public EngagementSnapshot Engagement(Guid id, WorkflowInstance instance) => Engagements.TryGetValue(id, out EngagementSnapshot? engagement)
        ? engagement.Client.ErasedAt is null
            ? engagement
            : throw new MendableEffectException($"Instance '{instance.Id}' of '{instance.DefinitionId}' runs for engagement '{id}', whose client was erased: nothing is written to him or about him any more. Cancel the instance.")
        : throw new DomainEffectException(
            $"Instance '{instance.Id}' of '{instance.DefinitionId}' runs for engagement '{id}', which does not exist. Start it with the id of an engagement as correlation id.");

    /// <summary>Returns the engagement whose readers alone may see what the instance does; <see langword="null"/> = it is closed to nobody. Known of instances that write mails of their own or give cases to people.</summary>
    public EngagementSnapshot? EngagementThatCloses(WorkflowInstance instance) => Closers.TryGetValue(instance.Id, out Guid closer) ? Engagements[closer] : null;

    // A task without prefilled answers is opened as before: its form is read when somebody looks at it.
    private static (string Version, string Path)? FormOf(Effect effect) => effect switch
    {
        LinkIssued link => (link.DefinitionVersionId, link.FormPath),
        TaskOpened { Prefill: not null, FormPath: { } path } task => (task.DefinitionVersionId, path),
        _ => null,
    };

    private static IEnumerable<(string Version, string Template)> TemplatesOf(Effect effect) => effect switch
    {
        ClientMailRequested mail => [(mail.DefinitionVersionId, mail.Template)],
        MeetingEffect { Notice: { } notice } => notice.Templates.Select(template => (notice.DefinitionVersionId, template)),
        _ => [],
    };

    private static Guid? EngagementOf(Effect effect) => effect switch
    {
        ClientMailRequested mail => mail.EngagementId,
        LinkIssued link => link.EngagementId,
        StandingLinkOffered link => link.EngagementId,
        TaskOpened task => task.EngagementId,
        TaskReminded reminder => reminder.EngagementId,
        TaskEscalated escalation => escalation.EngagementId,
        StageChanged stage => stage.EngagementId,
        VersionProposed version => version.EngagementId,
        CaseOpened opened => opened.EngagementId,
        MeetingEffect meeting => meeting.EngagementId,
        MilestonesSet set => set.EngagementId,
        TimelineEntryAdded entry => entry.EngagementId,
        ClockStarted started => started.Clock.EngagementId,
        ProvisionalDateSet date => date.EngagementId,
        _ => null,
    };

    private static Guid? TaskOf(Effect effect) => effect switch
    {
        TaskReminded reminder => reminder.TaskId,
        TaskEscalated escalation => escalation.TaskId,
        TaskClosed closed when closed.State == TaskState.Withdrawn => closed.TaskId,
        _ => null,
    };
}
