using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Search;

/// <summary>The words of the search.</summary>
internal static class SearchTexts
{
    public static LocalizedText Title { get; } = new("Search: {0}", "搜索：{0}");
    public static LocalizedText NoneTitle { get; } = new("Nothing found", "没有找到结果");
    public static LocalizedText NoneLine { get; } = new(
        "Names of clients, contacts and engagements are searched, and names and ids of instances.",
        "可搜索客户、联系人和项目的名称，以及实例的名称和编号。");
}
