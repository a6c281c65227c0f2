namespace EngagementFlows.Engagements.Mail;

/// <summary>Says that a mail could not be composed, because of its template or of a name that the model lacks.</summary>
public sealed class MailTemplateException : Exception
{
    /// <summary>Creates the exception for <paramref name="faults"/>, of which there is at least one.</summary>
    public MailTemplateException(IReadOnlyList<MailFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Gets the faults.</summary>
    public IReadOnlyList<MailFault> Faults { get; }
}
