using Microsoft.AspNetCore.Diagnostics;

namespace EngagementFlows.Server.Security;

/// <summary>Turns away whoever asks, by an id in path or query, for something of an engagement that is open to its readers alone: as if it were not there, whatever his role.</summary>
/// <remarks>It stands before all endpoints, so that a new page is guarded from its first day; ids in a body are asked about where the body is read.</remarks>
internal sealed class ClosedDoor(RequestDelegate next, Confidentiality confidentiality)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Without an account, only links and sign-in are reached; a page that explains an answer shows nothing of what was asked.
        if (CurrentPerson.TryOf(context.User) is { } caller && context.Features.Get<IStatusCodeReExecuteFeature>() is null
            && IdsOf(context) is { Count: > 0 } ids && !MayCareUnseen(context, caller)
            && !await confidentiality.IsOpenAsync(caller, ids, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    }

    private static bool MayCareUnseen(HttpContext context, CurrentPerson caller) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CaredForUnseen>() is not null && caller.May(Policies.ManagePeople);

    private static List<Guid> IdsOf(HttpContext context)
    {
        List<Guid> ids = [];
        foreach (object? value in context.Request.RouteValues.Values)
            Add(value as string ?? (value as Guid?)?.ToString());
        foreach (string? value in context.Request.Query.SelectMany(parameter => parameter.Value))
            Add(value);
        return ids;

        void Add(string? text)
        {
            if (Guid.TryParse(text, out Guid id))
                ids.Add(id);
        }
    }
}

/// <summary>Marks an act that an administrator may do on what he must not see, and whose answer shows nothing of it.</summary>
internal sealed class CaredForUnseen
{
    public static CaredForUnseen Instance { get; } = new();
}
