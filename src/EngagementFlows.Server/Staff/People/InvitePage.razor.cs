using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.People;

/// <summary>Adds a member of staff and mails him the link by which he sets his password.</summary>
public sealed partial class InvitePage
{
    private string _name = "";
    private string _email = "";
    private string _language = "";
    private string _zone = "";
    private IReadOnlyCollection<string> _roles = [];
    private string? _fault;
    private MailedLink? _link;
    private Guid _id;

    [Inject]
    private PeopleDesk People { get; set; } = null!;

    [Inject]
    private ServerOptions Options { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _language = Reader.Language.Tag;
        _zone = Options.Firm.Zone.Id;
    }

    private async Task InviteAsync()
    {
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _name = fields["name"].ToString().Trim();
        _email = fields["email"].ToString().Trim();
        _language = fields["language"].ToString();
        _zone = fields["zone"].ToString().Trim();
        _roles = [.. fields["roles"].OfType<string>()];
        (Person? person, _link, PersonFault? fault) = await People.InviteAsync(new(_name, _email, _roles, _language, _zone), CurrentPerson.Of(Context.User), Context.RequestAborted);
        if (person is null)
        {
            _fault = Reader.Say(WordsOf(fault));
            return;
        }

        _id = person.Id;
    }

    private static Engine.LocalizedText WordsOf(PersonFault? fault) => fault switch
    {
        PersonFault.NameFaulty => PeopleTexts.NameFaulty,
        PersonFault.AddressFaulty => PeopleTexts.AddressFaulty,
        PersonFault.AddressTaken => PeopleTexts.AddressTaken,
        PersonFault.NoRole => PeopleTexts.NoRole,
        PersonFault.ZoneFaulty => PeopleTexts.ZoneFaulty,
        _ => throw new InvalidOperationException($"EngagementFlows bug: fault '{fault}' has no words."),
    };
}
