using System.Text;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Http;

/// <summary>Answers the HTTP request that began this burst.</summary>
internal sealed class WriteHttpResponse() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.WriteHttpResponse",
    Category = Describe.Http,
    DisplayName = Describe.Text("HTTP response", "HTTP 响应"),
    Description = Describe.Text("Answers the HTTP request that started or resumed the workflow just now.", "应答刚刚启动或唤醒工作流的 HTTP 请求。"),
    Inputs =
    [
        Describe.Input("statusCode", "Object", Describe.Text("Status code", "状态码"), Describe.Text("Default 200.", "默认 200。"), "OK"),
        Describe.Input("content", "Object", Describe.Text("Content", "内容"), Describe.Text("Text as it is, bytes as they are, anything else as JSON.", "文本与字节原样，其余为 JSON。")).Editor("multi-line"),
        Describe.Input("contentType", "String", Describe.Text("Content type", "内容类型"), Describe.Text("By default after the content.", "默认由内容决定。")),
        Describe.Input("responseHeaders", "ObjectDictionary", Describe.Text("Headers", "头部"), Describe.Text("Response headers.", "响应头部。")).Editor("json-editor"),
    ],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        if (((ActivityExecution)context).Run.BurstInput?.ContainsKey(HttpProtocol.RequestKey) != true)
            throw new ActivityFaultException($"The activity '{context.ActivityId}' has no HTTP request to answer: nobody waits for an answer in this run. Place it behind an HttpEndpoint without a wait between them.");
        object? content = context.Input("content");
        (byte[]? body, string type) = content switch
        {
            null => (null, "text/plain; charset=utf-8"),
            string text => (Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8"),
            byte[] bytes => (bytes, "application/octet-stream"),
            _ => (Encoding.UTF8.GetBytes(PlainJson.Write(content)), "application/json; charset=utf-8"),
        };
        return ActivityResult.Done.With(new HttpResponseWritten(
            Status(context),
            body,
            context.Text("contentType") is { Length: > 0 } given ? given : type,
            context.Input("responseHeaders") as PlainObject ?? new()));
    }

    private static int Status(ActivityContext context)
    {
        object? value = context.Input("statusCode");
        if (ValueConversion.TryConvert(value, new DataType(DataKind.Int32), out object? number) && number is long and >= 100 and < 600)
            return (int)(long)number;
        return Enum.TryParse(value as string, ignoreCase: true, out System.Net.HttpStatusCode named) && (int)named is >= 100 and < 600
            ? (int)named
            : throw new ActivityFaultException($"The status code '{ValueConversion.ToText(value)}' of the activity '{context.ActivityId}' is not known. Use a number from 100 to 599, or a name such as NotFound.");
    }
}
