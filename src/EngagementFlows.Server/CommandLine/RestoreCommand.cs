using System.CommandLine;
using System.Globalization;
using EngagementFlows.Postgres.Backups;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Server.Backups;
using EngagementFlows.Server.Diagnosis;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>restore FILE</c>: brings a backup into the configured database, whole or not at all; what it would do twice is held for a person.</summary>
internal static class RestoreCommand
{
    public static Command Create(SettingArguments settings)
    {
        Argument<string> file = new("file") { Description = "A file that the command backup made." };
        Option<bool> replace = new("--replace") { Description = "Allows a database that is not empty; what it holds is kept aside in a schema of its own." };
        Option<bool> withoutKeys = new("--without-keys") { Description = "Goes on although the backup's key file is not there: no link of before opens, everybody is signed out." };
        Command command = new("restore", "Restores a backup into the configured database; no server may run on it.") { file, replace, withoutKeys };
        command.SetAction((result, cancellationToken) => RunAsync(
            settings, result.GetRequiredValue(file), result.GetValue(replace), result.GetValue(withoutKeys), Console.Out, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        SettingArguments settings, string path, bool replaces, bool withoutKeys, TextWriter output, CancellationToken cancellationToken)
    {
        await using BackupFile backup = await BackupFile.OpenAsync(Path.GetFullPath(path), cancellationToken);
        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        if (!withoutKeys)
            await BackupKeys.EnsureAsync(backup, opened.Options.KeyFile, cancellationToken);
        // Joining a running database left a connection of ours in the pool, which would be taken for a server's.
        opened.Database.Flows.Queries.Clear();
        RestoreResult result = await BackupRestore.RunAsync(opened.Database.ConnectionString, backup, new(replaces, $"{Environment.UserName} (restore)"), cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Restored {backup.Manifest.Rows} rows of {backup.Manifest.Tables.Count} tables as of {backup.Manifest.TakenAt:yyyy-MM-dd HH:mm:ss}Z; each table equals the backup."));
        if (result.KeptSchema is { } kept)
            await output.WriteLineAsync($"What the database held before lies in its schema '{kept}'; when nobody needs it any more: drop schema \"{kept}\" cascade");
        await output.WriteLineAsync(Text(result.Held));
        DoctorReport report = await Doctor.ExamineAsync(opened.Database.Flows, cancellationToken);
        await output.WriteLineAsync(report.IsHealthy ? "Every promise holds." : $"{report.Violations} violation(s): run 'doctor'.");
        return 0;
    }

    private static string Text(HeldWork held) => held.Total == 0
        ? "Nothing waits for release."
        : $"Held until a person releases it (console, Home): {held.Mails} mail(s), {held.Calls} call(s), {held.Facts} due timer(s) and fact(s), {held.Schedules} schedule(s).";
}
