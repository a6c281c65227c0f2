using System.Globalization;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Server.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.ClientPages;

/// <summary>The form behind a standing link: a look changes nothing, a sheet starts one instance of the link's flow however often it is sent, and the next sheet another.</summary>
internal static class StandingFormEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder form = routes.MapGroup(ClientUrls.StandingForms + "/{id:guid}").AllowAnonymous().ExcludeFromDescription();
        form.MapMethods("", ["GET", "HEAD"], ShowAsync);
        form.MapPost("", PostAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        form.MapMethods("/sent/{sheet:guid}", ["GET", "HEAD"], ShowSentAsync);
    }

    private static async Task<RazorComponentResult> ShowAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, [FromServices] ReadStandingLinks links, LiveCatalogue catalogue, ReadForms forms,
        [FromServices] DatabaseClock clock, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (await FindAsync(id, context, answers, session, links, cancellationToken) is not { } line)
            return answers.Unknown(context);
        if (WhyNot(line, clock.Now, context, answers) is { } closed)
            return closed;
        return await FlowOfAsync(line, catalogue, forms, clock, cancellationToken) is (_, var form)
            ? Asked(answers, line, NewSheet(clock), new FormWalk(form, new()), 0, [])
            : Away(context, answers);
    }

    private static async Task<Results<RazorComponentResult, RedirectHttpResult>> PostAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, [FromServices] ReadStandingLinks links, LiveCatalogue catalogue, ReadForms forms,
        [FromServices] FlowsEngine engine, [FromServices] DatabaseClock clock, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (await FindAsync(id, context, answers, session, links, cancellationToken) is not { } line)
            return answers.Unknown(context);
        bool isOurs = context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false };
        IFormCollection? fields = isOurs ? await context.Request.ReadFormAsync(cancellationToken) : null;
        Guid? sheet = Guid.TryParseExact(fields?["sheet"].ToString(), "D", out Guid given) ? given : null;
        // What was sent before has arrived, however the link stands now.
        if (sheet is { } sent && await links.UseAsync(id, sent, cancellationToken) is not null)
            return Site.To(ClientUrls.StandingSent(id, sent));
        if (WhyNot(line, clock.Now, context, answers) is { } closed)
            return closed;
        if (await FlowOfAsync(line, catalogue, forms, clock, cancellationToken) is not var (flow, form))
            return Away(context, answers);
        if (fields is null || sheet is not { } own)
            return Asked(answers, line, NewSheet(clock), new FormWalk(form, new()), 0, [], ClientTexts.PageTooOld, StatusCodes.Status400BadRequest);

        FormWalk walk = new(form, FormPost.Read(form, fields));
        if (RowAct.Of(form, fields["go"].ToString()) is { } act)
        {
            (FormWalk changed, RowAct done) = act.ApplyTo(walk);
            return Asked(answers, line, own, changed, changed.PlaceOf(fields["page"]), [], act: done);
        }

        FormStep step = FormStep.Of(walk, fields);
        if (!step.IsSent)
            return Asked(answers, line, own, walk, step.Place, step.Faults, status: step.Faults.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        if (walk.Validation.Faults.Count > 0)
            return Asked(answers, line, own, walk, 0, walk.Validation.Faults, status: StatusCodes.Status422UnprocessableEntity);
        return await StartAsync(line, own, flow, walk, context, answers, links, engine, clock, cancellationToken);
    }

    private static async Task<Results<RazorComponentResult, RedirectHttpResult>> StartAsync(
        StandingLinkLine line, Guid sheet, WorkflowDefinition flow, FormWalk walk, HttpContext context, ClientAnswers answers, ReadStandingLinks links, FlowsEngine engine, DatabaseClock clock,
        CancellationToken cancellationToken)
    {
        Guid link = line.Link.Id;
        StartRequested start = new(TimeOrderedId.Create(clock.Now), line.Link.DefinitionId)
        {
            Input = StandingInputs.Of(flow, walk.Validation.Answers, line.Contact),
            CorrelationId = line.Link.EngagementId.ToString("D"),
        };
        StimulusResult result = await engine.Gateway.SubmitAsync(start, new StandingLinkRider(link, sheet, start.InstanceId), cancellationToken);
        if (result is { Kind: TransitionKind.Applied, RefusedBy: null })
            FlowsTelemetry.Links.Add(1, new KeyValuePair<string, object?>("engagementflows.act", "started"));
        // Also when the same sheet, sent at the same time, was quicker.
        if (await links.UseAsync(link, sheet, cancellationToken) is not null)
            return Site.To(ClientUrls.StandingSent(link, sheet));
        if (result.RefusedBy != StandingLinkRider.Refused)
            return Away(context, answers);
        StandingLinkLine now = await links.FindAsync(link, cancellationToken) ?? line;
        return WhyNot(now, clock.Now, context, answers) ?? answers.StandingClosed(
            context, StatusCodes.Status429TooManyRequests, ClientTexts.StandingOften, Counted(ClientTexts.StandingOftenLine));
    }

    private static async Task<RazorComponentResult> ShowSentAsync(
        Guid id, Guid sheet, HttpContext context, ClientAnswers answers, LinkSession session, [FromServices] ReadStandingLinks links, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (await FindAsync(id, context, answers, session, links, cancellationToken) is not { IsErased: false } line || await links.UseAsync(id, sheet, cancellationToken) is not { } use)
            return answers.Unknown(context);
        return ClientAnswers.Page<SentPage>(StatusCodes.Status200OK, new()
        {
            [nameof(SentPage.Firm)] = answers.Firm,
            [nameof(SentPage.OwnerName)] = line.Owner,
            [nameof(SentPage.Use)] = use,
        });
    }

    // Without the cookie of this link nobody learns whether it exists.
    private static async Task<StandingLinkLine?> FindAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, ReadStandingLinks links, CancellationToken cancellationToken)
    {
        if (!session.Holds(context, id) || await links.FindAsync(id, cancellationToken) is not { } line)
            return null;
        answers.ReadAs(context, line.ContactLanguage, line.ContactZone);
        return line;
    }

    private static RazorComponentResult? WhyNot(StandingLinkLine line, DateTimeOffset now, HttpContext context, ClientAnswers answers) => line.Link.At(now) switch
    {
        // Whoever has the link of somebody who was erased is told no more than any stranger.
        _ when line.IsErased => answers.StandingClosed(context, StatusCodes.Status410Gone, ClientTexts.Ended, ClientTexts.EndedLine, isErased: true),
        LinkVerdict.Revoked => answers.StandingClosed(context, StatusCodes.Status410Gone, ClientTexts.Expired, ClientTexts.StandingRevokedLine),
        LinkVerdict.Expired => answers.StandingClosed(context, StatusCodes.Status410Gone, ClientTexts.Expired, ClientTexts.StandingExpiredLine),
        _ => null,
    };

    // A flow that was taken from the published ones since, or a version without the form: nothing that the client could mend.
    private static async Task<(WorkflowDefinition Flow, FormDefinition Form)?> FlowOfAsync(
        StandingLinkLine line, LiveCatalogue catalogue, ReadForms forms, DatabaseClock clock, CancellationToken cancellationToken)
    {
        if (catalogue.Current.Published(line.Link.DefinitionId) is not { } flow)
            return null;
        try
        {
            FormDefinition form = await forms.OfVersionAsync(flow.Id, line.Link.FormPath, cancellationToken);
            // Clients do not see who works here.
            return form.AsksForStaff ? null : (flow, form.On(clock.Now, line.ContactZone));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static RazorComponentResult Away(HttpContext context, ClientAnswers answers) =>
        answers.StandingClosed(context, StatusCodes.Status503ServiceUnavailable, ClientTexts.StandingAway, ClientTexts.StandingAwayLine);

    private static Guid NewSheet(DatabaseClock clock) => TimeOrderedId.Create(clock.Now);

    private static LocalizedText Counted(LocalizedText text) => new(
        string.Format(CultureInfo.InvariantCulture, text.En, StandingLink.MostADay), string.Format(CultureInfo.InvariantCulture, text.ZhCn, StandingLink.MostADay));

    private static RazorComponentResult Asked(
        ClientAnswers answers, StandingLinkLine line, Guid sheet, FormWalk walk, int place, IReadOnlyList<AnswerFault> faults, LocalizedText? alert = null, int status = StatusCodes.Status200OK,
        RowAct? act = null) =>
        ClientAnswers.Page<AskPage>(status, new()
        {
            [nameof(AskPage.Act)] = act,
            [nameof(AskPage.Ask)] = new Ask(answers.Firm, ClientUrls.StandingForm(line.Link.Id), line.Contact, line.Owner, MayDecline: false, line.Link.ExpiresAt, Message: null) { Sheet = sheet, About = line.Engagement },
            [nameof(AskPage.Walk)] = walk,
            [nameof(AskPage.Place)] = place,
            [nameof(AskPage.Faults)] = faults,
            [nameof(AskPage.Alert)] = alert,
        });
}
