using System.Security.Claims;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Postgres.Keys;

namespace EngagementFlows.Server.Security;

/// <summary>Tells whether whoever opened a lasting connection would still be let in: requests are asked anew each time, a connection is not.</summary>
internal sealed class SessionCheck(GetSessionPerson getSessionPerson, ApiKeys keys, IsApiKeyValid isApiKeyValid)
{
    /// <summary>Returns what connections of one session have in common.</summary>
    public static string KeyOf(ClaimsPrincipal user) => string.Join('\n', user.Claims.Select(claim => $"{claim.Type}={claim.Value}"));

    /// <summary>Tells whether the session of a person, or the key of a program, still stands as it was, and still opens the designer.</summary>
    public async Task<bool> StandsAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (CurrentPerson.TryOf(user) is not { } caller || !caller.May(Policies.SeeDesigner))
            return false;
        if (caller.IsProgram)
            return keys.IsNamedInSettings(caller.Name) || await isApiKeyValid.ExecuteAsync(caller.Name, cancellationToken);
        return await getSessionPerson.ExecuteAsync(caller.Id, cancellationToken) is { } person && Sessions.IsSame(user, person);
    }
}
