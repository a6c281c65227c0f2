namespace EngagementFlows.Engagements.Mail;

/// <summary>How much may go with a mail. Most mail servers take messages of 25 MB, and files grow by a third on the way.</summary>
public static class MailLimits
{
    /// <summary>The greatest number of files.</summary>
    public const int Files = 10;

    /// <summary>The greatest size of all files together, in bytes.</summary>
    public const int FileBytes = 10 * 1024 * 1024;
}
