using System.CommandLine;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>import-clients FILE</c>: all or nothing, and twice is the same as once.</summary>
internal static class ImportClientsCommand
{
    public static Command Create(SettingArguments settings)
    {
        Argument<FileInfo> file = new("file") { Description = "A CSV file; workflows/samples/clients.csv shows the columns." };
        Option<FileInfo?> people = new("--people") { Description = "A CSV file of staff to import first; workflows/samples/people.csv shows the columns." };
        Command command = new("import-clients", "Imports clients with their contacts and engagements from a CSV file.") { file, people };
        command.SetAction((result, cancellationToken) =>
            RunAsync(settings, result.GetRequiredValue(file), result.GetValue(people), Console.Out, Console.Error, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        SettingArguments settings, FileInfo clients, FileInfo? people, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        foreach (FileInfo file in new[] { people, clients }.OfType<FileInfo>().Where(file => !file.Exists))
        {
            await errors.WriteLineAsync($"The file '{file.FullName}' does not exist. Paths are meant from the folder where the command is typed.");
            return 1;
        }

        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        await opened.Database.MigrateAsync(cancellationToken);
        if (people is not null)
        {
            PeopleImportReading staff = await new ImportPeople(opened.Database.Flows.Queries)
                .ExecuteAsync(await File.ReadAllBytesAsync(people.FullName, cancellationToken), TimeProvider.System.GetUtcNow(), cancellationToken);
            if (await ReportAsync(people, staff.Faults, errors))
                return 1;
            await output.WriteLineAsync($"{people.Name}: {staff.People.Count} people imported.");
        }

        ClientImportResult result = await new ImportClients(opened.Database.Flows.Queries)
            .ExecuteAsync(await File.ReadAllBytesAsync(clients.FullName, cancellationToken), "import-clients", TimeProvider.System.GetUtcNow(), cancellationToken);
        if (await ReportAsync(clients, result.Faults, errors))
            return 1;
        int made = result.Engagements.Count(engagement => engagement.IsNew);
        await output.WriteLineAsync($"{clients.Name}: {made} engagements imported, {result.Engagements.Count - made} were there already.");
        return 0;
    }

    private static async Task<bool> ReportAsync(FileInfo file, IReadOnlyList<ImportFault> faults, TextWriter errors)
    {
        foreach (ImportFault fault in faults)
            await errors.WriteLineAsync($"{file.Name}({fault.Line}){(fault.Column is null ? "" : $" {fault.Column}")}: {fault.Message}");
        if (faults.Count > 0)
            await errors.WriteLineAsync($"{file.Name}: {faults.Count} fault(s); nothing was imported from it.");
        return faults.Count > 0;
    }
}
