namespace EngagementFlows.Server.Smtp;

/// <summary>One step of trying the mail server.</summary>
/// <param name="Name"><c>connect</c>, <c>greeting</c>, <c>tls</c>, <c>offers</c>, <c>sign-in</c>, <c>quit</c>, or <c>fault</c> for what ended the trial.</param>
/// <param name="Succeeded">Whether it succeeded.</param>
/// <param name="Words">A sentence for a person.</param>
internal sealed record SmtpStep(string Name, bool Succeeded, string Words);
