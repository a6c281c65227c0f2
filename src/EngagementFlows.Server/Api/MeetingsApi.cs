using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Meetings that flows arrange, and what people do with them.</summary>
internal static class MeetingsApi
{
    private const int LongestText = 2_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/meetings").WithTags("Meetings");
        group.MapGet("", ListAsync).WithSummary("Lists meetings: those to come, the next first; with past=true those that are over, the latest first.").ProducesProblem(400);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows a meeting with everybody who is invited and what they answered; its ETag is asked for by whoever changes it.");
        api.MapPost("/engagements/{id:guid}/meetings", ArrangeAsync).WithTags("Meetings").RequireAuthorization(Policies.ManageMeetings).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Arranges a single meeting: owner, architect, colleagues and the client's contact are invited with an entry for their calendars, and reminded on the working day before.")
            .Produces<MeetingDetail>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPost("/{id:guid}/move", MoveAsync).RequireAuthorization(Policies.ManageMeetings).WithMetadata(TakesIfMatch.Required)
            .WithSummary("Moves a meeting: everybody gets the change in his calendar, and reminders, links and waiting flows go by the new time.")
            .Produces<MeetingDetail>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPost("/{id:guid}/cancel", CancelAsync).RequireAuthorization(Policies.ManageMeetings).WithMetadata(TakesIfMatch.Required)
            .WithSummary("Calls a meeting off: everybody is told, nobody is reminded, and a flow that waits for it goes on.")
            .Produces<MeetingDetail>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPost("/{id:guid}/answer", AnswerAsync).RequireAuthorization(Policies.ManageMeetings).WithMetadata(TakesIfMatch.Required)
            .WithSummary("Answers an invitation as the member of staff who calls, or for whom the key acts; a later answer replaces an earlier one.")
            .Produces<MeetingDetail>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static async Task<Results<Ok<ListPage<MeetingLine>>, ProblemHttpResult>> ListAsync(
        CurrentPerson caller, ListMeetings list, DatabaseClock clock, bool? past, string? state, Guid? engagementId, Guid? personId, string? after, int? limit, CancellationToken cancellationToken)
    {
        if (!TryRead(state, out MeetingState? wanted))
            return Refusal.BadRequest($"'state' is '{state}'. It must be one of {string.Join(", ", Enum.GetNames<MeetingState>()).ToLowerInvariant()}.");
        MeetingFilter filter = new(past == true, wanted, engagementId, personId) { Viewer = caller.Viewer };
        return TypedResults.Ok(await list.ExecuteAsync(filter, after, Paging.Limit(limit), clock.Now, cancellationToken));
    }

    private static async Task<Results<Ok<MeetingDetail>, ProblemHttpResult>> GetAsync(Guid id, GetMeeting get, HttpContext context, CancellationToken cancellationToken)
    {
        if (await get.ExecuteAsync(id, cancellationToken) is not { } detail)
            return Refusal.NotFound("meeting", id);
        Precondition.Tell(context, $"{detail.Revision}");
        return TypedResults.Ok(detail);
    }

    private static async Task<IResult> ArrangeAsync(
        Guid id, JsonBody<NewMeetingRequest> body, CurrentPerson caller, ArrangeMeeting arrange, RepeatedRequests repeated, ServerOptions options, DatabaseClock clock, HttpContext context)
    {
        DateTimeOffset now = clock.Now;
        // Before its end is reckoned, which might lie beyond all calendars.
        if (body.Value.StartsAt is { } startsAt && MeetingTime.IsFar(startsAt, now))
            return IsFar("startsAt");
        Meeting meeting = body.Value.ToMeeting(TimeOrderedId.Create(now), id, options.Firm.Zone.Id);
        string? message = string.IsNullOrWhiteSpace(body.Value.Message) ? null : body.Value.Message.Trim();
        return await repeated.OnceAsync(body.Key, context, async keeper =>
        {
            ApiAnswer? answer = null;
            MeetingVerdict verdict = await arrange.ExecuteAsync(
                new(meeting, body.Value.Colleagues ?? [], caller.Caller, caller.Name, message),
                now,
                async transaction =>
                {
                    answer = ApiAnswer.Of(StatusCodes.Status201Created, (await GetMeeting.OnAsync(transaction, meeting.Id, context.RequestAborted))!);
                    await keeper.KeepAsync(transaction, answer);
                },
                context.RequestAborted);
            if (verdict != MeetingVerdict.Done)
                return NotArranged(id, verdict);
            context.Response.Headers.Location = Site.Of(context).Link($"/api/meetings/{meeting.Id}");
            return answer!;
        });
    }

