using System.CommandLine;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>migrate</c>: brings the database's schema up to date, as every start does; for installations that do it apart.</summary>
internal static class MigrateCommand
{
    public static Command Create(SettingArguments settings)
    {
        Command command = new("migrate", "Brings the database's schema up to date.");
        command.SetAction((_, cancellationToken) => RunAsync(settings, Console.Out, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(SettingArguments settings, TextWriter output, CancellationToken cancellationToken)
    {
        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        IReadOnlyList<string> applied = await opened.Database.MigrateAsync(cancellationToken);
        foreach (string name in applied)
            await output.WriteLineAsync($"applied {name}");
        await output.WriteLineAsync(applied.Count == 0 ? "The schema is up to date." : $"The schema is up to date: {applied.Count} migration(s) applied.");
        return 0;
    }
}
