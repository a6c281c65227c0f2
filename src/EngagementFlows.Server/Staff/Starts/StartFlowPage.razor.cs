using System.Security.Cryptography;
using System.Text.Json;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Lint;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Starts;

/// <summary>Starts a flow for one engagement, as a program does through the API; a page that is sent twice starts one. What was typed stays where it has a fault.</summary>
public sealed partial class StartFlowPage
{
    private static readonly string[] UnderWay = ["running", "suspended", "pending"];

    private readonly List<string> _faults = [];
    private bool _isRead;
    private EngagementSnapshot? _engagement;
    private WorkflowDefinition[] _flows = [];
    private WorkflowDefinition? _flow;
    private InstanceSummary? _underWay;
    private Guid _sheet = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());
    private IFormCollection? _typed;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Flow { get; set; }

    [Inject]
    private GetEngagement Engagements { get; set; } = null!;

    [Inject]
    private FlowsDatabase Database { get; set; } = null!;

    [Inject]
    private FlowsEngine Engine { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

    [Inject]
    private DatabaseClock Clock { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private string Key => Id.ToString("D");

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _engagement = await Engagements.ExecuteAsync(Id, Context.RequestAborted);
        // Another process may have published one a moment ago.
        await Catalogue.RefreshAsync(Context.RequestAborted);
        _flows = [.. Catalogue.Current.All.Where(IsOffered).OrderBy(flow => Reader.Say(NameOf(flow)), StringComparer.Ordinal)];
        _flow = Array.Find(_flows, flow => flow.DefinitionId == Flow);
        if (_flow is { } chosen)
            _underWay = await FindUnderWayAsync(chosen);
        _isRead = true;
    }

    private static LocalizedText NameOf(WorkflowDefinition flow) => flow.DisplayName ?? new(flow.Name ?? flow.DefinitionId, flow.Name ?? flow.DefinitionId);

    // Complaints have a page of their own, which asks for more. To an internal file belongs no client to whom a flow could write, and to others no third reader.
    private bool IsOffered(WorkflowDefinition flow) =>
        Catalogue.Current.Published(flow.DefinitionId) == flow
        && flow.DefinitionId != ComplaintFlow.DefinitionId
        && FlowLint.ConcernsEngagement(flow)
        && (_engagement?.Internal is null || !FlowLint.FacesClients(flow))
        && (_engagement?.Internal?.Third is not null || !FlowLint.ConcernsPersonnelFile(flow))
        && Catalogue.Current.Triggers.All(trigger => trigger.DefinitionId != flow.DefinitionId);

    private async Task<InstanceSummary?> FindUnderWayAsync(WorkflowDefinition flow)
    {
        foreach (string status in UnderWay)
        {
            InstanceFilter filter = new() { Viewer = CurrentPerson.Of(Context.User).Viewer, DefinitionId = flow.DefinitionId, CorrelationId = Key, Status = status };
            if ((await ListInstances.ExecuteAsync(Database.Queries, filter, after: null, size: 1, Context.RequestAborted)).Items is [var found, ..])
                return found;
        }

        return null;
    }

    private string TypedIn(InputDeclaration input) => _typed?[StartInputs.FieldOf(input)].ToString() ?? "";

    private async Task StartAsync()
    {
        _typed = await Context.Request.ReadFormAsync(Context.RequestAborted);
        if (_flow is not { } flow || _engagement is not { Client.ErasedAt: null })
            return;
        PlainObject input = StartInputs.Read(flow.Inputs, _typed, Reader, _faults);
        if (Guid.TryParseExact(_typed["sheet"].ToString(), "D", out Guid sheet))
            _sheet = sheet;
        else
            _faults.Add(Reader.Say(StartTexts.PageTooOld));
        if (_faults.Count > 0)
            return;

        CurrentPerson person = CurrentPerson.Of(Context.User);
        // The same page sent again is the same start, whatever was typed into it meanwhile.
        IdempotencyKey key = new(person.Caller, $"start-page-{sheet:N}", SHA256.HashData(sheet.ToByteArray()));
        StartRequested start = new(TimeOrderedId.Create(Clock.Now), flow.DefinitionId) { DefinitionVersionId = flow.Id, CorrelationId = Key, Input = input };
        StimulusResult result = await InstanceActs.StartAsync(Engine, start, key, Answer, person, Context.RequestAborted);
        Guid? started = result is { Kind: TransitionKind.Applied, RefusedBy: null } ? start.InstanceId : await FindEarlierAsync(key);
        if (started is not { } instance)
        {
            _faults.Add(Reader.Say(StartTexts.NotStarted, result.Message ?? result.RefusedBy));
            return;
        }

        Notices.Tell(Context, Reader.Say(StartTexts.Started));
        Context.Response.Redirect(Site.Link(StaffUrls.Instance(instance)));
    }

    private ApiAnswer Answer(StimulusResult applied) => ApiAnswer.Of(StatusCodes.Status201Created, StartedInstance.Of(applied.Instance!, Catalogue.Current));

    private async Task<Guid?> FindEarlierAsync(IdempotencyKey key) =>
        await FindAnswer.ExecuteAsync(Database.Queries, key.Caller, key.Key, Context.RequestAborted) is { } kept
            ? JsonSerializer.Deserialize<StartedInstance>(kept.Body, ApiJson.Options)!.Instance.Id
            : null;
}
