using EngagementFlows.Engine;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Problems;

/// <summary>Says what the reader can do when a page or an act could not be had.</summary>
public sealed partial class ProblemPage
{
    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private int Status => Context.Response.StatusCode == StatusCodes.Status200OK ? StatusCodes.Status404NotFound : Context.Response.StatusCode;

    private LocalizedText Title => Status switch
    {
        StatusCodes.Status404NotFound => ProblemTexts.NotFound,
        StatusCodes.Status403Forbidden => ProblemTexts.Forbidden,
        StatusCodes.Status400BadRequest => ProblemTexts.BadForm,
        StatusCodes.Status503ServiceUnavailable => ProblemTexts.Unavailable,
        _ => ProblemTexts.Failed,
    };

    private LocalizedText Way => Status switch
    {
        StatusCodes.Status404NotFound => ProblemTexts.NotFoundWay,
        StatusCodes.Status403Forbidden => ProblemTexts.ForbiddenWay,
        StatusCodes.Status400BadRequest => ProblemTexts.BadFormWay,
        StatusCodes.Status503ServiceUnavailable => ProblemTexts.UnavailableWay,
        _ => ProblemTexts.FailedWay,
    };

    private string TraceId => Api.Problems.NumberOf(Context);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // Asked for directly, or by the router for an address that no page has.
        if (Context.Response.StatusCode == StatusCodes.Status200OK)
            Context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
