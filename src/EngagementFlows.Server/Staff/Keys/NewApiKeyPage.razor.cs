using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Keys;

/// <summary>Makes a key for a program and shows it, once.</summary>
public sealed partial class NewApiKeyPage
{
    private IReadOnlyList<Person> _staff = [];
    private string _name = "";
    private string _days = "";
    private IReadOnlyCollection<string> _scopes = [];
    private Guid? _actsFor;
    private string? _fault;
    private string? _secret;

    [Inject]
    private KeyDesk Keys { get; set; } = null!;

    [Inject]
    private ListStaff Staff { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() =>
        _staff = [.. (await Staff.ExecuteAsync(Context.RequestAborted)).Where(person => person.IsActive)];

    private async Task MakeAsync()
    {
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _name = fields["name"].ToString().Trim();
        _days = fields["days"].ToString().Trim();
        _scopes = [.. fields["scopes"].OfType<string>()];
        _actsFor = Guid.TryParse(fields["actsFor"], out Guid person) ? person : null;
        // What is no number is as wrong as one out of range.
        int? days = _days.Length == 0 ? null : int.TryParse(_days, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        (string? secret, KeyFault? fault) = await Keys.MakeAsync(new(_name, _scopes, _actsFor, days), CurrentPerson.Of(Context.User).Caller, Context.RequestAborted);
        _secret = secret;
        _fault = fault is { } why ? Reader.Say(WordsOf(why)) : null;
    }

    private static Engine.LocalizedText WordsOf(KeyFault fault) => fault switch
    {
        KeyFault.NameFaulty => KeyTexts.NameFaulty,
        KeyFault.NameTaken => KeyTexts.NameTaken,
        KeyFault.NoScope => KeyTexts.NoScope,
        KeyFault.DaysFaulty => KeyTexts.DaysFaulty,
        KeyFault.UnknownPerson => KeyTexts.UnknownPerson,
        _ => throw new InvalidOperationException($"EngagementFlows bug: fault '{fault}' has no words."),
    };
}
