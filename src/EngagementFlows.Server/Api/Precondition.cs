using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace EngagementFlows.Server.Api;

/// <summary>Guards what two people may write at once: a GET tells its ETag, and who writes says with If-Match which one he saw.</summary>
internal sealed class Precondition(FlowsDatabase database)
{
    /// <summary>Tells the reader the tag of what he gets.</summary>
    public static void Tell(HttpContext context, string tag) => context.Response.Headers.ETag = Quoted(tag);

    /// <summary>Returns why the act must not be done; <see langword="null"/> if the caller saw what is there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tag">The tag of what is there.</param>
    /// <param name="isRequired">Whether a caller who does not say what he saw is refused.</param>
    /// <param name="chain">The audit chain that tells who changed it.</param>
    /// <param name="subject">Its subject there.</param>
    public async Task<ProblemHttpResult?> WhyNotAsync(HttpContext context, string tag, bool isRequired, string chain, string subject)
    {
        // What is no list of tags matches none.
        bool isTags = EntityTagHeaderValue.TryParseList(context.Request.Headers.IfMatch, out IList<EntityTagHeaderValue>? seen);
        if (context.Request.Headers.IfMatch.Count == 0)
        {
            return isRequired
                ? TypedResults.Problem(
                    "This changes what somebody else may be changing too. GET it, and send its ETag as 'If-Match'.", statusCode: StatusCodes.Status428PreconditionRequired, title: "If-Match missing")
                : null;
        }

        return isTags && seen!.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Tag == Quoted(tag)) ? null : await ChangedAsync(context, tag, chain, subject);
    }

    /// <summary>Says that it was changed meanwhile, when and by whom.</summary>
    public async Task<ProblemHttpResult> ChangedAsync(HttpContext context, string tag, string chain, string subject)
    {
        // Who lost a race at the last moment must look again anyway.
        if (tag.Length > 0)
            Tell(context, tag);
        (DateTimeOffset At, string Actor, string Act)? last = await LastChange.FindAsync(database.Queries, chain, subject, context.RequestAborted);
        string who = last is { } change ? $" The last act is '{change.Act}' by '{change.Actor}' at {change.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC." : "";
        return TypedResults.Problem(
            $"It has changed since you saw it.{who} GET it again and decide anew.",
            statusCode: StatusCodes.Status412PreconditionFailed,
            title: "Changed meanwhile",
            extensions: [new("changedBy", last?.Actor), new("changedAt", last?.At), new("act", last?.Act)]);
    }

    private static string Quoted(string tag) => $"\"{tag}\"";
}

/// <summary>Marks an endpoint that asks for If-Match, or honours it.</summary>
/// <param name="isRequired">Whether it is refused without.</param>
internal sealed class TakesIfMatch(bool isRequired)
{
    public static TakesIfMatch Required { get; } = new(true);

    public static TakesIfMatch Optional { get; } = new(false);

    public bool IsRequired => isRequired;
}
