using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Home;

/// <summary>The first page: what needs the reader, and whether anything is wrong.</summary>
public sealed partial class HomePage
{
    private const int MostTasks = 8;
    private const int MostMeetings = 6;
    private const int MostInstances = 5;
    private const int MostUncertain = 5;

    private ListPage<TaskLine> _tasks = new([], null);
    private ListPage<MailLine> _uncertain = new([], null);
    private ListPage<MeetingLine> _meetings = new([], null);
    private long _taskCount;
    private IReadOnlyList<InstanceListRow> _recent = [];
    private HomeFigures _figures = new(0, 0, 0, 0, 0, 0, null, 0, null);
    private long _violations;
    private DateTimeOffset _countedAt;
    private IncarnationState? _life;

    [Inject]
    private ListTasks Tasks { get; set; } = null!;

    [Inject]
    private CountTasks TaskCount { get; set; } = null!;

    [Inject]
    private ListMeetings Meetings { get; set; } = null!;

    [Inject]
    private ListMails Mails { get; set; } = null!;

    [Inject]
    private ReadHomePage Figures { get; set; } = null!;

    [Inject]
    private ReadIncarnation Life { get; set; } = null!;

    [Inject]
    private InvariantCount Invariants { get; set; } = null!;

    [Inject]
    private ReadInstancesPage Instances { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        CurrentPerson current = CurrentPerson.Of(Context.User);
        Person person = new(current.Id, current.Name, current.Email, current.Roles, current.Language, current.Zone);
        CancellationToken cancellation = Context.RequestAborted;
        _tasks = await Tasks.ExecuteAsync(person, TaskState.Open, null, null, MostTasks, cancellation, current.Viewer);
        _taskCount = await TaskCount.ExecuteAsync(person, cancellation);
        _meetings = await Meetings.ExecuteAsync(
            new(State: MeetingState.Planned, PersonId: person.Id, Until: Reader.Now.AddDays(7)) { Viewer = current.Viewer }, null, MostMeetings, Reader.Now, cancellation);
        _figures = await Figures.ExecuteAsync(cancellation, current.Viewer);
        // Who may decide about them is asked to; the others see the figure.
        if (_figures.UncertainMails > 0 && current.May(Policies.OperateInstances))
            _uncertain = await Mails.ExecuteAsync(new() { State = "uncertain", Viewer = current.Viewer }, after: null, MostUncertain, cancellation);
        _life = current.May(Policies.OperateInstances) ? await Life.ExecuteAsync(cancellation) : null;
        (_violations, _countedAt) = await Invariants.GetAsync(cancellation);
        _recent = await Instances.ExecuteAsync(new(null, null, false, null, null, MostInstances) { Viewer = current.Viewer }, cancellation);
    }

    private static string? Tone(long count) => count > 0 ? "tone-broken" : null;
}
