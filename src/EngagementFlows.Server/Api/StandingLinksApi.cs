using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Cases;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Standing links: ways for a contact to begin a flow whenever there is a reason.</summary>
internal static class StandingLinksApi
{
    private const int LabelLength = 100;
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3660);

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/engagements/{id:guid}/standing-links").WithTags("Links");
        group.MapGet("", ListAsync).WithSummary("Lists the standing links of an engagement, in the order of their ids; their addresses are not shown.").ProducesProblem(400);
        group.MapPost("", MakeAsync).RequireAuthorization(Policies.ManageLinks)
            .WithSummary("Gives the engagement's contact a link that starts a flow, and answers with its address. Whoever has one keeps it, for longer: twice is the same as once.")
            .Produces<ShownStandingLink>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/standing-links/{id:guid}/revoke", RevokeAsync).WithTags("Links").RequireAuthorization(Policies.ManageLinks)
            .WithSummary("Takes a standing link back for good; what it started goes on. Twice is the same as once.").Produces(204).ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<Results<Ok<ListPage<StandingLinkLine>>, ProblemHttpResult>> ListAsync(
        Guid id, ReadStandingLinks links, GetEngagement engagements, string? after, int? limit, CancellationToken cancellationToken)
    {
        ListPage<StandingLinkLine> page = await links.OfEngagementAsync(id, after, Paging.Limit(limit), cancellationToken);
        return page.Items.Count == 0 && await engagements.ExecuteAsync(id, cancellationToken) is null ? Refusal.NotFound("engagement", id) : TypedResults.Ok(page);
    }

    private static async Task<IResult> MakeAsync(Guid id, JsonBody<StandingLinkRequest> body, StandingLinkDesk desk, CurrentPerson caller, CancellationToken cancellationToken)
    {
        StandingLinkRequest request = body.Value;
        string definition = request.DefinitionId ?? ComplaintFlow.DefinitionId;
        string form = request.Form ?? ComplaintFlow.FormPath;
        TextRules.Require("definitionId", definition, 400);
        TextRules.Require("form", form, TextRule.NameLength);
        TextRules.Limit("label.en", request.Label?.En, LabelLength);
        TextRules.Limit("label.zhCn", request.Label?.ZhCn, LabelLength);
        if (request.Label is { } label && (string.IsNullOrWhiteSpace(label.En) || string.IsNullOrWhiteSpace(label.ZhCn)))
            return Refusal.BadRequest("'label' must have a text in 'en' and one in 'zhCn', or be left out.");
        TimeSpan? worksFor = null;
        if (request.WorksFor is { } text)
        {
            if (!Duration.TryParse(text, out Duration? duration) || duration is not ElapsedTime { IsZero: false } elapsed || elapsed.Length > LongestLife)
                return Refusal.BadRequest($"'worksFor' is '{text}'. It must be elapsed time of at most ten years, like 730.00:00:00.");
            worksFor = elapsed.Length;
        }

        if (await desk.WhyNotAsync(definition, form, cancellationToken) is { } fault)
            return Refusal.Unprocessable("Flow cannot be started by it", fault);
        return await desk.MakeAsync(id, definition, form, request.Label, worksFor, caller, cancellationToken) is { } made
            ? TypedResults.Ok(new ShownStandingLink(made.Id, made.IsNew, desk.AddressOf(made.Id)))
            : Refusal.NotFound("engagement", id);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, JsonBody<RevokeRequest> body, CurrentPerson caller, RevokeStandingLink revoke, ReadStandingLinks links, CancellationToken cancellationToken)
    {
        TextRules.Require("reason", body.Value.Reason, 1_000);
        return await revoke.ExecuteAsync(id, caller.Caller, body.Value.Reason!, now: null, cancellationToken) || await links.FindAsync(id, cancellationToken) is not null
            ? TypedResults.NoContent()
            : Refusal.NotFound("standing link", id);
    }
}

/// <summary>The wish for a standing link.</summary>
internal sealed record StandingLinkRequest
{
    /// <summary>Gets the flow that it starts; left out = the flow of complaints.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Gets the form of that flow; left out = <c>forms/complaint.json</c>.</summary>
    public string? Form { get; init; }

    /// <summary>Gets what it is for, in both languages; left out = what the flow is called.</summary>
    public LocalizedText? Label { get; init; }

    /// <summary>Gets how long it works from now on, like 730.00:00:00; left out = two years.</summary>
    public string? WorksFor { get; init; }
}

/// <param name="Id">The link's id.</param>
/// <param name="IsNew">Whether it was made now.</param>
/// <param name="Address">The address that opens it: whoever has it can start the flow.</param>
internal sealed record ShownStandingLink(Guid Id, bool IsNew, string Address);
