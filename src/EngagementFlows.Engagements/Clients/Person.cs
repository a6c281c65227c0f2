namespace EngagementFlows.Engagements.Clients;

/// <summary>A member of staff.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The name that clients and colleagues read.</param>
/// <param name="Email">The mail address; names the person in files and flows.</param>
/// <param name="Roles">Roles of <see cref="StaffRoles"/>.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>.</param>
/// <param name="Zone">IANA time zone.</param>
/// <param name="Phone">The number that clients may call, or <see langword="null"/>.</param>
/// <param name="IsActive">Whether tasks and mails may still go to this person.</param>
public sealed record Person(
    Guid Id, string Name, string Email, IReadOnlyList<string> Roles, string Language, string Zone, string? Phone = null, bool IsActive = true)
{
    /// <summary>Tells whether the person has the role.</summary>
    public bool Is(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
