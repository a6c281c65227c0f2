using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Cases;

/// <summary>Gives an engagement's contact a standing link by hand.</summary>
internal sealed class StandingLinkDesk(MakeStandingLink make, LiveCatalogue catalogue, ReadForms forms, Func<MailAddresses> addresses, DatabaseClock clock)
{
    /// <summary>Gets what the link for complaints is called where nobody says otherwise.</summary>
    public static LocalizedText ComplaintLabel { get; } = new("Tell us what is wrong", "问题反馈");

    /// <summary>Returns why the flow cannot be started by that form; <see langword="null"/> if it can.</summary>
    public async Task<string?> WhyNotAsync(string definitionId, string formPath, CancellationToken cancellationToken)
    {
        if (catalogue.Current.Published(definitionId) is not { } flow)
            return $"There is no published definition '{definitionId}'. GET /api/definitions lists them.";
        try
        {
            return (await forms.OfVersionAsync(flow.Id, formPath, cancellationToken)).AsksForStaff
                ? $"The form '{formPath}' asks for a member of staff, and clients do not see who works here. Name another form."
                : null;
        }
        catch (InvalidOperationException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Makes it, or lets the one that is there work for longer; <see langword="null"/> if there is no such engagement, or its client was erased.</summary>
    public Task<MadeStandingLink?> MakeAsync(
        Guid engagement, string definitionId, string formPath, LocalizedText? label, TimeSpan? worksFor, CurrentPerson by, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        return make.ExecuteAsync(engagement, definitionId, formPath, label ?? LabelOf(definitionId), now + (worksFor ?? StandingLink.UsualLife), by.Caller, now, cancellationToken);
    }

    /// <summary>Returns the address that opens a link; who is shown it hands it on.</summary>
    public string AddressOf(Guid link) => addresses().StandingLinkOf(link);

    private LocalizedText LabelOf(string definitionId)
    {
        WorkflowDefinition? flow = catalogue.Current.Published(definitionId);
        return definitionId == ComplaintFlow.DefinitionId ? ComplaintLabel : flow?.DisplayName ?? new(flow?.Name ?? definitionId, flow?.Name ?? definitionId);
    }
}
