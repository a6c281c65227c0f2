using EngagementFlows.Engine;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Staff.People;

/// <summary>What an administrator does with an account.</summary>
internal static class PersonEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder person = routes.MapGroup(StaffUrls.People + "/{id:guid}").RequireAuthorization(Policies.ManagePeople).ExcludeFromDescription();
        person.MapPost("/roles", ChangeRolesAsync);
        person.MapPost("/disable", DisableAsync);
        person.MapPost("/enable", EnableAsync);
        person.MapPost("/unlock", UnlockAsync);
        person.MapPost("/end-sessions", EndSessionsAsync);
    }

    private static async Task<RedirectHttpResult> ChangeRolesAsync(
        Guid id, HttpContext context, PeopleDesk people, Notices notices, Reader reader, IFormCollection fields, CancellationToken cancellationToken) =>
        Tell(id, context, notices, reader, await people.ChangeRolesAsync(id, [.. fields["roles"].OfType<string>()], CurrentPerson.Of(context.User), cancellationToken));

    // The form is asked for because with it comes the check of its anti-forgery token.
    private static async Task<RedirectHttpResult> DisableAsync(
        Guid id, HttpContext context, PeopleDesk people, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken) =>
        Tell(id, context, notices, reader, await people.SetActiveAsync(id, isActive: false, CurrentPerson.Of(context.User), cancellationToken));

    private static async Task<RedirectHttpResult> EnableAsync(
        Guid id, HttpContext context, PeopleDesk people, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken) =>
        Tell(id, context, notices, reader, await people.SetActiveAsync(id, isActive: true, CurrentPerson.Of(context.User), cancellationToken));

    private static async Task<RedirectHttpResult> UnlockAsync(
        Guid id, HttpContext context, PeopleDesk people, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken) =>
        Tell(id, context, notices, reader, await people.UnlockAsync(id, CurrentPerson.Of(context.User), cancellationToken));

    private static async Task<RedirectHttpResult> EndSessionsAsync(
        Guid id, HttpContext context, PeopleDesk people, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken) =>
        Tell(id, context, notices, reader, await people.EndSessionsAsync(id, CurrentPerson.Of(context.User), cancellationToken));

    private static RedirectHttpResult Tell(Guid id, HttpContext context, Notices notices, Reader reader, PeopleOutcome outcome)
    {
        LocalizedText words = outcome switch
        {
            PeopleOutcome.Done => PeopleTexts.Done,
            PeopleOutcome.Unchanged => PeopleTexts.Unchanged,
            PeopleOutcome.Unknown => PeopleTexts.Unknown,
            PeopleOutcome.Oneself => PeopleTexts.Oneself,
            PeopleOutcome.NoRole => PeopleTexts.NoRole,
            _ => throw new InvalidOperationException($"EngagementFlows bug: outcome '{outcome}' has no words."),
        };
        notices.Tell(context, reader.Say(words), isFault: outcome is not (PeopleOutcome.Done or PeopleOutcome.Unchanged));
        return Site.To(StaffUrls.Person(id));
    }
}
