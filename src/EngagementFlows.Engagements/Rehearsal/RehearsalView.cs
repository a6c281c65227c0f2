using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Incidents;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>An entry of a journal, as a step of the way that a rehearsal went.</summary>
/// <param name="At">When.</param>
/// <param name="Definition">The flow that took it.</param>
/// <param name="Entry">What happened.</param>
/// <param name="IsChild">Whether another flow took it, which the first one began.</param>
public sealed record RehearsalStep(DateTimeOffset At, WorkflowDefinition Definition, JournalEntry Entry, bool IsChild);

/// <summary>A task that waits for somebody.</summary>
/// <param name="ActivityId">The activity that asks.</param>
/// <param name="Task">What is asked.</param>
public sealed record RehearsedTask(string ActivityId, TaskOpened Task);

/// <summary>A question that waits for the client.</summary>
/// <param name="ActivityId">The activity that asks.</param>
/// <param name="Link">What is asked.</param>
public sealed record RehearsedLink(string ActivityId, LinkIssued Link);

/// <summary>A mail that went out.</summary>
/// <param name="At">When.</param>
/// <param name="To"><c>client</c>, <c>staff</c>, or whose task it is about; addresses of a mail that the flow addressed itself.</param>
/// <param name="Template">The template, or <see langword="null"/> for a mail that the flow wrote itself.</param>
/// <param name="Reminder">The number of the reminder, from 1; 0 for the first mail.</param>
/// <param name="Effect">What means the mail.</param>
public sealed record RehearsedMail(DateTimeOffset At, string To, string? Template, int Reminder, Effect Effect);

/// <summary>What a person sees of a rehearsal: the way so far, what waits for whom, variables and mails.</summary>
/// <param name="Now">The instant of its clock.</param>
/// <param name="Status">The state of the first instance; <see langword="null"/> while nothing has started.</param>
/// <param name="Way">The way, in order.</param>
/// <param name="Tasks">The tasks that wait.</param>
/// <param name="Links">The questions that wait for the client.</param>
/// <param name="Events">The names of the events that are waited for.</param>
/// <param name="NextDue">The next instant at which something happens by itself, or <see langword="null"/>.</param>
/// <param name="Inside">What is in the first instance; <see langword="null"/> while nothing has started.</param>
/// <param name="Mails">The mails, in order.</param>
/// <param name="Incidents">What failed, of all instances.</param>
public sealed record RehearsalView(
    DateTimeOffset Now,
    InstanceStatus? Status,
    IReadOnlyList<RehearsalStep> Way,
    IReadOnlyList<RehearsedTask> Tasks,
    IReadOnlyList<RehearsedLink> Links,
    IReadOnlyList<string> Events,
    DateTimeOffset? NextDue,
    InstanceView? Inside,
    IReadOnlyList<RehearsedMail> Mails,
    IReadOnlyList<Incident> Incidents)
{
    /// <summary>Looks at a case that was played.</summary>
    public static RehearsalView Of(PlayedCase played)
    {
        RehearsalHost host = played.Host;
        RehearsedInstance? main = host.Instances.Count > 0 ? host.Instances[0] : null;
        Bookmark[] waits = [.. host.Instances.SelectMany(instance => instance.Bookmarks)];
        Dictionary<Guid, Bookmark> standing = waits.ToDictionary(wait => wait.Id);
        return new(
            host.Now,
            main?.Current.Status,
            [.. host.Instances.SelectMany((instance, place) => StepsOf(host, instance, isChild: place > 0)).OrderBy(step => step.At)],
            [.. host.Recorded.Select(one => one.Effect).OfType<TaskOpened>().Where(task => standing.ContainsKey(task.BookmarkId)).Select(task => new RehearsedTask(standing[task.BookmarkId].ActivityId, task))],
            [.. host.Recorded.Select(one => one.Effect).OfType<LinkIssued>().Where(link => standing.ContainsKey(link.BookmarkId)).Select(link => new RehearsedLink(standing[link.BookmarkId].ActivityId, link))],
            [.. waits.Where(wait => wait is { Name: EventRouting.BookmarkName, Key: not null }).Select(wait => wait.Key!).Distinct(StringComparer.Ordinal)],
            waits.Select(wait => wait.DueAt).OfType<DateTimeOffset>().Where(due => due > host.Now).Cast<DateTimeOffset?>().DefaultIfEmpty(null).Min(),
            main is null ? null : InstanceView.Of(host.Catalogue, main.Current),
            [.. CaseMails.Sent(host.Recorded, host.Now).Select(Mail)],
            [.. host.Instances.SelectMany(instance => instance.Incidents)]);
    }

    private static IEnumerable<RehearsalStep> StepsOf(RehearsalHost host, RehearsedInstance instance, bool isChild)
    {
        WorkflowDefinition definition = host.Catalogue.Version(instance.Current.DefinitionVersionId)!;
        return instance.Journal.Select((entry, place) => new RehearsalStep(instance.Moments[place], definition, entry, isChild));
    }

    private static RehearsedMail Mail((DateTimeOffset At, PlainObject Mail, Effect Effect) sent) => new(
        sent.At,
        sent.Mail["to"] is PlainList addresses ? string.Join(", ", addresses.OfType<string>()) : sent.Mail["to"] as string ?? "",
        sent.Mail["template"] as string,
        (int)(sent.Mail["reminder"] as long? ?? 0),
        sent.Effect);
}
