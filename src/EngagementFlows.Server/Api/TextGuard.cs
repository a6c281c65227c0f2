namespace EngagementFlows.Server.Api;

/// <summary>Refuses addresses with U+0000 at the door: no text of ours holds it, and PostgreSQL stores none.</summary>
internal sealed class TextGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        bool hasZero = context.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true
            || context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true;
        return hasZero
            ? TypedResults.Problem("The address holds the character U+0000. Take it out.", statusCode: StatusCodes.Status400BadRequest, title: "Bad text").ExecuteAsync(context)
            : next(context);
    }
}
