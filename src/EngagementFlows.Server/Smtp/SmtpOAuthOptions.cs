namespace EngagementFlows.Server.Smtp;

/// <summary>The settings <c>EngagementFlows:Mail:Smtp:OAuth</c>: an access token is fetched by refresh token (RFC 6749 §6).</summary>
internal sealed record SmtpOAuthOptions
{
    /// <summary>Gets the token endpoint, <c>https</c>; <see langword="null"/> is a fault.</summary>
    public required Uri? TokenUrl { get; init; }

    /// <summary>Gets the client's id at the provider.</summary>
    public required string ClientId { get; init; }

    /// <summary>Gets the client's secret; <see langword="null"/> for a public client.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Gets the file that holds the client's secret, or <see langword="null"/>.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>Gets the refresh token, or <see langword="null"/> if it stands in a file.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Gets the file that holds the refresh token, or <see langword="null"/>.</summary>
    public string? RefreshTokenFile { get; init; }

    /// <summary>Gets the scope asked for; <see langword="null"/> = the refresh token's own.</summary>
    public string? Scope { get; init; }

    /// <summary>Returns the endpoint only: a record's own text would hold the secrets.</summary>
    public override string ToString() => $"{TokenUrl}";
}
