namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>An invitation, its change or its withdrawal (RFC 5546, RFC 6047), written twice: as an alternative of the letter, which calendars act upon, and as a file, for
/// programs that show no alternative.</summary>
/// <param name="Method">The method, the same as in the content: <c>REQUEST</c> or <c>CANCEL</c>.</param>
/// <param name="Content">The calendar object, in lines of at most 75 bytes that end with CR LF (RFC 5545).</param>
/// <param name="FileName">The name of the file.</param>
public sealed record MimeCalendar(string Method, string Content, string FileName = "invite.ics");
