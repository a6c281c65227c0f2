using System.CommandLine;
using EngagementFlows.Postgres.Backups;
using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Hosting;
using Npgsql;

namespace EngagementFlows.Server.CommandLine;

/// <summary>The command line's root. A command is one file in this folder and one line in <see cref="Create"/>.</summary>
internal static class CommandRoot
{
    // PostgreSQL's fast shutdown and the requests in flight must fit in; after it the process ends whatever happens.
    private static readonly TimeSpan GraceAfterSignal = TimeSpan.FromSeconds(30);

    private const int Failed = 1;
    // As shells say it of a program that Ctrl+C ended.
    private const int Interrupted = 130;

    public static RootCommand Create(SettingArguments settings)
    {
        RootCommand root = new("EngagementFlows runs the engagement processes of a firm. Without a command it serves.");
        ServeCommand.Describe(root, settings);
        root.Subcommands.Add(ServeCommand.Create(settings));
        root.Subcommands.Add(ValidateCommand.Create());
        root.Subcommands.Add(RehearseCommand.Create());
        root.Subcommands.Add(EvaluateCommand.Create(TimeProvider.System));
        root.Subcommands.Add(ImportClientsCommand.Create(settings));
        root.Subcommands.Add(ExportCommand.Create(settings));
        root.Subcommands.Add(MigrateCommand.Create(settings));
        root.Subcommands.Add(DoctorCommand.Create(settings));
        root.Subcommands.Add(BackupCommand.Create(settings, TimeProvider.System));
        root.Subcommands.Add(RestoreCommand.Create(settings));
        root.Subcommands.Add(DrillRestoreCommand.Create(settings, TimeProvider.System));
        return root;
    }

    /// <summary>Runs the command that <paramref name="args"/> name and returns the exit code of the process.</summary>
    /// <remarks>Arguments such as <c>--EngagementFlows:PublicUrl=https://…</c> are settings for whichever command runs.</remarks>
    public static async Task<int> RunAsync(string[] args)
    {
        SettingArguments settings = SettingArguments.Take(args);
        InvocationConfiguration invocation = new() { ProcessTerminationTimeout = GraceAfterSignal, EnableDefaultExceptionHandler = false };
        try
        {
            return await Create(settings).Parse(settings.Rest).InvokeAsync(invocation);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception fault) when (IsForPeople(fault))
        {
            // The message says what to do; where in the program it arose helps nobody.
            await Console.Error.WriteLineAsync(fault.Message);
            return Failed;
        }
    }

    private static bool IsForPeople(Exception fault) =>
        fault is SettingsException or EmbeddedPostgresException or MigrationException or BackupException or NpgsqlException;
}
