using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Diagnosis;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>doctor [--json]</c>: looks at the database, its migrations, every invariant and the mail server; changes nothing, sends nothing. Exit code 1 if anything is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create(SettingArguments settings)
    {
        Option<bool> json = new("--json") { Description = "Prints one JSON object instead of lines." };
        Command command = new("doctor", "Checks database, migrations, every promise of the engine and the mail server; changes nothing, sends nothing.") { json };
        command.SetAction((result, cancellationToken) => RunAsync(settings, result.GetValue(json), Console.Out, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(SettingArguments settings, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        DoctorReport report = await Doctor.ExamineAsync(opened.Database.Flows, cancellationToken) with
        {
            Mail = await Doctor.TryMailAsync(opened.Options.Mail, TimeProvider.System, cancellationToken),
        };
        await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(report, ApiJson.Options) : Text(report));
        return report.IsHealthy ? 0 : 1;
    }

    private static string Text(DoctorReport report)
    {
        List<string> lines = [$"database     PostgreSQL {report.Database.Version}, {report.Database.Name} at {report.Database.Host}"];
        lines.Add(report.PendingMigrations.Count == 0
            ? "migrations   up to date"
            : $"migrations   {report.PendingMigrations.Count} missing ({string.Join(", ", report.PendingMigrations)}): run 'migrate', or start the server");
        if (report.Life is { Incarnation: { } life, Held: var held })
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"restored     {life.BeganAt:yyyy-MM-dd HH:mm:ss}Z by {life.BegunBy} from a backup of {life.BackupTakenAt:yyyy-MM-dd HH:mm:ss}Z; {held.Total} effects, timers and schedules wait for release"));
        lines.AddRange(report.Invariants.Select(Line));
        if (report.PendingMigrations.Count > 0)
            lines.Add("invariants   not examined: the schema is not this build's");
        if (report.Mail is { } mail)
        {
            lines.Add($"mail         {mail.Server}{(mail.IsUsed ? "" : ", not used yet (EngagementFlows:Mail:Transport is 'folder')")}");
            lines.AddRange(mail.Steps.Select(step => $"      {(step.Succeeded ? "ok       " : "FAILED   ")} {step.Words}"));
        }

        lines.Add(report.IsHealthy ? "All is well." : $"Something is wrong: {report.Violations} violation(s), {report.PendingMigrations.Count} missing migration(s){(report.Mail is { CanSend: false } ? ", mail server not ready" : "")}.");
        return string.Join(Environment.NewLine, lines);
    }

    internal static string Line(Finding finding) =>
        $"{finding.Violations,-5} {(finding.Violations == 0 ? "ok       " : finding.IsWarning ? "warning  " : "VIOLATED ")} {finding.Promise}{(finding.Example is null ? "" : $" For example: {finding.Example}.")}";
}
