using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Forms;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Inbox;

/// <summary>The tasks that wait for the reader, and the one that he looks at with its acts.</summary>
public sealed partial class InboxPage
{
    private const int PageSize = 50;

    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private ListPage<TaskLine> _list = new([], null);
    private TaskDetail? _task;
    private WorkflowDefinition? _flow;
    private FormWalk? _walk;
    private IReadOnlyList<AnsweredForm> _answers = [];
    private IReadOnlyList<AnswerFault> _faults = [];
    private RowAct? _act;
    private string? _fault;
    private string? _comment;

    [Parameter]
    public Guid? Id { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private ListTasks Tasks { get; set; } = null!;

    [Inject]
    private GetTask Task { get; set; } = null!;

    [Inject]
    private PrepareTaskAnswer Prepare { get; set; } = null!;

    [Inject]
    private FlowsEngine Engine { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

    [Inject]
    private ReadForms Forms { get; set; } = null!;

    [Inject]
    private ReadPrefill Prefill { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [Inject]
    private DatabaseClock Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private Person Person
    {
        get
        {
            CurrentPerson current = CurrentPerson.Of(Context.User);
            return new(current.Id, current.Name, current.Email, current.Roles, current.Language, current.Zone);
        }
    }

    private string Title => _task is null ? Reader.Say(FrameTexts.Inbox) : Reader.Say(_task.Task.Title);

    private IReadOnlyList<(string Text, string Url)> Trail => _task is null ? [] : [(Reader.Say(FrameTexts.Inbox), StaffUrls.Inbox)];

    private bool MayDecide => _task is { Task.State: Engagements.Tasks.TaskState.Open } && TaskDecision.IsHeldBy(_task.Task, Person);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await ReadAsync();
        _isRead = true;
    }

    private async Task ReadAsync()
    {
        _list = await Tasks.ExecuteAsync(Person, Engagements.Tasks.TaskState.Open, null, After, PageSize, Context.RequestAborted, CurrentPerson.Of(Context.User).Viewer);
        if (Id is not { } id)
            return;
        TaskDetail? found = await Task.ExecuteAsync(id, Context.RequestAborted);
        // Another's task looks like one that does not exist.
        if (found is null || !TaskDecision.MayRead(found.Task, Person))
            return;
        _task = found;
        _flow = (await Catalogue.KnowingAsync(found.Task.DefinitionVersionId, Context.RequestAborted)).Version(found.Task.DefinitionVersionId);
        _answers = await Forms.OfEngagementAsync(found.Task.EngagementId, Context.RequestAborted);
        if (MayDecide && found.Task.FormPath is { } path)
            _walk = new FormWalk((await Forms.ForStaffAsync(found.Task.DefinitionVersionId, path, Context.RequestAborted)).On(Clock.Now, Person.Zone), await Prefill.ExecuteAsync(id, Context.RequestAborted));
    }

    private static string? KeyOf(string outcome) => outcome switch
    {
        TaskOutcomes.Approved or TaskOutcomes.Done => "a",
        TaskOutcomes.Returned => "r",
        _ => null,
    };

    private async Task DecideAsync()
    {
        if (_task is not { } detail)
            return;
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        string outcome = fields["outcome"].ToString();
        _comment = fields["comment"].ToString().ReplaceLineEndings("\n");
        PlainObject? answers = null;
        if (_walk is not null)
        {
            answers = FormPost.Read(_walk.Form, fields);
            _walk = new FormWalk(_walk.Form, answers);
            // A button inside the form: drawn again with what was typed, and nothing is decided.
            if (fields["go"].ToString() is { Length: > 0 } go)
            {
                if (RowAct.Of(_walk.Form, go) is { } act)
                    (_walk, _act) = act.ApplyTo(_walk);
                return;
            }
        }

        PreparedTaskAnswer prepared = await Prepare.ExecuteAsync(new(detail.Task.Id, outcome, _comment, answers) { Actor = CurrentPerson.Of(Context.User).Caller }, Person, Clock.Now, Context.RequestAborted);
        if (prepared.Stimulus is null)
        {
            _faults = prepared.Faults;
            _fault = prepared.Faults.Count > 0 ? Reader.Say(InboxTexts.FormFaulty) : WordsOf(prepared.Verdict);
            return;
        }

        StimulusResult result = await Engine.Gateway.SubmitAsync(prepared.Stimulus, prepared.Rider, Context.RequestAborted);
        if (result.RefusedBy is not null || result.Kind != TransitionKind.Applied)
        {
            _fault = Reader.Say(InboxTexts.AlreadyClosed);
            return;
        }

        GoOn(Reader.Say(TaskOutcomes.NameOf(outcome, _flow)), detail.Task.Id);
    }

    // The next one that waits; with nothing left, the empty inbox.
    private void GoOn(string outcome, Guid done)
    {
        TaskLine? next = _list.Items.FirstOrDefault(line => line.Id != done);
        Notices.Tell(Context, Reader.Say(next is null ? InboxTexts.Decided : InboxTexts.DecidedNext, outcome));
        Navigation.NavigateTo(Site.Link(next is null ? StaffUrls.Inbox : StaffUrls.Task(next.Id)));
    }

    private string WordsOf(TaskVerdict? verdict) => verdict switch
    {
        TaskVerdict.AlreadyClosed => Reader.Say(InboxTexts.AlreadyClosed),
        TaskVerdict.NotYours or null => Reader.Say(InboxTexts.NotYours),
        TaskVerdict.OwnRequest => Reader.Say(InboxTexts.OwnRequest),
        TaskVerdict.AlreadyHeard => Reader.Say(InboxTexts.AlreadyHeard),
        TaskVerdict.OutdatedVersion => Reader.Say(InboxTexts.OutdatedVersion),
        TaskVerdict.CommentMissing => Reader.Say(InboxTexts.CommentMissing),
        TaskVerdict.CommentFaulty => Reader.Say(InboxTexts.CommentFaulty, TextRule.CommentLength),
        _ => Reader.Say(InboxTexts.UnknownOutcome),
    };
}
