namespace EngagementFlows.Engagements.Mail;

/// <summary>A mail as the reader will see it, both parts made of one source.</summary>
/// <param name="Language">The language of the template that was used: <c>en</c> or <c>zh-CN</c>.</param>
/// <param name="Subject">One line, plain text.</param>
/// <param name="Html">A whole HTML document.</param>
/// <param name="Text">The same letter in plain text; lines end with a line feed.</param>
public sealed record ComposedMail(string Language, string Subject, string Html, string Text);
