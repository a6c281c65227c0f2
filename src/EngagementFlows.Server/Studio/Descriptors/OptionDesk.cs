using System.Text.Json;
using EngagementFlows.Engagements;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>Says what a drop-down offers when its activity is selected: what depends on the flow, and whatever stands in it now.</summary>
internal sealed class OptionDesk(FlowsDatabase database, ListStaff staff, ActivityCatalog activities)
{
    private const string MailFolder = "mail/";
    private const string FormFolder = "forms/";

    /// <summary>Returns the specification that replaces the one of the description; <see langword="null"/> if there is no such input, or its choices do not depend on anything.</summary>
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
        InputDescriptor? input = activities.Find(typeName)?.Descriptor.Inputs.FirstOrDefault(known => known.Name.Equals(inputName, StringComparison.OrdinalIgnoreCase));
        if (input?.OfferedFrom is not { } list)
            return null;
        List<StudioChoice> choices = [.. new StudioLists(await ListNamedValues.ExecuteAsync(database.Queries, cancellationToken)).Of(list, language)];
        switch (list)
        {
            case OfferedLists.Assignees when !asker.IsProgram:
                choices.AddRange((await staff.ExecuteAsync(cancellationToken)).Where(person => person.IsActive).Select(person => new StudioChoice($"{person.Name} ({person.Email})", $"person:{person.Email}")));
                break;
            case OfferedLists.Forms or OfferedLists.AllForms:
                choices.AddRange(Forms(await PathsAsync(definitionId, cancellationToken)));
                break;
            case OfferedLists.FormsOfDefinition:
                choices.AddRange(Forms(await PathsAsync(Literal(context, "definition"), cancellationToken)));
                break;
            case OfferedLists.Mails:
                choices.AddRange(Mails(await PathsAsync(definitionId, cancellationToken)));
                break;
            default:
                break;
        }

        // What stands there is always among the choices, or the field would look empty.
        if (Literal(context, input.Name) is { Length: > 0 } present && choices.TrueForAll(choice => choice.Value != present))
            choices.Add(new(present, present));
        return InputEditors.Choices(choices.DistinctBy(choice => choice.Value, StringComparer.Ordinal), input, language, StudioLists.DependsOnFlow(list));
    }

    private static IEnumerable<StudioChoice> Forms(IEnumerable<string> paths) =>
        paths.Where(path => path.StartsWith(FormFolder, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal)).Select(path => new StudioChoice(path, path));

    private static IEnumerable<StudioChoice> Mails(IEnumerable<string> paths) => paths
        .Where(path => path.StartsWith(MailFolder, StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal))
        .Select(path => path[MailFolder.Length..].Split('.')[0])
        .Select(name => new StudioChoice(name, name));

    private async Task<IReadOnlyList<string>> PathsAsync(string? definitionId, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(definitionId) ? [] : await ListAssetPaths.ExecuteAsync(database.Queries, definitionId, cancellationToken);

    private static string? Literal(JsonElement context, string input)
    {
        if (context.ValueKind != JsonValueKind.Object)
            return null;
        foreach (JsonProperty member in context.EnumerateObject())
        {
            if (!member.Name.Equals(input, StringComparison.OrdinalIgnoreCase))
                continue;
            if (member.Value.ValueKind == JsonValueKind.String)
                return member.Value.GetString();
            return member.Value.ValueKind == JsonValueKind.Object
                && member.Value.TryGetProperty("expression", out JsonElement expression) && expression.ValueKind == JsonValueKind.Object
                && expression.TryGetProperty("type", out JsonElement type) && type.ValueEquals("Literal")
                && expression.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }

        return null;
    }
}
