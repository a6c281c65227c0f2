using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>The member of staff behind a request: who is signed in, or for whom a program acts.</summary>
internal sealed class ActingPerson(ListStaff listStaff, ServerOptions options)
{
    /// <summary>Returns the person with the roles of the request; <see langword="null"/> if a program acts for nobody.</summary>
    public async Task<Person?> FindAsync(CurrentPerson caller, CancellationToken cancellationToken)
    {
        if (!caller.IsProgram)
            return new Person(caller.Id, caller.Name, caller.Email, caller.Roles, caller.Language, caller.Zone);
        if (caller.Scopes.Count > 0)
        {
            return caller.ActsFor is { } actsFor
                ? (await listStaff.ExecuteAsync(cancellationToken)).FirstOrDefault(one => one.Id == actsFor && one.IsActive)
                : null;
        }

        string? email = options.Api.Keys.FirstOrDefault(key => key.Name == caller.Name)?.ActsFor;
        if (email is null)
            return null;
        Person? person = (await listStaff.ExecuteAsync(cancellationToken)).FirstOrDefault(
            one => one.IsActive && one.Email.Equals(email, StringComparison.OrdinalIgnoreCase));
        // A key never gives more than its own roles, nor more than its person has.
        return person is null ? null : person with { Roles = [.. person.Roles.Intersect(caller.Roles)] };
    }

    /// <summary>Refuses an act that only a person can do.</summary>
    public ProblemHttpResult NobodyBehind(CurrentPerson caller) => Refusal.Forbidden(
        $"A task is completed by a person, and the API key '{caller.Name}' acts for none. Make a key that acts for an active member of staff (for a key of the settings: {SettingReader.Section}:ApiKeys:{caller.Name}:ActsFor), or sign in.");
}
