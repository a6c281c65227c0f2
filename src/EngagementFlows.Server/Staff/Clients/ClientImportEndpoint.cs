using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Imports;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>What the pages that import clients post.</summary>
internal static class ClientImportEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StaffUrls.UploadClients, UploadAsync).RequireAuthorization(Policies.ManageClients).ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimitAttribute(ClientImport.MaxBytes + UploadedFile.FormBytes));
        routes.MapPost(StaffUrls.ClientImports + "/{id:guid}/confirm", ConfirmAsync).RequireAuthorization(Policies.ManageClients).ExcludeFromDescription();
        routes.MapPost(StaffUrls.ClientImports + "/{id:guid}/cancel", CancelAsync).RequireAuthorization(Policies.ManageClients).ExcludeFromDescription();
        routes.MapGet(StaffUrls.ClientImports + "/{id:guid}/faults.csv", FaultsAsync).RequireAuthorization(Policies.ManageClients).ExcludeFromDescription();
    }

    private static async Task<RedirectHttpResult> UploadAsync(
        HttpContext context, ClientImportDesk desk, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        if (await UploadedFile.ReadAsync(form, cancellationToken) is not { } file)
        {
            notices.Tell(context, reader.Say(ClientImportTexts.Missing), isFault: true);
            return Site.To(StaffUrls.ImportClients);
        }

        ClientImportRow import = await desk.UploadAsync(file.Name, file.Content, CurrentPerson.Of(context.User), cancellationToken);
        return Site.To(StaffUrls.ClientImport(import.Id));
    }

    private static async Task<RedirectHttpResult> ConfirmAsync(
        Guid id, HttpContext context, ClientImportDesk desk, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        bool isConfirmed = await desk.ConfirmAsync(id, CurrentPerson.Of(context.User), form["flows"] == "start", cancellationToken);
        notices.Tell(context, reader.Say(isConfirmed ? ClientImportTexts.Confirmed : ClientImportTexts.TooLate), isFault: !isConfirmed);
        return Site.To(StaffUrls.ClientImport(id));
    }

    // The form is asked for because with it comes the check of its anti-forgery token.
    private static async Task<RedirectHttpResult> CancelAsync(
        Guid id, HttpContext context, ClientImportDesk desk, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken)
    {
        bool isDropped = await desk.CancelAsync(id, CurrentPerson.Of(context.User), cancellationToken);
        notices.Tell(context, reader.Say(isDropped ? ClientImportTexts.Dropped : ClientImportTexts.TooLate), isFault: !isDropped);
        return Site.To(isDropped ? StaffUrls.ImportClients : StaffUrls.ClientImport(id));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> FaultsAsync(Guid id, ClientImportDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } import
            ? TypedResults.File(ClientImportDesk.FaultsFile(import), "text/csv; charset=utf-8", "faults.csv")
            : TypedResults.NotFound();
}
