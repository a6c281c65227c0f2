using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Server.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.ClientPages;

/// <summary>The form behind a link: a look changes nothing, a post answers once.</summary>
internal static class FormEndpoint
{
    private const string JustNow = "?sent";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder form = routes.MapGroup(ClientUrls.Forms + "/{id:guid}").AllowAnonymous().ExcludeFromDescription();
        form.MapMethods("", ["GET", "HEAD"], ShowAsync);
        form.MapPost("", PostAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        form.MapMethods("/decline", ["GET", "HEAD"], ShowDeclineAsync);
        form.MapPost("/decline", DeclineAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    private static async Task<RazorComponentResult> ShowAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, [FromServices] FindLink find, ReadForms forms, [FromServices] ReadPrefill prefill, [FromServices] DatabaseClock clock, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (await FindAsync(id, context, answers, session, find, cancellationToken) is not { } detail)
            return answers.Unknown(context);
        LinkVerdict verdict = LinkDecision.ToShow(detail.Link, clock.Now);
        if (verdict != LinkVerdict.Open)
            return answers.NotOpen(context, detail, verdict, context.Request.QueryString.Value == JustNow);
        FormDefinition form = (await forms.OfVersionAsync(detail.Link.DefinitionVersionId, detail.Link.FormPath, cancellationToken)).On(clock.Now, detail.Engagement.Contact.Zone);
        return Asked(answers, detail, new FormWalk(form, await prefill.ExecuteAsync(id, cancellationToken)), 0, []);
    }

    private static async Task<Results<RazorComponentResult, RedirectHttpResult>> PostAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, [FromServices] FindLink find, ReadForms forms, [FromServices] ReadPrefill prefill, [FromServices] PrepareLinkAnswer prepare, [FromServices] FlowsEngine engine,
        [FromServices] DatabaseClock clock, ConfirmStep confirm, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (await FindAsync(id, context, answers, session, find, cancellationToken) is not { } detail)
            return answers.Unknown(context);
        LinkVerdict verdict = LinkDecision.ToShow(detail.Link, clock.Now);
        if (verdict != LinkVerdict.Open)
            return answers.NotOpen(context, detail, verdict, isJustNow: false);
        FormDefinition form = (await forms.OfVersionAsync(detail.Link.DefinitionVersionId, detail.Link.FormPath, cancellationToken)).On(clock.Now, detail.Engagement.Contact.Zone);
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
            return Asked(answers, detail, new FormWalk(form, await prefill.ExecuteAsync(id, cancellationToken)), 0, [], ClientTexts.PageTooOld, StatusCodes.Status400BadRequest);

        IFormCollection fields = await context.Request.ReadFormAsync(cancellationToken);
        FormWalk walk = new(form, FormPost.Read(form, fields));
        if (LinkAnswer.IsOutdated(fields["seen"], detail.Link))
            return Outdated(answers, detail, walk);
        if (RowAct.Of(form, fields["go"].ToString()) is { } act)
        {
            (FormWalk changed, RowAct done) = act.ApplyTo(walk);
            return Asked(answers, detail, changed, changed.PlaceOf(fields["page"]), [], act: done);
        }

        FormStep step = FormStep.Of(walk, fields);
        if (!step.IsSent)
            return Asked(answers, detail, walk, step.Place, step.Faults, status: step.Faults.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        if (detail.Link.ConfirmByCode && fields["go"] == ConfirmStep.WantsCode)
            return await confirm.SendAsync(context, detail, fields, LinkDecision.Answered, cancellationToken);
        return await SubmitAsync(
            new(id, LinkDecision.Answered, walk.Given, null, fields["code"]) { Seen = fields["seen"] }, detail, walk, fields, context, answers, prepare, engine, clock, find, confirm, cancellationToken);
    }

    private static async Task<Results<RazorComponentResult, RedirectHttpResult>> SubmitAsync(
        LinkAnswer answer, LinkDetail detail, FormWalk? walk, IFormCollection fields, HttpContext context, ClientAnswers answers, PrepareLinkAnswer prepare, FlowsEngine engine,
        DatabaseClock clock, FindLink find, ConfirmStep confirm, CancellationToken cancellationToken)
    {
        PreparedLinkAnswer prepared = await prepare.ExecuteAsync(answer, clock.Now, cancellationToken);
        if (prepared.Stimulus is not null)
        {
            StimulusResult result = await engine.Gateway.SubmitAsync(prepared.Stimulus, prepared.Rider, cancellationToken);
            if (result is { Kind: TransitionKind.Applied, RefusedBy: null })
            {
                FlowsTelemetry.Links.Add(1, new KeyValuePair<string, object?>("engagementflows.act", answer.Outcome == LinkDecision.Declined ? "declined" : "answered"));
                return Site.To(ClientUrls.Form(detail.Link.Id) + JustNow);
            }
        }
        else if (prepared.IsOutdated)
        {
            return await AskAnewAsync();
        }
        else if (prepared.Code != CodeVerdict.Right)
        {
            return await confirm.ShowAsync(detail, fields, answer.Outcome, prepared.Code, cancellationToken);
        }
        else if (prepared.Verdict == LinkVerdict.Open && walk is not null)
        {
            return Asked(answers, detail, walk, 0, prepared.Faults, status: StatusCodes.Status422UnprocessableEntity);
        }

        // Somebody was quicker, or the step ended in between: the page says how it stands now.
        LinkDetail now = await find.ExecuteAsync(detail.Link.Id, cancellationToken) ?? detail;
        LinkVerdict verdict = LinkDecision.ToShow(now.Link, clock.Now);
        if (verdict == LinkVerdict.Open && now.Link.Message != prepared.Link?.Message)
            return await AskAnewAsync();
        // Or a newer code was sent between the check and the commit.
        if (verdict == LinkVerdict.Open && detail.Link.ConfirmByCode)
            return await confirm.ShowAsync(detail, fields, answer.Outcome, CodeVerdict.Dead, cancellationToken);
        return answers.NotOpen(context, now, verdict == LinkVerdict.Open ? LinkVerdict.Ended : verdict, isJustNow: false);

        async Task<RazorComponentResult> AskAnewAsync()
        {
            LinkDetail stands = await find.ExecuteAsync(detail.Link.Id, cancellationToken) ?? detail;
            return walk is not null ? Outdated(answers, stands, walk) : Declining(answers, stands, ClientTexts.SaysOtherwise, answer.Comment, StatusCodes.Status409Conflict);
        }
    }

    private static async Task<RazorComponentResult> ShowDeclineAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, [FromServices] FindLink find, [FromServices] DatabaseClock clock, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (await FindAsync(id, context, answers, session, find, cancellationToken) is not { Link.MayDecline: true } detail)
            return answers.Unknown(context);
        LinkVerdict verdict = LinkDecision.ToShow(detail.Link, clock.Now);
        return verdict == LinkVerdict.Open
            ? ClientAnswers.Page<DeclinePage>(StatusCodes.Status200OK, new() { [nameof(DeclinePage.Ask)] = answers.AskOf(detail) })
            : answers.NotOpen(context, detail, verdict, isJustNow: false);
    }

