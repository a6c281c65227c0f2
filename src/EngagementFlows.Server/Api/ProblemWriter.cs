using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Api;

/// <summary>Writes Problem Details to programs whatever they say that they accept: an error in another form than announced is worse than none.</summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    private const string ContentType = "application/problem+json";

    public bool CanWrite(ProblemDetailsContext context) => Sessions.AnswersWithProblem(context.HttpContext);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        Problems.Complete(context);
        context.ProblemDetails.Extensions["traceId"] = Problems.NumberOf(context.HttpContext);
        await context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, options: null, ContentType, context.HttpContext.RequestAborted);
    }
}
