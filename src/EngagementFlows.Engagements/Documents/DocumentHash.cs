using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Documents;

/// <summary>The fingerprint of a document's content, to which an approval is bound.</summary>
public static class DocumentHash
{
    /// <summary>Returns the SHA-256 of the content as JSON with its names in ordinal order, in 64 hexadecimal digits: the order in which fields were filled does not matter.</summary>
    public static string Of(PlainObject content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlainJson.Write(Sorted(content)))));

    private static object? Sorted(object? value)
    {
        switch (value)
        {
            case PlainObject map:
                PlainObject sorted = new(map.Count);
                foreach ((string name, object? member) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
                    sorted[name] = Sorted(member);
                return sorted;
            case PlainList list:
                return new PlainList(list.Select(Sorted));
            default:
                return value;
        }
    }
}
