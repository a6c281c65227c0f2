using System.Globalization;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>Changes a schedule, after a look at its next instants.</summary>
public sealed partial class EditSchedulePage
{
    private bool _isRead;
    private RecurringSchedule? _schedule;
    private long _revision;
    private ScheduleForm _form = new();
    private IReadOnlyList<string> _faults = [];
    private IReadOnlyList<DefinitionVersionRow> _flows = [];
    private IReadOnlyList<ScheduledInstant>? _instants;
    private ScheduleTiming? _timing;

    [Parameter]
    public Guid Id { get; set; }

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
        _schedule = await Desk.FindAsync(Id, Context.RequestAborted);
        _isRead = true;
        if (_schedule is null)
            return;
        (_form, _revision) = (ScheduleForm.Of(_schedule.Settings), _schedule.Revision);
        _flows = [.. (await Definitions.ListAsync(Context.RequestAborted)).Where(version => version.State == "published")];
    }

    private async Task SubmitAsync()
    {
        if (_schedule is null)
            return;
        IFormCollection fields = await Context.Request.ReadFormAsync(Context.RequestAborted);
        _form = ScheduleForm.Read(fields);
        // The revision that the form was filled from: a preview must not take over what somebody else saved meanwhile.
        _revision = long.TryParse(fields["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : 0;
        ScheduleReading reading = await Desk.CheckAsync(_form.Draft, CurrentPerson.Of(Context.User), Context.RequestAborted);
        bool isPreview = fields["act"] == "preview";
        (_timing, _instants) = (reading.Timing, reading.Timing is { } timing ? Desk.Preview(timing, 10) : null);
        _faults = ScheduleFaults.Of(reading, _form, isPreview, Reader);
        if (isPreview || _faults.Count > 0)
            return;
        switch (await Desk.ChangeAsync(Id, _revision, reading.Settings!, reading.Timing!, CurrentPerson.Of(Context.User).Caller, Context.RequestAborted))
        {
            case ScheduleChange.NameTaken:
                _faults = [Reader.Say(ScheduleTexts.NameTaken)];
                return;
            case ScheduleChange.Overtaken:
                _faults = [Reader.Say(ScheduleTexts.Gone)];
                return;
            default:
                Notices.Tell(Context, Reader.Say(ScheduleTexts.Saved));
                Way.NavigateTo(Site.Link(StaffUrls.Schedule(Id)));
                return;
        }
    }
}
