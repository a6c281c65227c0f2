namespace EngagementFlows.Engagements.Mail;

/// <summary>What is wrong with a mail template, or could be better.</summary>
/// <param name="Path">The template's file, such as <c>mail/welcome.en.md</c>.</param>
/// <param name="Message">A complete sentence in English.</param>
/// <param name="Line">Line in the file, from 1; 0 if the fault has no place.</param>
/// <param name="IsWarning">Whether mails can be composed all the same.</param>
public sealed record MailFault(string Path, string Message, int Line = 0, bool IsWarning = false)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? $"{Path}: {Message}" : $"{Path}({Line}): {Message}";
}
