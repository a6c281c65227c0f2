using System.CommandLine;
using EngagementFlows.Engagements;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>export [FLOW…] [--to FOLDER]</c>: writes published flows back into the workflows folder.</summary>
internal static class ExportCommand
{
    public static Command Create(SettingArguments settings)
    {
        Argument<string[]> flows = new("flows") { Description = "The ids of the flows; none = all that are published.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> to = new("--to") { Description = "Another folder than the configured one." };
        Command command = new("export", "Writes published flows with their mails and forms into the workflows folder, beside a server at work; files that hold the same stay as they are.") { flows, to };
        command.SetAction((result, cancellationToken) =>
            RunAsync(settings, result.GetValue(flows) ?? [], result.GetValue(to), Console.Out, Console.Error, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        SettingArguments settings, string[] flows, string? folder, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        IReadOnlyList<StoredDefinition> published = await ListDefinitions.ExecuteAsync(opened.Database.Flows.Queries, definitionId: null, onlyPublished: true, cancellationToken);
        string[] unknown = [.. flows.Except(published.Select(version => version.DefinitionId), StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            await errors.WriteLineAsync($"Not published: {string.Join(", ", unknown)}. Published are {string.Join(", ", published.Select(version => version.DefinitionId))}. Nothing was written.");
            return 1;
        }

        FlowFiles files = new(opened.Database.Flows.Queries, new ActivityCatalog([.. ElsaActivities.All, .. EngagementActivities.All]), opened.Options);
        int failed = 0;
        foreach (StoredDefinition version in published.Where(version => flows.Length == 0 || flows.Contains(version.DefinitionId, StringComparer.Ordinal)))
        {
            try
            {
                await TellAsync(await files.WriteAsync(version, folder, cancellationToken), output);
            }
            catch (Exception failure) when (failure is FlowFileException or IOException or UnauthorizedAccessException)
            {
                failed++;
                await errors.WriteLineAsync($"{version.DefinitionId}: {failure.Message}");
            }
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task TellAsync(FlowExport export, TextWriter output)
    {
        await output.WriteLineAsync($"{export.DefinitionId} version {export.Version}: {(export.Written.Count == 0 ? "unchanged" : "written: " + string.Join(", ", export.Written))}");
        if (export.Extra.Count > 0)
            await output.WriteLineAsync($"  not part of the version, left: {string.Join(", ", export.Extra)}");
    }
}
