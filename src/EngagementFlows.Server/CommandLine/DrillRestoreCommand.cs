using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Backups;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Diagnosis;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>drill-restore FILE [--json]</c>: proves a backup in a scratch database that is dropped again. No worker runs and nothing is sent.</summary>
internal static class DrillRestoreCommand
{
    public static Command Create(SettingArguments settings, TimeProvider time)
    {
        Argument<string> file = new("file") { Description = "A file that the command backup made." };
        Option<bool> json = new("--json") { Description = "Prints one JSON object instead of lines." };
        Command command = new("drill-restore", "Restores a backup into a scratch database, checks every promise, drops it again; exit code 1 on any violation.") { file, json };
        command.SetAction((result, cancellationToken) =>
            RunAsync(settings, result.GetRequiredValue(file), result.GetValue(json), time, Console.Out, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        SettingArguments settings, string path, bool asJson, TimeProvider time, TextWriter output, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        await using BackupFile backup = await BackupFile.OpenAsync(Path.GetFullPath(path), cancellationToken);
        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        DrillReport report;
        await using (ScratchDatabase scratch = await ScratchDatabase.CreateAsync(opened.Database.ConnectionString, cancellationToken))
        {
            RestoreResult result = await BackupRestore.RunAsync(scratch.ConnectionString, backup, new(Replaces: false, "restore drill"), cancellationToken);
            await using FlowsDatabase restored = new(scratch.ConnectionString);
            DoctorReport findings = await Doctor.ExamineAsync(restored, cancellationToken);
            BackupManifest manifest = backup.Manifest;
            report = new(manifest.TakenAt, manifest.ProductVersion, manifest.Tables.Count, manifest.Rows, Math.Round(time.GetElapsedTime(began).TotalSeconds, 1), result.Held, findings.Invariants, findings.IsHealthy);
        }

        await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(report, ApiJson.Options) : Text(report));
        return report.IsHealthy ? 0 : 1;
    }

    private static string Text(DrillReport report)
    {
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"backup       {report.TakenAt:yyyy-MM-dd HH:mm:ss}Z, by EngagementFlows {report.ProductVersion}"),
            string.Create(CultureInfo.InvariantCulture, $"restored     {report.Rows} rows of {report.Tables} tables, each equal to the backup, in {report.Seconds:0.0} s"),
            $"would hold   {report.Held.Mails} mail(s), {report.Held.Calls} call(s), {report.Held.Facts} due timer(s) and fact(s), {report.Held.Schedules} schedule(s)",
            .. report.Invariants.Select(DoctorCommand.Line),
            report.IsHealthy ? "The backup is good; the scratch database is gone, nothing was sent." : "The backup restores, but promises do not hold in it. The scratch database is gone, nothing was sent.",
        ];
        return string.Join(Environment.NewLine, lines);
    }
}

/// <param name="TakenAt">The instant of the backup's snapshot.</param>
/// <param name="ProductVersion">The build that made it.</param>
/// <param name="Tables">How many tables.</param>
/// <param name="Rows">How many rows of all tables.</param>
/// <param name="Seconds">How long verifying, restoring and checking took.</param>
/// <param name="Held">What a restore would hold for a person.</param>
/// <param name="Invariants">Each promise.</param>
/// <param name="IsHealthy">Whether no promise is violated.</param>
internal sealed record DrillReport(
    DateTimeOffset TakenAt, string ProductVersion, int Tables, long Rows, double Seconds, HeldWork Held, IReadOnlyList<Finding> Invariants, bool IsHealthy);
