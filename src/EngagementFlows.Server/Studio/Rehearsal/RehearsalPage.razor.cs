using System.Globalization;
using System.Text;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Forms;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff;
using EngagementFlows.Server.Staff.Controls;
using EngagementFlows.Server.Staff.Definitions;
using EngagementFlows.Server.Staff.Instances;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Studio.Rehearsal;

/// <summary>A rehearsal of a draft, step by step. The acts so far travel in the page; each step plays them all anew, so that the draft may be changed in between.</summary>
public sealed partial class RehearsalPage
{
    // As the console's pages, but for styles of mails inside of it, and that the editor's page may show it.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    private static readonly (string By, LocalizedText Text)[] Spans =
    [
        ("01:00:00", RehearsalTexts.Hour),
        ("1.00:00:00", RehearsalTexts.Day),
        ("1 working days", RehearsalTexts.WorkingDay),
        ("3.00:00:00", RehearsalTexts.ThreeDays),
        ("7.00:00:00", RehearsalTexts.Week),
    ];

    private bool _isRead;
    private RehearsedFlow? _flow;
    private RehearsalScript? _script;
    private RehearsalView? _view;
    private string? _fault;
    private string? _notice;
    private string? _open;
    private string? _openAssignee;
    private string? _comment;
    private PlainObject? _given;

    [Parameter]
    public string DefinitionId { get; set; } = "";

    [Inject]
    internal RehearsalDesk Desk { get; set; } = null!;

    [Inject]
    internal ServerOptions Options { get; set; } = null!;

    [Inject]
    private ActivityCatalog Activities { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private string Address => Site.Link(StaffUrls.Rehearsal(DefinitionId));

    private string NameOfFlow => _flow?.Definition?.DisplayName is { } name ? Reader.Say(name) : DefinitionId;

    private IEnumerable<string> Zones => ((string[])[Options.Firm.Zone.Id, "Asia/Shanghai", "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Singapore", "Australia/Sydney"]).Distinct();

    // Times as the client reads them: his zone decides when he is written to.
    private Reader ClientReader => Reader.In(PageReading.ZoneOf(((_script?.Fields["house"] as PlainObject)?["client"] as PlainObject)?["zone"] as string, Options.Firm.Zone));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        Context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        _flow = await Desk.FindAsync(DefinitionId, Context.RequestAborted);
        _isRead = true;
    }

    private async Task ActAsync()
    {
        IFormCollection form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        string act = form["act"].ToString();
        if (_flow?.Definition is null || act == "again")
            return;
        RehearsalScript? before = act == "start" ? Begin(form) : RehearsalScript.Parse(form["script"].ToString());
        if (before is null)
        {
            _fault = Reader.Say(RehearsalTexts.Lost);
            return;
        }

        _open = form["activity"].ToString() is { Length: > 0 } activity ? activity : null;
        _openAssignee = form["assignee"].ToString() is { Length: > 0 } assignee ? assignee : null;
        _comment = form["comment"].ToString();
        Show(before, () => act == "undo" ? before.WithoutLast() : Stimulus(act, form, before) is { } stimulus ? before.With(stimulus) : before);
        if (act == "keep")
            await KeepAsync(form["name"].ToString().Trim());
    }

    private void Show(RehearsalScript before, Func<RehearsalScript> step)
    {
        RehearsalScript next = before;
        try
        {
            next = step();
            PlayedCase played = Desk.Play(_flow!, next);
            // An act that came to nothing is no part of the script.
            bool isNothing = played.Problem is not null && next != before;
            (_script, _view) = isNothing ? (before, RehearsalView.Of(Desk.Play(_flow!, before))) : (next, RehearsalView.Of(played));
            if (isNothing)
                _fault = Reader.Say(RehearsalTexts.Problem, played.Problem);
            else if (next != before)
                (_open, _openAssignee, _comment, _given) = (null, null, null, null);
        }
        catch (Exception failure) when (failure is RehearsalException or InvalidOperationException && !failure.Message.StartsWith("EngagementFlows bug", StringComparison.Ordinal))
        {
            // What was played until then stays.
            if (next != before)
                Show(before, () => before);
            _fault = failure.Message;
        }
    }

    private async Task KeepAsync(string name)
    {
        if (!CurrentPerson.Of(Context.User).May(Policies.ManageDefinitions) || _script is null)
            return;
        if (name.Length is 0 or > 200 || PageInput.Line(name) is null)
            _fault = Reader.Say(RehearsalTexts.NameMissing);
        else
            _notice = Reader.Say(RehearsalTexts.Kept, await Desk.KeepAsync(_flow!, _script, name, CurrentPerson.Of(Context.User).Caller, Context.RequestAborted));
    }

