using System.Text;

namespace EngagementFlows.Engagements;

/// <summary>The text of a file beside a definition: a mail, a form, sample values.</summary>
public static class AssetText
{
    /// <summary>Returns the text; a byte order mark, with which a file may begin, is no part of it.</summary>
    public static string Of(byte[] file) => Encoding.UTF8.GetString(file).TrimStart('\uFEFF');
}
