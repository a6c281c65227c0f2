using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Journal;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;
using Npgsql;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>One run of a flow: where it stands in words, its story, its data, its mails, and the way to end it.</summary>
public sealed partial class InstancePage
{
    private const int PageSize = 200;

    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private WorkflowInstance? _instance;
    private InstanceListRow? _row;
    private EngagementSnapshot? _engagement;
    private InstanceView? _view;
    private JournalWords? _words;
    private IReadOnlyList<JournalTransition> _journal = [];
    private IReadOnlyList<IncidentRow> _incidents = [];
    private IReadOnlyList<MailLine> _mails = [];
    private IReadOnlyList<LinkLine> _links = [];
    private IReadOnlyList<UncertainCall> _calls = [];

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private NpgsqlDataSource Database { get; set; } = null!;

    [Inject]
    private ReadInstancesPage Instances { get; set; } = null!;

    [Inject]
    private ReadIncidentsPage Incidents { get; set; } = null!;

    [Inject]
    private ListMails Mails { get; set; } = null!;

    [Inject]
    private ReadLinks Links { get; set; } = null!;

    [Inject]
    private ListUncertainCalls Calls { get; set; } = null!;

    [Inject]
    private GetEngagement Engagements { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private JournalWords Words => _words!;

    private bool May => CurrentPerson.Of(Context.User).May(Policies.OperateInstances);

    private IReadOnlyList<(string Text, string Url)> Trail => [(Reader.Say(FrameTexts.Instances), StaffUrls.Instances)];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await ReadAsync(Context.RequestAborted);
        _isRead = true;
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        _instance = await GetInstance.ExecuteAsync(Database, Id, cancellation);
        if (_instance is not { } instance)
            return;
        IReadOnlyList<InstanceListRow> rows = await Instances.ExecuteAsync(new(null, null, false, Id.ToString(), null, 1) { Viewer = CurrentPerson.Of(Context.User).Viewer }, cancellation);
        if (Guid.TryParseExact(instance.CorrelationId, "D", out Guid engagement))
            _engagement = await Engagements.ExecuteAsync(engagement, cancellation);
        _incidents = await Incidents.OfInstanceAsync(Id, cancellation);
        _journal = await ReadJournal.ExecuteAsync(Database, Id, ListPlace.Number(After) ?? 0, PageSize, cancellation);
        _mails = (await Mails.ExecuteAsync(new() { InstanceId = Id, Viewer = CurrentPerson.Of(Context.User).Viewer }, null, 50, cancellation)).Items;
        _links = (await Links.OfInstanceAsync(Id, after: null, 50, cancellation)).Items;
        _calls = await Calls.ExecuteAsync(Id, cancellation);
        DefinitionCatalogue catalogue = await Catalogue.KnowingAsync(instance.DefinitionVersionId, cancellation);
        WorkflowDefinition? definition = catalogue.Version(instance.DefinitionVersionId);
        _words = new JournalWords(definition, catalogue.Activities, Reader);
        _view = definition is null ? null : InstanceView.Of(catalogue, instance);
        _row = rows is [InstanceListRow row] ? row : null;
    }
}
