using System.CommandLine;
using System.Text;
using EngagementFlows.Engagements;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Server.Definitions;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>validate</c>: lists all faults of definition files and of the mails and forms beside them. Opens no database.</summary>
internal static class ValidateCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        Argument<string[]> files = new("files") { Description = "Definition files (Elsa 3 JSON), or ZIP archives of them; they may use one another as activities and children.", Arity = ArgumentArity.OneOrMore };
        Command command = new("validate", "Lists all faults of definition files and of the mails and forms beside them; exit code 1 if there are any.") { files };
        command.SetAction(result => Run(result.GetValue(files)!, Console.Out));
        return command;
    }

    /// <summary>Validates the files and writes a line per fault; returns the exit code.</summary>
    internal static int Run(IReadOnlyList<string> files, TextWriter output)
    {
        ActivityCatalog activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);
        List<(string File, DefinitionReading Reading, IReadOnlyDictionary<string, byte[]> Assets)> readings = [];
        bool isFaulty = false;
        foreach (string file in files)
        {
            try
            {
                byte[] content = File.ReadAllBytes(file);
                if (!DefinitionArchive.IsZip(content))
                {
                    readings.Add((file, DefinitionReader.Read(content, activities), WorkflowFolder.AssetsBeside(file)));
                    continue;
                }

                ArchiveReading archive = DefinitionArchive.Read(content);
                foreach (ArchiveFault fault in archive.Faults)
                    output.WriteLine($"{file}: refused: {fault.Message}");
                isFaulty |= archive.Faults.Count > 0;
                readings.AddRange(archive.Processes.Select(process => ($"{file}/{process.Path}", DefinitionReader.Read(process.Json, activities), process.Assets)));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                output.WriteLine($"{file}: refused: The file cannot be read: {failure.Message}");
                isFaulty = true;
            }
        }

        DefinitionCatalogue catalogue = DefinitionCatalogue.Create(activities, readings.Select(one => one.Reading.Definition).OfType<WorkflowDefinition>());
        foreach ((string file, DefinitionReading reading, IReadOnlyDictionary<string, byte[]> assets) in readings)
        {
            IReadOnlyList<TextFault> texts = ProcessTexts.Validate(assets);
            IReadOnlyList<DefinitionFault> faults = reading.Definition is null
                ? reading.Refusals
                : DefinitionChecks.Of(reading.Definition, catalogue, assets);
            foreach (DefinitionFault fault in faults)
                output.WriteLine(Line(file, fault));
            isFaulty |= faults.Any(fault => fault.Severity != FaultSeverity.Warning);
            foreach (TextFault fault in texts)
                output.WriteLine($"{file}: {(fault.IsWarning ? "warning" : "fault")}: {fault}");
            isFaulty |= texts.Any(fault => !fault.IsWarning);
            if (faults.Count == 0 && texts.Count == 0)
                output.WriteLine($"{file}: no faults");
        }

        return isFaulty ? Failed : 0;
    }

    private static string Line(string file, DefinitionFault fault)
    {
        StringBuilder line = new($"{file}: {fault.Severity.ToString().ToLowerInvariant()}: ");
        if (fault.ActivityId is not null)
            line.Append($"[{fault.ActivityId}{(fault.Field is null ? string.Empty : "." + fault.Field)}] ");
        else if (fault.Field is not null)
            line.Append($"[{fault.Field}] ");
        return line.Append(fault.Message).ToString();
    }
}
