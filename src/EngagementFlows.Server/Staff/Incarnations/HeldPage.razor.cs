using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Incarnations;

/// <summary>What waits for a person since the database was restored.</summary>
[Authorize(Policy = Policies.OperateInstances)]
public sealed partial class HeldPage
{
    private const int MostEffects = 100;

    private IncarnationState _state = new(null, new(0, 0, 0, 0));
    private IReadOnlyList<HeldEffect> _effects = [];

    [Inject]
    private ReadIncarnation Life { get; set; } = null!;

    [Inject]
    private ListHeldEffects Effects { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private IReadOnlyList<(string Text, string Url)> Trail => [(Reader.Say(FrameTexts.Home), StaffUrls.Home)];

    private HeldWork Held => _state.Held;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _state = await Life.ExecuteAsync(Context.RequestAborted);
        _effects = await Effects.ExecuteAsync(MostEffects, Context.RequestAborted, CurrentPerson.Of(Context.User).Viewer);
    }
}
