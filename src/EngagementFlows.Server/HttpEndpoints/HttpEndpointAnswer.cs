using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Api;
using Microsoft.Extensions.Primitives;

namespace EngagementFlows.Server.HttpEndpoints;

/// <summary>What a flow wrote as its answer to a request.</summary>
internal sealed class HttpEndpointAnswer(HttpResponseWritten written) : IResult
{
    // The server's own, or dangerous on its host name: a flow's page must not set our cookies or loosen our rules.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-Security-Policy", "Content-Type", "Keep-Alive", "Set-Cookie", "Strict-Transport-Security", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Returns the answer of a committed burst: what it wrote, or the instance's id (202).</summary>
    public static IResult Of(StimulusResult result) => result.Effects.OfType<HttpResponseWritten>().LastOrDefault() is { } written
        ? new HttpEndpointAnswer(written)
        : ApiAnswer.Of(StatusCodes.Status202Accepted, new DispatchedInstance(result.Instance!.Id));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = written.StatusCode is >= 200 and <= 599 ? written.StatusCode : StatusCodes.Status200OK;
        // Whatever a flow writes runs no script with the rights of our own pages.
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        foreach ((string name, object? value) in written.Headers)
        {
            if (!OwnHeaders.Contains(name) && IsHeader(name))
                response.Headers[name] = value is PlainList list ? new StringValues([.. list.Select(Text)]) : Text(value);
        }

        if (written.ContentType is { } type && IsText(type))
            response.ContentType = type;
        bool hasBody = response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);
        if (hasBody && written.Content is { } content && !HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }

    private static string Text(object? value) => value?.ToString() is { } text && IsText(text) ? text : "";

    private static bool IsHeader(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static bool IsText(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