    private static async Task<Results<RazorComponentResult, RedirectHttpResult>> DeclineAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, [FromServices] FindLink find, [FromServices] PrepareLinkAnswer prepare, [FromServices] FlowsEngine engine, [FromServices] DatabaseClock clock,
        ConfirmStep confirm, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (await FindAsync(id, context, answers, session, find, cancellationToken) is not { Link.MayDecline: true } detail)
            return answers.Unknown(context);
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
            return Declining(answers, detail, ClientTexts.PageTooOld, null);
        IFormCollection fields = await context.Request.ReadFormAsync(cancellationToken);
        if (LinkAnswer.IsOutdated(fields["seen"], detail.Link))
            return Declining(answers, detail, ClientTexts.SaysOtherwise, fields["reason"], StatusCodes.Status409Conflict);
        string reason = fields["reason"].ToString().ReplaceLineEndings("\n").Trim();
        if (Engagements.Clients.TextRule.FaultOfText(reason, DeclinePage.MostReason) is not null)
            return Declining(answers, detail, ClientTexts.ReasonFaulty, reason);
        if (detail.Link.ConfirmByCode && fields["go"] == ConfirmStep.GoesBack)
            return Site.To(ClientUrls.Form(id));
        if (detail.Link.ConfirmByCode && fields["go"] == ConfirmStep.WantsCode)
            return await confirm.SendAsync(context, detail, fields, LinkDecision.Declined, cancellationToken);
        return await SubmitAsync(
            new(id, LinkDecision.Declined, null, reason, fields["code"]) { Seen = fields["seen"] }, detail, null, fields, context, answers, prepare, engine, clock, find, confirm, cancellationToken);
    }

    // Without the cookie of this link nobody learns whether it exists.
    private static async Task<LinkDetail?> FindAsync(
        Guid id, HttpContext context, ClientAnswers answers, LinkSession session, FindLink find, CancellationToken cancellationToken)
    {
        if (!session.Holds(context, id) || await find.ExecuteAsync(id, cancellationToken) is not { } detail)
            return null;
        answers.ReadAs(context, detail);
        return detail;
    }

    // From the first page, which says what is asked.
    private static RazorComponentResult Outdated(ClientAnswers answers, LinkDetail detail, FormWalk walk) =>
        Asked(answers, detail, walk, 0, [], ClientTexts.SaysOtherwise, StatusCodes.Status409Conflict);

    private static RazorComponentResult Declining(ClientAnswers answers, LinkDetail detail, LocalizedText alert, string? reason, int status = StatusCodes.Status422UnprocessableEntity) =>
        ClientAnswers.Page<DeclinePage>(status, new()
        {
            [nameof(DeclinePage.Ask)] = answers.AskOf(detail),
            [nameof(DeclinePage.Alert)] = alert,
            [nameof(DeclinePage.Reason)] = reason,
        });

    private static RazorComponentResult Asked(
        ClientAnswers answers, LinkDetail detail, FormWalk walk, int place, IReadOnlyList<AnswerFault> faults, LocalizedText? alert = null, int status = StatusCodes.Status200OK,
        RowAct? act = null) =>
        ClientAnswers.Page<AskPage>(status, new()
        {
            [nameof(AskPage.Act)] = act,
            [nameof(AskPage.Ask)] = answers.AskOf(detail),
            [nameof(AskPage.Walk)] = walk,
            [nameof(AskPage.Place)] = place,
            [nameof(AskPage.Faults)] = faults,
            [nameof(AskPage.Alert)] = alert,
        });
}
