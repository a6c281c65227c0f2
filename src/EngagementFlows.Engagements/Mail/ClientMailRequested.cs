using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Mail;

/// <summary>Writes a mail of the process to the engagement's contact, in the contact's language.</summary>
/// <remarks>The store composes it inside the transition's transaction, from the engagement as it is then; it is sent after the commit.</remarks>
/// <param name="MailId">The mail's id.</param>
/// <param name="EffectKey">Unique for ever: instance, activity execution, purpose.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="DefinitionVersionId">The process version whose template is used.</param>
/// <param name="Template">The template's name, <c>welcome</c> for <c>mail/welcome.&lt;language&gt;.md</c>.</param>
/// <param name="Data">What the template may merge under <c>Data</c>: variables and inputs of the flow.</param>
public sealed record ClientMailRequested(
    Guid MailId, string EffectKey, Guid EngagementId, string DefinitionVersionId, string Template, PlainObject Data) : Effect
{
    /// <summary>Gets the link whose address the template merges as <c>Link</c>, or <see langword="null"/>.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>Gets the instant by which an answer is wanted, or <see langword="null"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets whether that instant lies in a year whose holidays are not published yet: the letter says so.</summary>
    /// <remarks>Of a reminder the store knows better: it takes date and mark from the link as it is then.</remarks>
    public bool DueIsProvisional { get; init; }

    /// <summary>Gets a text that the flow hands to the template as <c>Message</c>, or <see langword="null"/>.</summary>
    public string? Message { get; init; }

    /// <summary>Gets the number of the reminder, from 1; 0 for the first mail.</summary>
    public int Reminder { get; init; }

    /// <summary>Gets what the template merges as <c>Meeting</c>, or <see langword="null"/> for a mail that is not about one.</summary>
    public PlainObject? Meeting { get; init; }

    /// <summary>Gets the invitation that goes with it, or <see langword="null"/>.</summary>
    public MimeCalendar? Calendar { get; init; }

    /// <summary>Gets the files of the process version that go with it, by their paths such as <c>files/terms.pdf</c>; at most <see cref="MailLimits.Files"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Gets whether the reader may want no more of such mails: true for what no contract asks for, such as a newsletter. Mail programs then offer it.</summary>
    public bool MayUnsubscribe { get; init; }
}
