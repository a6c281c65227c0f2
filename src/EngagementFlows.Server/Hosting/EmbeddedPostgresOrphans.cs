using System.Globalization;

namespace EngagementFlows.Server.Hosting;

/// <summary>What a killed postmaster leaves: processes that still work in its data folder for a moment, and files that name it.</summary>
/// <remarks>The files keep a second postmaster away, but also any later one: the number in them may be somebody else's by now. So they are
/// taken away, and what they stood for is asked of the machine itself.</remarks>
internal static class EmbeddedPostgresOrphans
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until no process works in the data folder any more, then takes the files away.</summary>
    /// <exception cref="EmbeddedPostgresException">A process does not end: a postmaster beside it would ruin the data.</exception>
    public static async Task ClearAsync(EmbeddedPostgresFolder folder, CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (FindProcess(folder.Data) is { } processId)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new EmbeddedPostgresException($"Process {processId} of an earlier PostgreSQL still works in '{folder.Data}', and a second one beside it would ruin the data. End that process, then start again.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        foreach (string file in new[] { folder.PostmasterFile, folder.SocketFile, folder.SocketFile + ".lock" })
            File.Delete(file);
    }

    // Every process of a cluster works in its data folder. Other systems than Linux do not show it: there PostgreSQL's own shared memory must guard.
    private static int? FindProcess(string data)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int processId) && WorkingFolder(process) == data)
                return processId;
        }

        return null;
    }

    private static string? WorkingFolder(string process)
    {
        try
        {
            return File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Ended at this moment, or another user's.
            return null;
        }
    }
}
