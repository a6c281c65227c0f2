using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>The ways in which the API says no.</summary>
internal static class Refusal
{
    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "Bad request", detail);

    public static ProblemHttpResult NotFound(string what, object id) => Of(
        StatusCodes.Status404NotFound, $"No such {what}", $"There is no {what} '{id}', or you may not see it. The list of the same address shows what there is.");

    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "Conflict", detail);

    public static ProblemHttpResult Unprocessable(string title, string detail) => Of(StatusCodes.Status422UnprocessableEntity, title, detail);

    public static ProblemHttpResult Unprocessable(string title, string detail, string name, object items) => TypedResults.Problem(
        detail, statusCode: StatusCodes.Status422UnprocessableEntity, title: title, extensions: [KeyValuePair.Create<string, object?>(name, items)]);

    public static ProblemHttpResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "Not allowed", detail);

    private static ProblemHttpResult Of(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);
}
