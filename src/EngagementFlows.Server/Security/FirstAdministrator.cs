using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Security;

/// <summary>Lets the first administrator in: as long as none has a password, each start makes a new one-time link.</summary>
internal sealed class FirstAdministrator(
    FindFirstAdministrator find, AddFirstAdministrator add, AccountLinks links, ServerOptions options, TimeProvider clock)
{
    /// <summary>Returns address and token of the link, or <see langword="null"/> if an administrator can sign in already.</summary>
    public async Task<(string Email, string Token)?> InviteAsync(CancellationToken cancellationToken)
    {
        (Guid PersonId, string Email, bool HasPassword)? found = await find.ExecuteAsync(cancellationToken);
        if (found is null)
        {
            await add.ExecuteAsync(
                Guid.CreateVersion7(clock.GetUtcNow()), "Administrator", options.AdministratorEmail,
                // One person may be all there is at first; further people get what they need.
                [StaffRoles.Operator, StaffRoles.Architect, StaffRoles.AccountManager, StaffRoles.Administrator],
                Language.English.Tag, options.Firm.Zone.Id, cancellationToken);
            found = await find.ExecuteAsync(cancellationToken);
        }

        if (found is not (var personId, var email, false))
            return null;
        return (email, await links.CreateAsync(personId, "server", cancellationToken));
    }
}
