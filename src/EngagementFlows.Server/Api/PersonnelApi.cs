using EngagementFlows.Postgres.Personnel;
using EngagementFlows.Server.Personnel;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Api;

/// <summary>Personnel files: that there is one and who reads it. What stands in it is read where everything is, by its readers alone.</summary>
internal static class PersonnelApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/people/{id:guid}/personnel-file").WithTags("People").RequireAuthorization(Policies.ManagePeople);
        group.MapPost("", OpenAsync).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Opens the personnel file of a person, or shows who reads the one that is there.")
            .Produces<PersonnelFile>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        group.MapPost("/readers", ChangeAsync)
            .WithSummary("Names another reviewer or third person; whoever is not named any more is shown nothing from then on.")
            .Produces<PersonnelFile>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> OpenAsync(
        Guid id, JsonBody<PersonnelRequest> body, CurrentPerson caller, PersonnelDesk desk, RepeatedRequests repeated, HttpContext context)
    {
        PersonnelReaders readers = body.Value.Readers();
        return await repeated.OnceAsync(body.Key, context, async keeper =>
        {
            PersonnelOutcome outcome = await desk.OpenAsync(
                id, readers, caller, (transaction, file) => keeper.KeepAsync(transaction, ApiAnswer.Of(StatusCodes.Status200OK, file)), context.RequestAborted);
            return outcome.Fault is { } fault ? WhyNot(id, fault) : ApiAnswer.Of(StatusCodes.Status200OK, outcome.File!);
        });
    }

    private static async Task<IResult> ChangeAsync(Guid id, JsonBody<PersonnelRequest> body, CurrentPerson caller, PersonnelDesk desk, HttpContext context)
    {
        PersonnelOutcome outcome = await desk.ChangeReadersAsync(id, body.Value.Readers(), caller, context.RequestAborted);
        return outcome.Fault is { } fault ? WhyNot(id, fault) : TypedResults.Ok(outcome.File!);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult WhyNot(Guid id, PersonnelFault fault) => fault switch
    {
        PersonnelFault.UnknownPerson => Refusal.NotFound("person", id),
        PersonnelFault.NoFile => Refusal.NotFound("personnel file", id),
        PersonnelFault.UnknownReader => Refusal.Unprocessable("Unknown reader", "'reviewer' and 'third' must be ids of active members of staff. GET /api/people lists them."),
        PersonnelFault.NoThird => Refusal.Unprocessable("No third person", "'third' is missing, and EngagementFlows:Escalation:LastRung names no active member of staff. Name one of the two."),
        PersonnelFault.OwnReviewer => Refusal.Unprocessable("Own reviewer", $"'{id}' cannot be the reviewer or the third person of the file about himself. Name somebody else."),
        PersonnelFault.Oneself => Refusal.Forbidden("Nobody lets himself into a file that is there already. Another administrator may name you."),
        PersonnelFault.OwnFile => Refusal.Forbidden("Nobody says who reads the file about himself, or one that he reads. Another administrator must do it."),
        PersonnelFault.Program => Refusal.Forbidden("Only a person who is signed in opens and changes personnel files, never a program. An administrator does it on the person's page."),
        _ => throw new InvalidOperationException($"EngagementFlows bug: fault '{fault}' has no answer."),
    };
}

/// <summary>Who is to read a personnel file beside the person whom it is about.</summary>
internal sealed record PersonnelRequest
{
    /// <summary>Gets who reviews him; must be given.</summary>
    public Guid? Reviewer { get; init; }

    /// <summary>Gets the third person. Left out = whom EngagementFlows:Escalation:LastRung names.</summary>
    public Guid? Third { get; init; }

    public PersonnelReaders Readers() =>
        new(Reviewer ?? throw new BadHttpRequestException("'reviewer' is missing. It must be the id of an active member of staff."), Third);
}
