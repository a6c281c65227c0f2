namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>A file that goes with a mail.</summary>
/// <param name="FileName">The name that the reader sees; folders and control characters in it are taken out.</param>
/// <param name="ContentType">The type, such as <c>application/pdf</c> or <c>text/calendar; method=REQUEST; charset=utf-8</c>.</param>
/// <param name="Content">The bytes.</param>
public sealed record MimeAttachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);
