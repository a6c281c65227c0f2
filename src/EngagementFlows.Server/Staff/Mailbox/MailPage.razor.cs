using System.Globalization;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>One mail as its reader sees it, and what became of it.</summary>
public sealed partial class MailPage
{
    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private MailDetail? _mail;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private GetMail Mails { get; set; } = null!;

    [Inject]
    private ShownMail Shown { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool May => CurrentPerson.Of(Context.User).May(Policies.OperateInstances);

    private IReadOnlyList<(string Text, string Url)> Trail => [(Reader.Say(FrameTexts.Mailbox), StaffUrls.Mailbox)];

    private string? LinkAddress => _mail?.LinkId is { } link ? Shown.LinkOf(link) : null;

    private static string SizeOf(int bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000d:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000d:0.0} MB"),
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _mail = await Mails.ExecuteAsync(Id, Context.RequestAborted);
        _isRead = true;
    }
}
