using System.Text.Json;

namespace EngagementFlows.Server.Api;

/// <summary>An answer whose bytes are known before it is sent, so that it can be kept for a repetition of the request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, JSON; empty = none.</param>
internal sealed record ApiAnswer(int Status, byte[] Body) : IResult
{
    public static ApiAnswer Empty(int status) => new(status, []);

    public static ApiAnswer Of<T>(int status, T value) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Body.Length == 0)
            return;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = Body.Length;
        await httpContext.Response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
