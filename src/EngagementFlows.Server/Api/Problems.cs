using System.Diagnostics;
using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>Turns what went wrong into Problem Details: a sentence with the way out, never a stack trace.</summary>
internal sealed partial class Problems(ILogger<Problems> logger) : IExceptionHandler
{
    /// <summary>Answers a program at once; a page's failure is left to the page that explains it.</summary>
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        if (exception is ListPlaceException { Field: var field } && !Sessions.AnswersWithProblem(context))
        {
            LostPlace.ShowBeginning(context, field);
            return true;
        }

        (int status, string title, string detail) = Describe(exception);
        if (status == StatusCodes.Status500InternalServerError)
            Log.Failed(logger, exception, context.Request.Method, context.Request.Path, NumberOf(context));
        else if (status == StatusCodes.Status503ServiceUnavailable)
            Log.DatabaseAway(logger, context.Request.Method, context.Request.Path, exception.Message);
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "5";
        if (!Sessions.AnswersWithProblem(context))
            return false;
        Dictionary<string, object?>? extensions = exception is ListPlaceException place ? new() { ["field"] = place.Field } : null;
        await TypedResults.Problem(detail, statusCode: status, title: title, extensions: extensions).ExecuteAsync(context);
        return true;
    }

    /// <summary>Returns the number by which whoever was told of a fault finds it in the log, and in traces where they are kept.</summary>
    public static string NumberOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Returns the status under which an exception is answered.</summary>
    public static int StatusOf(Exception exception) => Describe(exception).Status;

    /// <summary>Gives a status without a body its Problem Details.</summary>
    public static Task ExplainAsync(StatusCodeContext context) =>
        TypedResults.Problem(statusCode: context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);

    /// <summary>Gives a bare status its sentence.</summary>
    public static void Complete(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status401Unauthorized =>
            "Nobody is signed in. Send an API key as 'Authorization: Bearer KEY' (EngagementFlows:ApiKeys names them), or sign in at the console.",
        StatusCodes.Status403Forbidden => "Your roles do not allow this. An administrator gives roles.",
        StatusCodes.Status404NotFound =>
            $"There is nothing at '{context.HttpContext.Request.Path}'. /openapi/v1.json lists all addresses of the API.",
        StatusCodes.Status405MethodNotAllowed =>
            $"'{context.HttpContext.Request.Path}' does not take {context.HttpContext.Request.Method}. Allowed: {context.HttpContext.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType =>
            $"The body's type '{context.HttpContext.Request.ContentType}' is not taken here. /openapi/v1.json names the types that are, mostly application/json.",
        StatusCodes.Status429TooManyRequests =>
            "Too many requests within a minute. Send this one again after the seconds that 'Retry-After' says; EngagementFlows:Api:RequestsPerMinute limits an API key or a person, Api:AnonymousRequestsPerMinute an address without one.",
        StatusCodes.Status504GatewayTimeout =>
            "The request took longer than EngagementFlows:Api:RequestTimeout allows and was given up; what it began may still be committed. Ask again under the same Idempotency-Key.",
        _ => null,
    };

    private static (int Status, string Title, string Detail) Describe(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large =>
            (large.StatusCode, "Body too large", $"{large.Message.TrimEnd('.')}. Send less, or raise EngagementFlows:Api:MaxBodyBytes."),
        ListPlaceException place => (StatusCodes.Status400BadRequest, "No such place in the list", place.Message),
        BadHttpRequestException { InnerException: InstantException instant } bad => (bad.StatusCode, "Bad request", instant.Message),
        BadHttpRequestException { InnerException: JsonException json } bad => (bad.StatusCode, "Broken JSON", JsonFault(json)),
        BadHttpRequestException bad => (bad.StatusCode, "Bad request", bad.Message),
        PostgresException { SqlState: PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire } =>
            (StatusCodes.Status400BadRequest, "Bad text", "A text holds the character U+0000 or one that is no Unicode. Take it out and send the request again."),
        PostgresException postgres when !postgres.IsTransient && !IsAway(postgres) =>
            (StatusCodes.Status500InternalServerError, "Internal error", "The request failed by a fault of the server; nothing of it was kept. The server's log says more under this request's traceId."),
        NpgsqlException or TimeoutException =>
            (StatusCodes.Status503ServiceUnavailable, "Database not reachable", "The database cannot be reached at the moment; nothing of the request was kept unless it is answered later under the same Idempotency-Key. Send it again in a few seconds."),
        _ => (StatusCodes.Status500InternalServerError, "Internal error", "The request failed by a fault of the server. The server's log says more under this request's traceId."),
    };

    // Refuses or ends connections: starting, stopping, or closed for maintenance.
    private static bool IsAway(PostgresException fault) =>
        fault.SqlState is PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.InvalidCatalogName
        || fault.SqlState.StartsWith("57P", StringComparison.Ordinal) || fault.SqlState.StartsWith("08", StringComparison.Ordinal);

    private static string JsonFault(JsonException json) =>
        $"The body is not the JSON that is expected{(json.Path is { Length: > 0 } path ? $" at '{path}'" : "")}"
        + $"{(json.LineNumber is { } line ? $", line {line + 1}, byte {json.BytePositionInLine + 1}" : "")}. /openapi/v1.json describes what each address takes.";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed; whoever asked was told the number {Number}.")]
        public static partial void Failed(ILogger logger, Exception exception, string method, PathString path, string number);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path}: the database cannot be reached: {Reason}")]
        public static partial void DatabaseAway(ILogger logger, string method, PathString path, string reason);
    }
}
