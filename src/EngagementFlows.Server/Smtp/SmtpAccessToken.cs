namespace EngagementFlows.Server.Smtp;

/// <summary>An access token for XOAUTH2.</summary>
/// <param name="Value">The token; ASCII without control characters.</param>
/// <param name="IsNew">Whether it was fetched for this very use and not kept from an earlier one.</param>
internal sealed record SmtpAccessToken(string Value, bool IsNew)
{
    /// <summary>Returns nothing of the secret.</summary>
    public override string ToString() => nameof(SmtpAccessToken);
}
