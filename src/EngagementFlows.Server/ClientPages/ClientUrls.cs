namespace EngagementFlows.Server.ClientPages;

/// <summary>The addresses of clients' pages.</summary>
internal static class ClientUrls
{
    /// <summary>The address in a mail is this and a token.</summary>
    public const string Link = "/c";

    public const string Forms = "/c/form";

    /// <summary>Returns the clean address of a link's form.</summary>
    public static string Form(Guid link) => $"{Forms}/{link:D}";
}
