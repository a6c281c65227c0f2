using EngagementFlows.Engine;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>Says what the places inside an activity are called.</summary>
internal static class PortWords
{
    /// <summary>Returns the words for a property that holds activities; the property itself if it is not known.</summary>
    public static LocalizedText Of(string property) => property switch
    {
        "root" => new("The flow", "流程"),
        "body" => new("Body", "循环体"),
        "then" => new("Then", "成立时"),
        "else" => new("Else", "否则"),
        "default" => new("Default", "默认"),
        "childCompleted" => new("When one has ended", "每个完成时"),
        "childFaulted" => new("When one has failed", "每个失败时"),
        "unmatchedStatusCode" => new("Unmatched status code", "未匹配的状态码"),
        "failedToConnect" => new("Failed to connect", "连接失败"),
        "timeout" => new("Timeout", "超时"),
        _ => new(property, property),
    };
}