    private static ProblemHttpResult NotArranged(Guid engagement, MeetingVerdict verdict) => verdict switch
    {
        MeetingVerdict.Unknown => Refusal.NotFound("engagement", engagement),
        MeetingVerdict.TimeIsOver => Refusal.Unprocessable("Time is over", "'startsAt' does not lie ahead."),
        MeetingVerdict.TimeIsFar => IsFar("startsAt"),
        MeetingVerdict.Erased => Refusal.Conflict("The client was erased: nothing is written to him or about him any more."),
        MeetingVerdict.NotToInvite => Refusal.Unprocessable(
            "Not to be invited", "Somebody cannot be invited: 'colleagues' must be ids of active members of staff to whom the engagement is open, and an engagement of the firm with itself has no client ('audience': 'internal')."),
        _ => throw new InvalidOperationException($"EngagementFlows bug: verdict '{verdict}' has no answer."),
    };

    private static async Task<IResult> MoveAsync(
        Guid id, JsonBody<MoveMeetingRequest> body, CurrentPerson caller, GetMeeting get, ChangeMeeting change, Precondition precondition, DatabaseClock clock, HttpContext context)
    {
        MoveMeetingRequest request = body.Value;
        Check(request.Reason, request.Message);
        if (request.StartsAt is not { } startsAt)
            return Refusal.BadRequest("'startsAt' is missing. It must be an instant with its offset, such as 2026-03-02T10:00:00+08:00.");
        if (request.Minutes is < MeetingRules.LeastMinutes or > MeetingRules.MostMinutes)
            return Refusal.BadRequest($"'minutes' is {request.Minutes}. It must be from {MeetingRules.LeastMinutes} to {MeetingRules.MostMinutes}; left out, the meeting takes as long as before.");
        string? place = string.IsNullOrWhiteSpace(request.Place) ? null : request.Place.Trim();
        if (MeetingRules.FaultOfPlace(place) is { } fault)
            return Refusal.BadRequest($"'place' cannot be used: {fault}.");
        TimeSpan? length = request.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        return await ActAsync(id, caller, get, precondition, context, revision =>
            change.MoveAsync(new(id, revision, caller.Caller, caller.Name, request.Reason!.Trim(), request.Message), startsAt.ToUniversalTime(), length, place, clock.Now, context.RequestAborted));
    }

    private static async Task<IResult> CancelAsync(
        Guid id, JsonBody<CancelMeetingRequest> body, CurrentPerson caller, GetMeeting get, ChangeMeeting change, Precondition precondition, DatabaseClock clock, HttpContext context)
    {
        Check(body.Value.Reason, body.Value.Message);
        return await ActAsync(id, caller, get, precondition, context, revision =>
            change.CancelAsync(new(id, revision, caller.Caller, caller.Name, body.Value.Reason!.Trim(), body.Value.Message), clock.Now, context.RequestAborted));
    }

    private static async Task<IResult> AnswerAsync(
        Guid id, JsonBody<AnswerMeetingRequest> body, CurrentPerson caller, ActingPerson acting, GetMeeting get, AnswerMeeting answer, Precondition precondition, DatabaseClock clock, HttpContext context)
    {
        AnswerMeetingRequest request = body.Value;
        TextRules.Limit("comment", request.Comment, LongestText);
        if (MeetingRules.AnswerOf(request.Answer) is not { } given)
            return Refusal.BadRequest($"'answer' is '{request.Answer}'. It must be one of accept, decline, propose.");
        if ((given == MeetingAnswer.Proposed) != request.ProposedAt is not null)
            return Refusal.BadRequest("'proposedAt' goes with the answer 'propose', and only with it: an instant with its offset, such as 2026-03-02T10:00:00+08:00.");
        if (request.ProposedAt <= clock.Now)
            return Refusal.Unprocessable("Time is over", "'proposedAt' does not lie ahead.");
        if (request.ProposedAt is { } proposed && MeetingTime.IsFar(proposed, clock.Now))
            return IsFar("proposedAt");
        if (await acting.FindAsync(caller, context.RequestAborted) is not { } person)
            return Refusal.Forbidden($"An invitation is answered by a person, and the API key '{caller.Name}' acts for none. Make a key that acts for an active member of staff, or sign in.");
        if (await get.ExecuteAsync(id, context.RequestAborted) is not { } seen)
            return Refusal.NotFound("meeting", id);
        if (MeetingRules.WhyNotAnswer(seen, person.Id, clock.Now) is { } whyNot)
            return Refusal.Conflict(whyNot.En);
        string? comment = string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment.Trim();
        // To a meeting that was moved meanwhile nobody has answered.
        return await ActAsync(id, caller, get, precondition, context, revision =>
            answer.ExecuteAsync(id, revision, person.Id, person.Name, caller.Caller, given, request.ProposedAt?.ToUniversalTime(), comment, clock.Now, context.RequestAborted));
    }

