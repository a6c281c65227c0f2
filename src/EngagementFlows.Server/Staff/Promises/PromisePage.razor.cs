using System.Globalization;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Server.Calendars;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Calendars;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Promises;

/// <summary>Makes or changes a class of the promise table; what was typed stays where it has a fault.</summary>
public sealed partial class PromisePage
{
    private static readonly int[] Tiers = [1, 2, 3];

    private readonly Dictionary<string, string> _fields = Names.ToDictionary(name => name, _ => "", StringComparer.Ordinal);
    private bool _isRead;
    private PromiseClassLine? _seen;
    private string? _fault;

    [Parameter]
    public string? Id { get; set; }

    [Inject]
    private ListPromiseClasses Classes { get; set; } = null!;

    [Inject]
    private CalendarDesk Desk { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private static IEnumerable<string> Names => ["id", "name", "nameZh", "answer", "solution", .. Tiers.Select(AnswerOf), .. Tiers.Select(SolutionOf)];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _seen = Id is not null && PromiseClass.IsId(Id) ? await Classes.FindAsync(Id, Context.RequestAborted) : null;
        _isRead = true;
        if (_seen is not { Class: var promise })
            return;
        _fields["name"] = promise.Name.En;
        _fields["nameZh"] = promise.Name.ZhCn;
        _fields["answer"] = DurationWords.Of(promise.Times.Answer, Reader);
        _fields["solution"] = DurationWords.Of(promise.Times.Solution, Reader);
        foreach ((int tier, PromiseTimes times) in promise.Tiers)
        {
            _fields[AnswerOf(tier)] = DurationWords.Of(times.Answer, Reader);
            _fields[SolutionOf(tier)] = DurationWords.Of(times.Solution, Reader);
        }
    }

    private async Task SaveAsync()
    {
        IFormCollection form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        foreach (string name in Names)
            _fields[name] = PageInput.Line(form[name]) ?? "";
        string id = Id ?? _fields["id"];
        long revision = _seen is null ? 0 : long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out long given) ? given : -1;
        PromiseClass? promise = PromiseRules.Read(
            id, revision, new LocalizedText(_fields["name"], _fields["nameZh"]), _fields["answer"], _fields["solution"],
            [.. Tiers.Where(tier => _fields[AnswerOf(tier)].Length + _fields[SolutionOf(tier)].Length > 0).Select(tier => (tier, new PromiseTimes(_fields[AnswerOf(tier)], _fields[SolutionOf(tier)])))],
            out LocalizedText? fault);
        if (promise is null)
        {
            _fault = Reader.Say(fault!);
            return;
        }

        if (!await Desk.SaveAsync(promise, CurrentPerson.Of(Context.User).Caller, Context.RequestAborted))
        {
            _fault = Reader.Say(CalendarTexts.ChangedMeanwhile);
            return;
        }

        Notices.Tell(Context, Reader.Say(PromiseTexts.Saved));
        Context.Response.Redirect(Site.Link(StaffUrls.Promises));
    }

    private static string AnswerOf(int tier) => $"answer{tier}";

    private static string SolutionOf(int tier) => $"solution{tier}";
}
