using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Diagnosis;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>Tries the mail server as it is configured, without sending anything, and tells its words.</summary>
internal static class TryMailEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.TryMail, TryAsync).RequireAuthorization(Policies.TryMail).ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, NotFound>> TryAsync(
        HttpContext context, ServerOptions options, TimeProvider clock, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        // The form brings nothing but its anti-forgery token, which is checked because a form is asked for.
        _ = form;
        if (await Doctor.TryMailAsync(options.Mail, clock, cancellationToken) is not { } trial)
            return TypedResults.NotFound();
        if (trial.CanSend)
            notices.Tell(context, reader.Say(MailboxTexts.ServerReady, trial.Server, string.Join(' ', trial.Steps.Where(step => step.Name is "tls" or "sign-in").Select(step => step.Words))));
        else
            notices.Tell(context, reader.Say(MailboxTexts.ServerNotReady, trial.Server, trial.Steps[^1].Words), isFault: true);
        return Site.To(StaffUrls.Mailbox);
    }
}
