using System.Text.Json;
using EngagementFlows.Engagements;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>Reads from the database what drop-downs offer.</summary>
internal sealed class OptionDesk(FlowsDatabase database, ListStaff staff, ActivityCatalog activities)
{
    /// <summary>Returns what the drop-downs of a flow offer.</summary>
    /// <param name="definitionId">The flow that is drawn, or <see langword="null"/> if the request does not tell.</param>
    /// <param name="asker">Who asks; a program is shown no people.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<StudioLists> ListsAsync(string? definitionId, CurrentPerson asker, CancellationToken cancellationToken) => new(
        await ListNamedValues.ExecuteAsync(database.Queries, cancellationToken),
        asker.IsProgram ? [] : [.. (await staff.ExecuteAsync(cancellationToken)).Where(person => person.IsActive).Select(person => new StudioChoice($"{person.Name} ({person.Email})", $"person:{person.Email}"))],
        await PathsAsync(definitionId, cancellationToken),
        await LatestAsync(definitionId, cancellationToken) is { } latest ? WrittenValues.In(latest.Json) : WrittenValues.None);

    /// <summary>Returns the specification that replaces the one of the description; <see langword="null"/> if there is no such input, or it offers nothing from a list.</summary>
    /// <param name="typeName">The activity's type.</param>
    /// <param name="inputName">The input, without regard to case.</param>
    /// <param name="context">The values of all inputs of the activity.</param>
    /// <param name="definitionId">The flow that is drawn, or <see langword="null"/> if the request does not tell.</param>
    /// <param name="asker">Who asks; a program is shown no people.</param>
    /// <param name="language">The language of the reader.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyDictionary<string, object>?> OfAsync(
        string typeName, string inputName, JsonElement context, string? definitionId, CurrentPerson asker, Language language, CancellationToken cancellationToken)
    {
        ActivityDescriptor? activity = activities.Find(typeName)?.Descriptor;
        InputDescriptor? input = activity?.Inputs.FirstOrDefault(known => known.Name.Equals(inputName, StringComparison.OrdinalIgnoreCase));
        if (input?.OfferedFrom is not { } list)
            return null;
        List<StudioChoice> choices = [.. (await ListsAsync(definitionId, asker, cancellationToken)).For(activity!, input, language)];
        if (list == OfferedLists.FormsOfDefinition)
            choices.AddRange(StudioLists.Forms(await PathsAsync(Text(context, "definition"), cancellationToken)));
        if (Text(context, input.Name) is { Length: > 0 } present)
            choices.Add(new(present, present));
        return InputEditors.Choices(choices.DistinctBy(choice => choice.Value, StringComparer.Ordinal), input, language, StudioLists.DependsOnInput(list));
    }

    /// <summary>Returns the latest version of a definition, a draft too; <see langword="null"/> if there is none.</summary>
    public async Task<StoredDefinition?> LatestAsync(string? definitionId, CancellationToken cancellationToken) => !string.IsNullOrEmpty(definitionId)
        && (await ListDefinitionVersions.ExecuteAsync(database.Queries, definitionId, onlyPublished: false, after: null, 1, cancellationToken)).Items is [StoredDefinition newest, ..] ? newest : null;

    private async Task<IReadOnlyList<string>> PathsAsync(string? definitionId, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(definitionId) ? [] : await ListAssetPaths.ExecuteAsync(database.Queries, definitionId, cancellationToken);

    private static string? Text(JsonElement context, string input) => context.ValueKind != JsonValueKind.Object
        ? null
        : context.EnumerateObject().Where(member => member.Name.Equals(input, StringComparison.OrdinalIgnoreCase)).Select(member => WrittenValues.TextOf(member.Value)).FirstOrDefault();
}
