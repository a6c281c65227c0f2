using System.Security.Cryptography;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Cases;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Cases;

/// <summary>Records a complaint that a client told by telephone or in a meeting; a page that is sent twice records one. What was typed stays where it has a fault.</summary>
public sealed partial class RaiseComplaintPage
{
    private bool _isRead;
    private EngagementSnapshot? _engagement;
    private Guid _sheet = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());
    private string _subject = "";
    private string _class = CaseClasses.Normal;
    private string _description = "";
    private string _raisedBy = "";
    private string? _fault;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private GetEngagement Engagements { get; set; } = null!;

    [Inject]
    internal ComplaintDesk Desk { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _engagement = await Engagements.ExecuteAsync(Id, Context.RequestAborted);
        _isRead = true;
    }

    private async Task RaiseAsync()
    {
        IFormCollection form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _subject = form["subject"].ToString().Trim();
        _description = form["description"].ToString().ReplaceLineEndings("\n").Trim();
        _raisedBy = form["raisedBy"].ToString().Trim();
        _class = CaseClasses.All.Contains(form["class"].ToString(), StringComparer.Ordinal) ? form["class"].ToString() : CaseClasses.Normal;
        bool isWhole = Guid.TryParseExact(form["sheet"].ToString(), "D", out Guid sheet);
        if (isWhole)
            _sheet = sheet;
        _fault = !isWhole ? Reader.Say(CaseTexts.PageTooOld)
            : _subject.Length == 0 || TextRule.FaultOfLine(_subject, ComplaintFlow.SubjectLength) is not null ? Reader.Say(CaseTexts.SubjectMissing, ComplaintFlow.SubjectLength)
            : TextRule.FaultOfText(_description, ComplaintFlow.DescriptionLength) is not null || TextRule.FaultOfLine(_raisedBy, TextRule.NameLength) is not null ? Reader.Say(CaseTexts.TextFaulty)
            : null;
        if (_fault is not null || _engagement is not { Client.ErasedAt: null } engagement)
            return;

        CurrentPerson person = CurrentPerson.Of(Context.User);
        // The same page sent again is the same complaint, whatever was typed into it meanwhile.
        IdempotencyKey key = new(person.Caller, $"complaint-page-{sheet:N}", SHA256.HashData(sheet.ToByteArray()));
        StimulusResult result = await Desk.RaiseAsync(
            engagement, new(_subject, _description.Length == 0 ? null : _description, _class, _raisedBy.Length == 0 ? null : _raisedBy), key, person, Context.RequestAborted);
        RaisedCase? raised = result is { Kind: TransitionKind.Applied, RefusedBy: null } ? ComplaintDesk.Raised(result) : await Desk.FindAsync(key, Context.RequestAborted);
        if (raised is null)
        {
            _fault = Reader.Say(CaseTexts.NotRaised, result.Message ?? result.RefusedBy);
            return;
        }

        Notices.Tell(Context, Reader.Say(CaseTexts.RaisedNow));
        Context.Response.Redirect(Site.Link(raised.CaseId is { } id ? StaffUrls.Case(id) : StaffUrls.Instance(raised.Instance.Id)));
    }
}
