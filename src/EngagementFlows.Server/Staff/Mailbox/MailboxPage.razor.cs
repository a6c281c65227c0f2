using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>Every mail that the house has written, the newest first.</summary>
public sealed partial class MailboxPage
{
    private const int PageSize = 50;

    private static readonly (string Value, LocalizedText Name)[] States =
    [
        ("pending", MailboxTexts.Pending),
        ("accepted", MailboxTexts.Accepted),
        ("rejected", MailboxTexts.Rejected),
        ("uncertain", MailboxTexts.Uncertain),
        ("held", MailboxTexts.Held),
    ];

    private ListPage<MailLine> _page = new([], null);

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? Audience { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private ListMails Mails { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [Inject]
    private ServerOptions Options { get; set; } = null!;

    private bool MayTry => Options.Mail.Smtp is not null && MaySendTest;

    private bool MaySendTest => CurrentPerson.Of(Context.User).May(Policies.TryMail);

    private bool IsFiltered => !string.IsNullOrEmpty(Text) || !string.IsNullOrEmpty(Audience) || !string.IsNullOrEmpty(State) || After is not null;

    private (string, string?)[] Filters => [("q", Text), ("to", Audience), ("state", State)];

    private string? OlderUrl => _page.Next is null ? null : StaffUrls.With(StaffUrls.Mailbox, [.. Filters, ("after", _page.Next)]);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        MailFilter filter = new()
        {
            Viewer = CurrentPerson.Of(Context.User).Viewer,
            Search = PageInput.Line(Text),
            Audience = Audience is "client" or "staff" ? Audience : null,
            State = States.Any(state => state.Value == State) ? State : null,
        };
        _page = await Mails.ExecuteAsync(filter, After, PageSize, Context.RequestAborted);
    }
}
