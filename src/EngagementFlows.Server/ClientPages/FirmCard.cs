namespace EngagementFlows.Server.ClientPages;

/// <summary>Who the firm is for a client who has a question.</summary>
/// <param name="Name">The firm's name.</param>
/// <param name="Email">Where to write, or <see langword="null"/>.</param>
/// <param name="Phone">Where to call, or <see langword="null"/>.</param>
public sealed record FirmCard(string Name, string? Email, string? Phone);
