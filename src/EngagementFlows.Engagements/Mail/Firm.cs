namespace EngagementFlows.Engagements.Mail;

/// <summary>The firm as its clients see it; from the configuration.</summary>
/// <param name="Name">Stands in every mail and page.</param>
/// <param name="Phone">The number of the office, or <see langword="null"/>.</param>
/// <param name="Email">The address where clients reach a person.</param>
public sealed record Firm(string Name, string? Phone, string Email);
