using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Http;

/// <summary>Waits for an HTTP request, or starts the workflow at one.</summary>
internal sealed class HttpEndpoint() : Activity(new ActivityDescriptor
{
    TypeName = HttpProtocol.EndpointName,
    Category = Describe.Http,
    DisplayName = Describe.Text("HTTP endpoint", "HTTP 端点"),
    Description = Describe.Text("Waits for an HTTP request, or starts the workflow at one.", "等待 HTTP 请求，或由其启动工作流。"),
    Inputs =
    [
        Describe.Input("path", "String", Describe.Text("Path", "路径"), Describe.Text("Path below /http, with parts such as {id}.", "/http 下的路径，可含 {id} 等部分。")).Required(),
        Describe.Input("supportedMethods", "String[]", Describe.Text("Methods", "方法"), Describe.Text("Default GET.", "默认 GET。")).Editor("check-list", "GET", "POST", "PUT", "PATCH", "DELETE"),
        Describe.Input("authorize", "Boolean", Describe.Text("Authorize", "要求身份"), Describe.Text("Asks for an API key; here every endpoint does, unless a setting lists its path.", "要求 API 密钥。")).Editor("checkbox"),
        Describe.Input("policy", "String", Describe.Text("Policy", "策略"), Describe.Text("Not used here.", "此处不使用。")),
        Describe.Input("requestTimeout", "TimeSpan", Describe.Text("Timeout", "超时"), Describe.Text("How long the answer may take.", "应答时限。")),
        Describe.Input("requestSizeLimit", "Int64", Describe.Text("Size limit", "大小限制"), Describe.Text("Largest body in bytes.", "请求体上限（字节）。")),
        Describe.Input("fileSizeLimit", "Int64", Describe.Text("File size limit", "文件大小限制"), Describe.Text("Files are not taken here.", "此处不接收文件。")),
        Describe.Input("allowedFileExtensions", "String[]", Describe.Text("Allowed extensions", "允许的扩展名"), Describe.Text("Files are not taken here.", "此处不接收文件。")),
        Describe.Input("blockedFileExtensions", "String[]", Describe.Text("Blocked extensions", "禁止的扩展名"), Describe.Text("Files are not taken here.", "此处不接收文件。")),
        Describe.Input("allowedMimeTypes", "String[]", Describe.Text("Allowed types", "允许的类型"), Describe.Text("Files are not taken here.", "此处不接收文件。")),
    ],
    Outputs =
    [
        Describe.Output("result", "Object", Describe.Text("Request", "请求"), Describe.Text("Method, path and headers.", "方法、路径与头部。")),
        Describe.Output("parsedContent", "Object", Describe.Text("Parsed content", "解析内容"), Describe.Text("JSON as value, else text.", "JSON 为值，否则为文本。")),
        Describe.Output("routeData", "ObjectDictionary", Describe.Text("Route data", "路由数据"), Describe.Text("Values of the path's parts.", "路径各部分的值。")),
        Describe.Output("queryStringData", "ObjectDictionary", Describe.Text("Query data", "查询数据"), Describe.Text("Values of the query.", "查询字符串的值。")),
        Describe.Output("headers", "ObjectDictionary", Describe.Text("Headers", "头部"), Describe.Text("Request headers.", "请求头部。")),
    ],
    Outcomes = ["Done", "Request too large", "File too large", "Invalid file extension", "Invalid file MIME type"],
    Kind = "Trigger",
    WaitsUnbounded = true,
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        if (execution.IsTrigger)
            return Received(execution.Run.BurstInput);
        string[] methods = [.. (context.Input("supportedMethods") as PlainList ?? ["GET"]).OfType<string>()];
        return ActivityResult.Wait([.. methods.Select(method => new WaitRequest(HttpProtocol.EndpointName) { Key = HttpProtocol.Key(method, context.Text("path")) })]);
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => Received(input);

    private static ActivityResult Received(PlainObject? input)
    {
        PlainObject request = input?[HttpProtocol.RequestKey] as PlainObject ?? new();
        return ActivityResult.Done
            .Set("result", request)
            .Set("parsedContent", request["content"])
            .Set("routeData", request["routeData"] ?? new PlainObject())
            .Set("queryStringData", request["query"] ?? new PlainObject())
            .Set("headers", request["headers"] ?? new PlainObject());
    }
}
