using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>Makes a schedule, after a look at its next instants.</summary>
public sealed partial class NewSchedulePage
{
    private ScheduleForm _form = new();
    private IReadOnlyList<string> _faults = [];
    private IReadOnlyList<DefinitionVersionRow> _flows = [];
    private IReadOnlyList<ScheduledInstant>? _instants;
    private ScheduleTiming? _timing;

    [Inject]
    private ScheduleDesk Desk { get; set; } = null!;

    [Inject]
    private ReadDefinitionsPage Definitions { get; set; } = null!;

    [Inject]
    private NavigationManager Way { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _form = new() { Draft = new() { Kind = "cron", Zone = Reader.Zone.Id } };
        _flows = [.. (await Definitions.ListAsync(Context.RequestAborted)).Where(version => version.State == "published")];
    }

    private async Task SubmitAsync()
    {
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _form = ScheduleForm.Read(fields);
        ScheduleReading reading = await Desk.CheckAsync(_form.Draft, CurrentPerson.Of(Context.User), Context.RequestAborted);
        bool isPreview = fields["act"] == "preview";
        (_timing, _instants) = (reading.Timing, reading.Timing is { } timing ? Desk.Preview(timing, 10) : null);
        _faults = ScheduleFaults.Of(reading, _form, isPreview, Reader);
        if (isPreview || _faults.Count > 0)
            return;
        Guid? id = await Desk.AddAsync(reading.Settings!, reading.Timing!, CurrentPerson.Of(Context.User).Caller, (_, _) => Task.CompletedTask, Context.RequestAborted);
        if (id is null)
        {
            _faults = [Reader.Say(ScheduleTexts.NameTaken)];
            return;
        }

        Notices.Tell(Context, Reader.Say(ScheduleTexts.Saved));
        Way.NavigateTo(Site.Link(StaffUrls.Schedule(id.Value)));
    }
}