    private RehearsalScript Begin(IFormCollection form)
    {
        TimeZoneInfo zone = PageReading.ZoneOf(form["zone"].ToString(), Options.Firm.Zone);
        DateOnly day = DateOnly.TryParseExact(form["day"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly given) ? given : DateOnly.FromDateTime(Reader.Now.UtcDateTime);
        // At nine in the morning, when work begins.
        DateTime morning = day.ToDateTime(new TimeOnly(9, 0));
        PlainObject input = new();
        foreach (InputDeclaration declared in _flow!.Definition!.Inputs)
        {
            string text = form[$"in.{declared.Name}"].ToString();
            if (text.Length > 0)
                input[declared.Name] = declared.Type.Kind != DataKind.String && PlainJson.TryParse(text, out object? value) ? value : text;
        }

        string language = form["language"].ToString() == "zh-CN" ? "zh-CN" : "en";
        return RehearsalScript.Begin(new DateTimeOffset(morning, zone.GetUtcOffset(morning)), Guid.Parse("00000000-0000-7000-8000-00000000e001"), zone.Id, Options.Firm.Zone.Id, language, input);
    }

    private PlainObject? Stimulus(string act, IFormCollection form, RehearsalScript before)
    {
        switch (act)
        {
            case "advance":
                return new() { ["type"] = "advance", ["by"] = form["by"].ToString() };
            case "event":
                return new() { ["type"] = "event", ["name"] = form["name"].ToString() };
            case "answer" when form["outcome"].ToString() == "declined":
                return new() { ["type"] = "answer", ["activityId"] = _open, ["declined"] = Reader.Say(RehearsalTexts.Declined) };
            case "answer":
                return Answered(form, before, new() { ["type"] = "answer", ["activityId"] = _open }, leavesFormOut: false);
            case "task":
                string outcome = form["outcome"].ToString();
                PlainObject task = new() { ["type"] = "task", ["activityId"] = _open, ["outcome"] = outcome, ["assignee"] = _openAssignee, ["by"] = "somebody@rehearsal.example" };
                if (!string.IsNullOrWhiteSpace(_comment))
                    task["comment"] = _comment.Trim();
                return Answered(form, before, task, TaskDecision.LeavesFormOut(outcome));
            default:
                return null;
        }
    }

    // With the answers that the form takes; none at all, and the faults told, if it does not take them.
    private PlainObject? Answered(IFormCollection form, RehearsalScript before, PlainObject stimulus, bool leavesFormOut)
    {
        if (leavesFormOut || FormOf(form["form"].ToString()) is not { } read)
            return stimulus;
        FormDefinition asked = read.On(RehearsalView.Of(Desk.Play(_flow!, before)).Now, Reader.Zone.Id);
        _given = FormPost.Read(asked, form);
        FormWalk walk = new(asked, _given);
        if (walk.Validation.Faults.Count > 0)
        {
            StringBuilder faults = new(Reader.Say(RehearsalTexts.AnswerFaulty));
            foreach (AnswerFault fault in walk.Validation.Faults)
                faults.Append('\n').Append(FaultTitle.Of(asked, fault, Reader)).Append(Reader.Say(FaultTitle.Colon)).Append(Reader.Say(fault.Message));
            _fault = faults.ToString();
            return null;
        }

        stimulus["answers"] = walk.Validation.Answers;
        return stimulus;
    }

    private FormDefinition? FormOf(string? path) =>
        path is { Length: > 0 } && _flow!.Assets.TryGetValue(path, out byte[]? file) ? FormReader.Read(AssetText.Of(file)).Form?.WithStaff(RehearsalDesk.People) : null;

    private FormWalk? WalkOf(string? path)
    {
        if (FormOf(path)?.On(_view!.Now, Reader.Zone.Id) is not { } form)
            return null;
        return new(form, _given ?? SampleAnswers.Of(form, DateOnly.FromDateTime(_view!.Now.UtcDateTime), _script!.Language == "zh-CN"));
    }

    // One form at a time: names of fields are the same in all of them.
    private bool IsOpen(string activity, string? assignee) =>
        _open is null || !Waits(_open, _openAssignee) ? First() is var (first, whose) && activity == first && assignee == whose : activity == _open && (assignee is null || assignee == _openAssignee);

    private bool Waits(string activity, string? assignee) =>
        _view!.Links.Any(link => link.ActivityId == activity) || _view.Tasks.Any(task => task.ActivityId == activity && task.Task.Assignee.ToString() == assignee);

    private (string? Activity, string? Assignee) First() =>
        _view!.Tasks.Count > 0 ? (_view.Tasks[0].ActivityId, _view.Tasks[0].Task.Assignee.ToString()) : (_view.Links.Count > 0 ? _view.Links[0].ActivityId : null, (string?)null);

    private (LocalizedText Text, Tone Tone) Standing(RehearsalView view) =>
        view.Status is { } status ? InstanceWords.State(status, isStalled: false, status == InstanceStatus.Suspended ? view.Incidents.Count : 0) : (InstanceTexts.Pending, Tone.Waiting);

    private IEnumerable<(DateTimeOffset At, string Sentence)> Story(RehearsalView view)
    {
        foreach (RehearsalStep step in view.Way)
        {
            JournalWords words = new(step.Definition, Activities, Reader);
            if (words.IsStory(step.Entry))
                yield return (step.At, step.IsChild ? $"{words.Say(step.Entry)} ({Reader.Say(RehearsalTexts.Child)})" : words.Say(step.Entry));
        }
    }

    private string NameOf(string activityId) => new ActivityNames(_flow!.Definition, Reader).Of(activityId);

    private string? DueOf(DateTimeOffset? due) => due is { } at ? Reader.Say(RehearsalTexts.Due, ClientReader.Moment(at)) : null;
}
