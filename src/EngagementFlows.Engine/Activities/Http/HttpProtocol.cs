using System.Text;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Http;

/// <summary>What host and HTTP activities say to each other in the inputs of starts and resumptions.</summary>
public static class HttpProtocol
{
    /// <summary>The name of bookmarks and triggers that wait for a request; their key is <c>METHOD path</c>, the path without slashes at its ends and with routes such as <c>orders/{id}</c>.</summary>
    public const string EndpointName = "Elsa.HttpEndpoint";

    /// <summary>The input that holds a request.</summary>
    public const string RequestKey = "__HttpRequest";

    /// <summary>The input that holds the result of an outside call.</summary>
    public const string ResponseKey = "__HttpResponse";

    /// <summary>Returns the key of a bookmark or trigger for a method and path.</summary>
    public static string Key(string method, string? path) => $"{method.ToUpperInvariant()} {(path ?? string.Empty).Trim('/')}";

    /// <summary>Returns the input of a start or resumption by a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>/http</c>.</param>
    /// <param name="routeData">Values of the route's parts, by name.</param>
    /// <param name="query">Values of the query string, by name.</param>
    /// <param name="headers">Headers, by name.</param>
    /// <param name="contentType">The body's type, or <see langword="null"/>.</param>
    /// <param name="body">The body.</param>
    /// <param name="form">The fields of a form with files, by name; <see langword="null"/> if the body is none.</param>
    /// <param name="files">Its files, each from <see cref="File"/>.</param>
    public static PlainObject Request(
        string method, string path, PlainObject routeData, PlainObject query, PlainObject headers, string? contentType, byte[] body, PlainObject? form = null, PlainList? files = null) => new()
        {
            [RequestKey] = new PlainObject
            {
                ["method"] = method,
                ["path"] = path,
                ["routeData"] = routeData,
                ["query"] = query,
                ["headers"] = headers,
                ["contentType"] = contentType,
                ["size"] = (long)body.Length,
                ["content"] = form ?? Parsed(contentType, body),
                ["files"] = files ?? [],
            },
        };

    /// <summary>Returns a file of a form.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="fileName">The file's name, without folders.</param>
    /// <param name="contentType">Its type, as the sender says, or <see langword="null"/>.</param>
    /// <param name="content">Its bytes.</param>
    public static PlainObject File(string name, string fileName, string? contentType, byte[] content) => new()
    {
        ["name"] = name,
        ["fileName"] = fileName,
        ["contentType"] = contentType,
        ["size"] = (long)content.Length,
        ["content"] = content,
    };

    /// <summary>Returns the input of a resumption by the answer to an outside call.</summary>
    public static PlainObject Answered(int statusCode, PlainObject headers, string? contentType, byte[] body) => new()
    {
        [ResponseKey] = new PlainObject
        {
            ["statusCode"] = (long)statusCode,
            ["headers"] = headers,
            ["contentType"] = contentType,
            ["content"] = Parsed(contentType, body),
        },
    };

    /// <summary>Returns the input of a resumption by a call that brought no answer.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="message">The reason, as a sentence.</param>
    public static PlainObject Failed(HttpCallFailure failure, string message) => new()
    {
        [ResponseKey] = new PlainObject { ["failure"] = failure.ToString(), ["message"] = message },
    };

    /// <summary>Returns a body as JSON value if its type says JSON and it is, as text if its type says text, else as bytes; null if it is empty.</summary>
    private static object? Parsed(string? contentType, byte[] body)
    {
        if (body.Length == 0)
            return null;
        string type = contentType ?? string.Empty;
        bool isJson = type.Contains("json", StringComparison.OrdinalIgnoreCase);
        if (!isJson && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !type.Contains("xml", StringComparison.OrdinalIgnoreCase)
            && !type.Contains("urlencoded", StringComparison.OrdinalIgnoreCase) && type.Length > 0)
        {
            return body;
        }

        // PostgreSQL cannot store U+0000; in a text from outside it is never meant.
        string text = Encoding.UTF8.GetString(body).Replace("\0", string.Empty, StringComparison.Ordinal);
        return isJson && PlainJson.TryParse(text, out object? value) ? value : text;
    }
}

/// <summary>Why an outside call brought no answer.</summary>
public enum HttpCallFailure
{
    /// <summary>No connection, or it broke.</summary>
    Connect,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The rules do not allow the call.</summary>
    Refused,
}
