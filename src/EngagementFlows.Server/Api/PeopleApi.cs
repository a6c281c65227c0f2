using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Members of staff, and the one-time links by which they set their passwords.</summary>
internal static class PeopleApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/people").WithTags("People");
        group.MapGet("", ListAsync).WithSummary("Lists members of staff by name.").ProducesProblem(400);
        group.MapPost("/{id:guid}/invite", InviteAsync).RequireAuthorization(Policies.InvitePeople).WithMetadata(TakesIdempotencyKey.Secret)
            .WithSummary("Mails a person a one-time link by which he sets a password; earlier ones end.").Produces<Invitation>().ProducesProblem(409);
    }

    private static async Task<Ok<ListPage<Person>>> ListAsync(ListStaff list, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.PageAsync(after, Paging.Limit(limit), cancellationToken));

    private static async Task<IResult> InviteAsync(
        Guid id, CurrentPerson caller, ListStaff list, AccountLinks links, ServerOptions options, RepeatedRequests repeated, HttpContext context)
    {
        IdempotencyKey? key = await IdempotencyKey.ReadAsync(context);
        if ((await list.ExecuteAsync(context.RequestAborted)).FirstOrDefault(person => person.Id == id) is not { } person)
            return Refusal.NotFound("person", id);
        if (!person.IsActive)
            return Refusal.Conflict($"'{person.Email}' is not active (any more) and cannot sign in.");
        ShownOnce made = new(
            $"This request invited '{person.Email}' already. Where the link is shown and not only mailed, it was shown in the first answer only. If both are lost, invite once more under another key: the earlier link ends then.",
            $"/api/people/{id}");
        return await repeated.OnceAsync(key, context, async keeper =>
        {
            MailedLink link = await links.MailAsync(person, caller, transaction => keeper.KeepWithoutSecretAsync(transaction, made), context.RequestAborted);
            return ApiAnswer.Of(StatusCodes.Status200OK, new Invitation(person.Email, link.Address, options.SignIn.LinkLifetime.TotalHours, link.Mail));
        });
    }
}

/// <param name="Email">Who is invited.</param>
/// <param name="Url">The one-time link, where mails only go into a folder; shown here only. Null where it is mailed: only its reader gets it.</param>
/// <param name="LifetimeHours">How long it lives.</param>
/// <param name="MailId">The mail with the link.</param>
internal sealed record Invitation(string Email, string? Url, double LifetimeHours, Guid MailId);
