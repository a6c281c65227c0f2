using System.CommandLine;
using System.Globalization;
using EngagementFlows.Postgres.Backups;
using EngagementFlows.Server.Backups;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>backup FILE|FOLDER</c>: one file with all that the database holds, taken beside a server at work.</summary>
internal static class BackupCommand
{
    public static Command Create(SettingArguments settings, TimeProvider time)
    {
        Argument<string> target = new("target") { Description = "A file to make, or a folder that gets a file named after the instant. What exists is never replaced." };
        Option<bool> withKeys = new("--with-keys") { Description = "Puts the key file into the backup: then whoever has the backup can open links and secrets. Without it, keep the key file elsewhere." };
        Command command = new("backup", "Backs up the database into one file, beside a server at work.") { target, withKeys };
        command.SetAction((result, cancellationToken) =>
            RunAsync(settings, result.GetRequiredValue(target), result.GetValue(withKeys), time, Console.Out, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        SettingArguments settings, string target, bool withKeys, TimeProvider time, TextWriter output, CancellationToken cancellationToken)
    {
        string path = Path.GetFullPath(Directory.Exists(target) ? Path.Combine(target, NameAt(time.GetUtcNow())) : target);
        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        BackupRequest request = BackupKeys.RequestOf(opened.Options.KeyFile, withKeys, ProductVersion.Text);
        long began = time.GetTimestamp();
        BackupManifest manifest = await BackupWriter.WriteAsync(opened.Database.ConnectionString, path, request, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {manifest.Rows} rows of {manifest.Tables.Count} tables as of {manifest.TakenAt:yyyy-MM-dd HH:mm:ss}Z, {new FileInfo(path).Length / 1048576.0:0.0} MiB in {time.GetElapsedTime(began).TotalSeconds:0.0} s."));
        await output.WriteLineAsync(manifest.HasKeys
            ? "The key file is in it: whoever has this backup can open every link and secret of it."
            : $"The key file '{opened.Options.KeyFile}' is not in it: keep a copy of it in another place, without it a restore opens no link and no session.");
        return 0;
    }

    private static string NameAt(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"engagementflows-{now:yyyyMMdd'T'HHmmss'Z'}.zip");
}
