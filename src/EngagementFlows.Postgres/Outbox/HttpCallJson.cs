using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>An outside HTTP call as an outbox payload.</summary>
public static class HttpCallJson
{
    internal static string Write(HttpCallRequested call) => PlainState.ToText(new PlainObject
    {
        ["bookmark"] = call.BookmarkId,
        ["method"] = call.Method,
        ["url"] = call.Url,
        ["content"] = call.Content,
        ["contentType"] = call.ContentType,
        ["headers"] = call.Headers,
    });

    /// <summary>Reads the call of an outbox row.</summary>
    public static HttpCallRequested Read(string effectKey, string payload)
    {
        PlainObject call = (PlainObject)PlainState.OfText(payload)!;
        return new(
            effectKey,
            (Guid)call["bookmark"]!,
            (string)call["method"]!,
            (string)call["url"]!,
            (string?)call["content"],
            (string?)call["contentType"],
            (PlainObject)call["headers"]!);
    }
}
