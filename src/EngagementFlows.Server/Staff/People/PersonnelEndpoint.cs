using EngagementFlows.Engine;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Personnel;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.People;

/// <summary>Opens the personnel file of a person, and names who reads it.</summary>
internal static class PersonnelEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder file = routes.MapGroup(StaffUrls.People + "/{id:guid}").RequireAuthorization(Policies.ManagePeople).ExcludeFromDescription();
        file.MapPost("/personnel-file", OpenAsync);
        file.MapPost("/personnel-file/readers", ChangeAsync);
    }

    private static async Task<RedirectHttpResult> OpenAsync(
        Guid id, HttpContext context, PersonnelDesk desk, Notices notices, Reader reader, [FromForm] Guid? reviewer, [FromForm] Guid? third, CancellationToken cancellationToken) =>
        Tell(id, context, notices, reader, PersonnelTexts.Opened, reviewer is { } named
            ? await desk.OpenAsync(id, new(named, third), CurrentPerson.Of(context.User), (_, _) => Task.CompletedTask, cancellationToken)
            : new(null, IsNew: false, PersonnelFault.UnknownReader));

    private static async Task<RedirectHttpResult> ChangeAsync(
        Guid id, HttpContext context, PersonnelDesk desk, Notices notices, Reader reader, [FromForm] Guid? reviewer, [FromForm] Guid? third, CancellationToken cancellationToken) =>
        Tell(id, context, notices, reader, PersonnelTexts.Changed, reviewer is { } named
            ? await desk.ChangeReadersAsync(id, new(named, third), CurrentPerson.Of(context.User), cancellationToken)
            : new(null, IsNew: false, PersonnelFault.UnknownReader));

    private static RedirectHttpResult Tell(Guid id, HttpContext context, Notices notices, Reader reader, LocalizedText done, PersonnelOutcome outcome)
    {
        LocalizedText words = outcome.Fault is { } fault ? PersonnelTexts.Of(fault) : outcome.IsNew ? done : PeopleTexts.Unchanged;
        notices.Tell(context, reader.Say(words), isFault: outcome.Fault is not null);
        return Site.To(StaffUrls.Person(id));
    }
}
