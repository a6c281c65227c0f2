using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.ClientPages;

/// <summary>The address in a client's mail: exchanges the token for a cookie and goes on to the clean address. It uses nothing up.</summary>
internal static class LinkEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(ClientUrls.Link + "/{token}", ["GET", "HEAD"], ExchangeAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods(ClientUrls.StandingLink + "/{token}", ["GET", "HEAD"], ExchangeStandingAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task<Results<RedirectHttpResult, RazorComponentResult>> ExchangeAsync(
        string token, HttpContext context, [FromServices] LinkTokens tokens, LinkSession session, ClientAnswers answers, [FromServices] CountLinkOpening count, CancellationToken cancellationToken) =>
        OpenAsync(tokens.Read(token), count.ExecuteAsync, ClientUrls.Form, context, session, answers, cancellationToken);

    private static Task<Results<RedirectHttpResult, RazorComponentResult>> ExchangeStandingAsync(
        string token, HttpContext context, [FromServices] LinkTokens tokens, LinkSession session, ClientAnswers answers, [FromServices] CountLinkOpening count, CancellationToken cancellationToken) =>
        OpenAsync(tokens.ReadStanding(token), count.OfStandingAsync, ClientUrls.StandingForm, context, session, answers, cancellationToken);

    private static async Task<Results<RedirectHttpResult, RazorComponentResult>> OpenAsync(
        Guid? link, Func<Guid, DateTimeOffset?, bool, CancellationToken, Task> countAsync, Func<Guid, string> cleanOf, HttpContext context, LinkSession session, ClientAnswers answers,
        CancellationToken cancellationToken)
    {
        answers.Protect(context);
        // This address holds the token: nobody hears of it, not even our own pages.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (HttpMethods.IsGet(context.Request.Method) && !IsPrefetch(context.Request))
        {
            bool isMachine = OpeningGuess.LooksLikeMachine(SignsOf(context.Request));
            // A token that is made up takes the same statement, for a link that is nobody's: how long an answer takes says nothing of what was asked for.
            await countAsync(link ?? Guid.Empty, null, isMachine, cancellationToken);
            if (link is not null)
                FlowsTelemetry.Links.Add(1, new KeyValuePair<string, object?>("engagementflows.act", isMachine ? "opened_by_machine" : "opened"));
        }

        if (link is not { } genuine)
            return answers.Unknown(context);
        string clean = cleanOf(genuine);
        session.Begin(context, genuine, clean);
        return Site.To(clean);
    }

    private static OpeningSigns SignsOf(HttpRequest request) => new(
        request.Headers.UserAgent.ToString(), request.Headers.Accept.ToString(), request.Headers.AcceptLanguage.ToString(), request.Headers["Sec-Fetch-Mode"].ToString());

    // A browser that only looks ahead has shown it to nobody.
    private static bool IsPrefetch(HttpRequest request) =>
        request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);
}
