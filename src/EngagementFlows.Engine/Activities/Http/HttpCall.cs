using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Http;

/// <summary>Shared by the activities that call an HTTP address.</summary>
internal static class HttpCall
{
    public static IReadOnlyList<InputDescriptor> Inputs { get; } =
    [
        Describe.Input("url", "String", Describe.Text("URL", "地址"), Describe.Text("The absolute address; its host must be allowed by a setting.", "绝对地址，主机须在设置中允许。")).Required(),
        Describe.Input("method", "String", Describe.Text("Method", "方法"), Describe.Text("Default GET.", "默认 GET。"), "GET").Editor("dropdown", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
        Describe.Input("content", "Object", Describe.Text("Content", "内容"), Describe.Text("Text as it is, anything else as JSON.", "文本原样，其余为 JSON。")).Editor("multi-line"),
        Describe.Input("contentType", "String", Describe.Text("Content type", "内容类型"), Describe.Text("By default after the content.", "默认由内容决定。")),
        Describe.Input("authorization", "String", Describe.Text("Authorization", "授权头"), Describe.Text("Value of the Authorization header.", "Authorization 头的值。")),
        Describe.Input("disableAuthorizationHeaderValidation", "Boolean", Describe.Text("Any authorization", "不校验授权头"), Describe.Text("Not used here: the header is sent as it is.", "此处不使用。")).Editor("checkbox").WithoutEffect(),
        Describe.Input("requestHeaders", "ObjectDictionary", Describe.Text("Headers", "头部"), Describe.Text("Request headers.", "请求头部。")).Editor("json-editor"),
        Describe.Input("enableResiliency", "Boolean", Describe.Text("Resiliency", "弹性"), Describe.Text("Not used here: calls are tried once.", "此处不使用。")).Editor("checkbox").WithoutEffect(),
    ];

    public static IReadOnlyList<OutputDescriptor> Outputs { get; } =
    [
        Describe.Output("statusCode", "Int32", Describe.Text("Status code", "状态码"), Describe.Text("The answer's status.", "应答状态码。")),
        Describe.Output("parsedContent", "Object", Describe.Text("Parsed content", "解析内容"), Describe.Text("JSON as value, else text.", "JSON 为值，否则为文本。")),
        Describe.Output("responseHeaders", "ObjectDictionary", Describe.Text("Response headers", "响应头部"), Describe.Text("The answer's headers.", "应答头部。")),
        Describe.Output("result", "Object", Describe.Text("Response", "响应"), Describe.Text("Status, headers and content.", "状态、头部与内容。")),
    ];

    /// <summary>Asks for the call and waits for its result.</summary>
    public static ActivityResult Begin(ActivityContext context)
    {
        string? url = context.Text("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? target) || target.Scheme is not ("http" or "https"))
            throw new ActivityFaultException($"The address '{url}' of the activity '{context.ActivityId}' is no absolute http or https address.");
        object? content = context.Input("content");
        string? body = content is null or string ? content as string : PlainJson.Write(content);
        string? type = context.Text("contentType") is { Length: > 0 } given ? given : content is null ? null : content is string ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        PlainObject headers = (context.Input("requestHeaders") as PlainObject)?.DeepClone() ?? new();
        if (context.Text("authorization") is { Length: > 0 } authorization)
            headers["Authorization"] = authorization;
        Guid bookmarkId = context.NewId("bookmark");
        string method = context.Text("method") is { Length: > 0 } named ? named.ToUpperInvariant() : "GET";
        return ActivityResult
            .Wait(new WaitRequest("Elsa.HttpCall") { Id = bookmarkId })
            .With(new HttpCallRequested(context.EffectKey("http"), bookmarkId, method, target.AbsoluteUri, body, type, headers));
    }

    /// <summary>Takes over the result: sets the outputs, and tells how the call ended.</summary>
    /// <returns>The status code, or the failure.</returns>
    /// <exception cref="ActivityFaultException">The rules did not allow the call.</exception>
    public static (long? StatusCode, HttpCallFailure? Failure) Take(ActivityExecution execution, PlainObject input)
    {
        PlainObject response = input[HttpProtocol.ResponseKey] as PlainObject ?? new();
        if (response["failure"] is string text)
        {
            HttpCallFailure failure = Enum.Parse<HttpCallFailure>(text);
            return failure == HttpCallFailure.Refused
                ? throw new ActivityFaultException($"The call of the activity '{execution.Node.Id}' was refused. {response["message"]}")
                : (null, failure);
        }

        long status = response["statusCode"] as long? ?? 0;
        execution.SetOutput("statusCode", status);
        execution.SetOutput("parsedContent", response["content"]);
        execution.SetOutput("responseHeaders", response["headers"] ?? new PlainObject());
        execution.SetOutput("result", response);
        return (status, null);
    }
}
