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
        Describe.Input("authorize", "Boolean", Describe.Text("Authorize", "要求身份"), Describe.Text("Asks for an API key; here every endpoint does, unless a setting lists its path.", "要求 API 密钥；除设置中列出的路径外，所有端点均要求。")).Editor("checkbox"),
        Describe.Input("policy", "String", Describe.Text("Policy", "策略"), Describe.Text("Not used here.", "此处不使用。")).WithoutEffect(),
        Describe.Input("requestTimeout", "TimeSpan", Describe.Text("Timeout", "超时"), Describe.Text("Not used here: EngagementFlows:Http:Timeout says how long an answer may take.", "此处不使用：应答时限由 EngagementFlows:Http:Timeout 设定。")).WithoutEffect(),
        Describe.Input("requestSizeLimit", "Int64", Describe.Text("Size limit", "大小限制"), Describe.Text("Largest body in bytes; a setting limits all bodies.", "请求体上限（字节）；所有请求体另受设置限制。")),
        Describe.Input("fileSizeLimit", "Int64", Describe.Text("File size limit", "文件大小限制"), Describe.Text("Largest file in bytes.", "单个文件上限（字节）。")),
        Describe.Input("allowedFileExtensions", "String[]", Describe.Text("Allowed extensions", "允许的扩展名"), Describe.Text("Such as .pdf; nothing = all.", "例如 .pdf；留空则全部允许。")).Editor("multi-text"),
        Describe.Input("blockedFileExtensions", "String[]", Describe.Text("Blocked extensions", "禁止的扩展名"), Describe.Text("Such as .exe.", "例如 .exe。")).Editor("multi-text"),
        Describe.Input("allowedMimeTypes", "String[]", Describe.Text("Allowed types", "允许的类型"), Describe.Text("MIME types such as image/png; nothing = all.", "MIME 类型，例如 image/png；留空则全部允许。")).Editor("multi-text"),
        Expose("exposeRequestTooLargeOutcome", "Request too large", "请求过大"),
        Expose("exposeFileTooLargeOutcome", "File too large", "文件过大"),
        Expose("exposeInvalidFileExtensionOutcome", "Invalid file extension", "文件扩展名无效"),
        Expose("exposeInvalidFileMimeTypeOutcome", "Invalid file MIME type", "文件类型无效"),
    ],
    Outputs =
    [
        Describe.Output("result", "Object", Describe.Text("Request", "请求"), Describe.Text("Method, path and headers.", "方法、路径与头部。")),
        Describe.Output("parsedContent", "Object", Describe.Text("Parsed content", "解析内容"), Describe.Text("JSON as value, a form’s fields by name, else text.", "JSON 为值，表单为各字段，否则为文本。")),
        Describe.Output("files", "Object", Describe.Text("Files", "文件"), Describe.Text("The files of a form, each with name, fileName, contentType, size and content.", "表单中的文件，含 name、fileName、contentType、size 与 content。")),
        Describe.Output("file", "Object", Describe.Text("File", "文件（首个）"), Describe.Text("The first file of a form, or nothing.", "表单中的首个文件；没有则为空。")),
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
            return Received(RequestOf(execution.Run.BurstInput));
        string[] methods = [.. (context.Input("supportedMethods") as PlainList ?? ["GET"]).OfType<string>()];
        return ActivityResult.Wait([.. methods.Select(method => new WaitRequest(HttpProtocol.EndpointName) { Key = HttpProtocol.Key(method, context.Text("path")) })]);
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => Received(RequestOf(input));

    internal override void Begin(ActivityExecution execution)
    {
        HttpBreach? breach = execution.IsTrigger ? HttpRequestLimits.Find(execution, RequestOf(execution.Run.BurstInput)) : null;
        if (breach is null || breach.IsExposed(execution.Node))
        {
            execution.Run.Apply(execution, breach is null ? Execute(execution) : Broken(breach, RequestOf(execution.Run.BurstInput)));
            return;
        }

        // The instance was begun for nothing: the caller hears why, and it ends.
        execution.Run.Apply(execution, ActivityResult.Running.With(breach.Answer()));
        execution.Run.FinishNow();
    }

    internal override void Continue(ActivityExecution execution, Bookmark bookmark, PlainObject input)
    {
        PlainObject request = RequestOf(input);
        execution.Run.Apply(execution, HttpRequestLimits.Find(execution, request) switch
        {
            null => Received(request),
            var breach when breach.IsExposed(execution.Node) => Broken(breach, request),
            // The caller hears why, and the flow goes on waiting for a better one.
            var breach => ActivityResult.Wait(new WaitRequest(HttpProtocol.EndpointName) { Key = bookmark.Key }).With(breach.Answer()),
        });
    }

    private static InputDescriptor Expose(string name, string outcome, string outcomeZh) => Describe
        .Input(name, "Boolean", Describe.Text($"Outcome “{outcome}”", $"出口“{outcomeZh}”"), Describe.Text("Whether the flow goes on there; else the caller is refused.", "流程是否由此继续；否则直接拒绝请求。"))
        .Late().Plain().Editor("checkbox");

    private static PlainObject RequestOf(PlainObject? input) => input?[HttpProtocol.RequestKey] as PlainObject ?? new();

    // What broke a limit is not kept: the flow hears of it, not its content.
    private static ActivityResult Broken(HttpBreach breach, PlainObject request) => ActivityResult.Complete(breach.Outcome)
        .Set("routeData", request["routeData"] ?? new PlainObject())
        .Set("queryStringData", request["query"] ?? new PlainObject())
        .Set("headers", request["headers"] ?? new PlainObject());

    private static ActivityResult Received(PlainObject request)
    {
        PlainList files = request["files"] as PlainList ?? [];
        PlainObject result = new();
        foreach ((string name, object? value) in request)
        {
            if (name != "files")
                result[name] = value;
        }

        return ActivityResult.Done
            .Set("result", result)
            .Set("parsedContent", request["content"])
            .Set("files", files)
            .Set("file", files.Count > 0 ? files[0] : null)
            .Set("routeData", request["routeData"] ?? new PlainObject())
            .Set("queryStringData", request["query"] ?? new PlainObject())
            .Set("headers", request["headers"] ?? new PlainObject());
    }
}
