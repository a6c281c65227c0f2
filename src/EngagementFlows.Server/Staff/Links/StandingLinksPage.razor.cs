using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Cases;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Controls;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Links;

/// <summary>The standing links of an engagement: how they stand, one for complaints to be made and shown, any to be taken back.</summary>
public sealed partial class StandingLinksPage
{
    // One for each contact and flow, and those that were taken back.
    private const int Most = 200;

    private bool _isRead;
    private EngagementSnapshot? _engagement;
    private IReadOnlyList<StandingLinkLine> _links = [];
    private string? _address;
    private string? _fault;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private GetEngagement Engagements { get; set; } = null!;

    [Inject]
    private ReadStandingLinks Links { get; set; } = null!;

    [Inject]
    internal StandingLinkDesk Desk { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool May => CurrentPerson.Of(Context.User).May(Policies.ManageLinks);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _engagement = await Engagements.ExecuteAsync(Id, Context.RequestAborted);
        if (_engagement is not null)
            await ReadAsync();
        _isRead = true;
    }

    // Everybody of the firm reads the page; who may make links is asked here, since both are one address.
    private async Task MakeAsync()
    {
        if (!May)
        {
            Context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (await Desk.WhyNotAsync(ComplaintFlow.DefinitionId, ComplaintFlow.FormPath, Context.RequestAborted) is not null
            || await Desk.MakeAsync(Id, ComplaintFlow.DefinitionId, ComplaintFlow.FormPath, label: null, worksFor: null, CurrentPerson.Of(Context.User), Context.RequestAborted) is not { } made)
        {
            _fault = Reader.Say(StandingLinkTexts.NoFlow);
            return;
        }

        _address = Desk.AddressOf(made.Id);
        await ReadAsync();
    }

    private async Task ReadAsync() => _links =
        [.. (await Links.OfEngagementAsync(Id, after: null, Most, Context.RequestAborted)).Items.OrderBy(line => line.Link.RevokedAt is not null).ThenByDescending(line => line.Link.IssuedAt)];

    private (string Text, Tone Tone) StateOf(StandingLink link) => link.At(Reader.Now) switch
    {
        LinkVerdict.Revoked => (Reader.Say(StandingLinkTexts.Revoked, Reader.Moment(link.RevokedAt!.Value)), Tone.Waiting),
        LinkVerdict.Expired => (Reader.Say(StandingLinkTexts.Expired, Reader.Moment(link.ExpiresAt)), Tone.Waiting),
        _ => (Reader.Say(StandingLinkTexts.Alive, Reader.FullDate(link.ExpiresAt)), Tone.Running),
    };
}
