using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Links;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.ClientPages;

/// <summary>The address in a client's mail: exchanges the token for a cookie and goes on to the clean address. It uses nothing up.</summary>
internal static class LinkEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(ClientUrls.Link + "/{token}", ["GET", "HEAD"], ExchangeAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, RazorComponentResult>> ExchangeAsync(
        string token, HttpContext context, [FromServices] LinkTokens tokens, LinkSession session, ClientAnswers answers, [FromServices] CountLinkOpening count, CancellationToken cancellationToken)
    {
        answers.Protect(context);
        if (tokens.Read(token) is not { } link)
            return answers.Unknown(context);
        if (HttpMethods.IsGet(context.Request.Method) && !IsPrefetch(context.Request))
            await count.ExecuteAsync(link, null, cancellationToken);
        session.Begin(context, link);
        return TypedResults.LocalRedirect(ClientUrls.Form(link));
    }

    // A browser that only looks ahead has shown it to nobody.
    private static bool IsPrefetch(HttpRequest request) =>
        request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);
}
