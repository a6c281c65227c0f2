using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Imports;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>What the pages that import definitions post.</summary>
internal static class DefinitionImportEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StaffUrls.UploadDefinitions, UploadAsync).RequireAuthorization(Policies.ManageDefinitions).ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimitAttribute(DefinitionArchive.MaxBytes + UploadedFile.FormBytes));
        routes.MapPost(StaffUrls.DefinitionImports + "/{id:guid}/confirm", ConfirmAsync).RequireAuthorization(Policies.ManageDefinitions).ExcludeFromDescription();
        routes.MapPost(StaffUrls.DefinitionImports + "/{id:guid}/cancel", CancelAsync).RequireAuthorization(Policies.ManageDefinitions).ExcludeFromDescription();
    }

    private static async Task<RedirectHttpResult> UploadAsync(
        HttpContext context, DefinitionImportDesk desk, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        if (await UploadedFile.ReadAsync(form, cancellationToken) is not { } file)
        {
            notices.Tell(context, reader.Say(DefinitionImportTexts.Missing), isFault: true);
            return Site.To(StaffUrls.ImportDefinitions);
        }

        Guid import = await desk.UploadAsync(file.Name, file.Content, CurrentPerson.Of(context.User), cancellationToken);
        return Site.To(StaffUrls.DefinitionImport(import));
    }

    // The form is asked for because with it comes the check of its anti-forgery token.
    private static async Task<RedirectHttpResult> ConfirmAsync(
        Guid id, HttpContext context, DefinitionImportDesk desk, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken)
    {
        ArchiveOutcome? outcome = await desk.ConfirmAsync(id, CurrentPerson.Of(context.User), cancellationToken);
        notices.Tell(
            context, reader.Say(outcome is null ? DefinitionImportTexts.TooLate : outcome.IsStored ? DefinitionImportTexts.Stored : DefinitionImportTexts.NowRefused),
            isFault: outcome is not { IsStored: true });
        return Site.To(StaffUrls.DefinitionImport(id));
    }

    private static async Task<RedirectHttpResult> CancelAsync(
        Guid id, HttpContext context, DefinitionImportDesk desk, Notices notices, Reader reader, IFormCollection _, CancellationToken cancellationToken)
    {
        bool isDropped = await desk.CancelAsync(id, CurrentPerson.Of(context.User), cancellationToken);
        notices.Tell(context, reader.Say(isDropped ? DefinitionImportTexts.Dropped : DefinitionImportTexts.TooLate), isFault: !isDropped);
        return Site.To(isDropped ? StaffUrls.ImportDefinitions : StaffUrls.DefinitionImport(id));
    }
}
