namespace EngagementFlows.Server.ClientPages;

/// <summary>The addresses of clients' pages.</summary>
internal static class ClientUrls
{
    /// <summary>The address in a mail is this and a token.</summary>
    public const string Link = "/c";

    public const string Forms = "/c/form";

    /// <summary>The address of a standing link in a mail is this and a token.</summary>
    public const string StandingLink = "/c/standing";

    public const string StandingForms = StandingLink + "/form";

    /// <summary>Returns the clean address of a link's form.</summary>
    public static string Form(Guid link) => $"{Forms}/{link:D}";

    /// <summary>Returns the clean address of a standing link's form.</summary>
    public static string StandingForm(Guid link) => $"{StandingForms}/{link:D}";

    /// <summary>Returns the address of the page that follows a sheet that was sent.</summary>
    public static string StandingSent(Guid link, Guid sheet) => $"{StandingForms}/{link:D}/sent/{sheet:D}";
}