    private static ProblemHttpResult IsFar(string field) => Refusal.Unprocessable("Time is far", $"'{field}' lies more than {MeetingTime.MostYears} years ahead.");

    private static async Task<IResult> ActAsync(
        Guid id, CurrentPerson caller, GetMeeting get, Precondition precondition, HttpContext context, Func<long, Task<MeetingVerdict>> act)
    {
        if (await get.ExecuteAsync(id, context.RequestAborted) is not { } seen)
            return Refusal.NotFound("meeting", id);
        (string chain, string subject) = ($"engagement/{seen.Meeting.EngagementId:D}", $"meeting/{id:D}");
        if (await precondition.WhyNotAsync(context, $"{seen.Revision}", isRequired: true, chain, subject) is { } refused)
            return refused;
        return await act(seen.Revision) switch
        {
            MeetingVerdict.Done => await ShownAsync(id, get, context),
            MeetingVerdict.Unknown => Refusal.NotFound("meeting", id),
            MeetingVerdict.Over => Refusal.Conflict(MeetingRules.IsOver.En),
            MeetingVerdict.ChangedMeanwhile => await precondition.ChangedAsync(context, "", chain, subject),
            MeetingVerdict.TimeIsOver => Refusal.Unprocessable("Time is over", "'startsAt' does not lie ahead."),
            MeetingVerdict.TimeIsFar => IsFar("startsAt"),
            MeetingVerdict.Erased => Refusal.Conflict("The client was erased: nothing is written to him or about him any more."),
            var other => throw new InvalidOperationException($"EngagementFlows bug: verdict '{other}' has no answer for '{caller.Caller}'."),
        };
    }

    private static async Task<IResult> ShownAsync(Guid id, GetMeeting get, HttpContext context)
    {
        MeetingDetail detail = (await get.ExecuteAsync(id, context.RequestAborted))!;
        Precondition.Tell(context, $"{detail.Revision}");
        return TypedResults.Ok(detail);
    }

    private static void Check(string? reason, string? message)
    {
        TextRules.Require("reason", reason, LongestText);
        TextRules.Limit("message", message, LongestText);
    }

    private static bool TryRead(string? state, out MeetingState? wanted)
    {
        wanted = null;
        if (state is null)
            return true;
        if (!Enum.TryParse(state, ignoreCase: true, out MeetingState parsed) || !Enum.IsDefined(parsed) || char.IsAsciiDigit(state[0]))
            return false;
        wanted = parsed;
        return true;
    }
}

/// <summary>Another time for a meeting.</summary>
internal sealed record MoveMeetingRequest
{
    /// <summary>Gets when it begins: an instant with its offset.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Gets how long it takes, 5 to 720 minutes; left out, as long as before.</summary>
    public int? Minutes { get; init; }

    /// <summary>Gets where it takes place; left out, where it was to be.</summary>
    public string? Place { get; init; }

    /// <summary>Gets why; it stays in the house.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets what those who are invited read besides.</summary>
    public string? Message { get; init; }
}

/// <summary>Why a meeting does not take place.</summary>
internal sealed record CancelMeetingRequest
{
    /// <summary>Gets why; it stays in the house.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets what those who are invited read besides.</summary>
    public string? Message { get; init; }
}

/// <summary>An answer to an invitation.</summary>
internal sealed record AnswerMeetingRequest
{
    /// <summary>Gets the answer: accept, decline or propose.</summary>
    public string? Answer { get; init; }

    /// <summary>Gets when the person would come; with propose and only with it.</summary>
    public DateTimeOffset? ProposedAt { get; init; }

    /// <summary>Gets what the person says with it.</summary>
    public string? Comment { get; init; }
}
