using System.Globalization;
using System.Security.Cryptography;

namespace EngagementFlows.Server.Hosting;

/// <summary>A PostgreSQL cluster in a folder of its own: made once, started, adopted, stopped.</summary>
/// <remarks>Knows nothing of who shares it: callers hold a lock while they start or stop it.</remarks>
internal sealed class EmbeddedPostgresCluster
{
    /// <summary>The superuser's and the database's name.</summary>
    public const string Name = "engagementflows";

    private readonly EmbeddedPostgresFolder _folder;
    private readonly EmbeddedPostgresBinaries _binaries;
    private readonly EmbeddedPostgresConnection _connection;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private EmbeddedPostgresCluster(EmbeddedPostgresFolder folder, EmbeddedPostgresBinaries binaries, IReadOnlyDictionary<string, string> settings)
    {
        _folder = folder;
        _binaries = binaries;
        _connection = new(folder);
        _settings = settings;
    }

    /// <summary>Gets the folder that holds data, socket, password and log.</summary>
    public string Folder => _folder.FullPath;

    /// <summary>Gets the folder of the unix socket.</summary>
    public string SocketFolder => _folder.Socket;

    /// <summary>Gets the server's log.</summary>
    public string LogFile => _folder.LogFile;

    /// <summary>Gets the way to fill the product's database at once.</summary>
    public StandInDatabase StandIn => new(_connection);

    /// <summary>Prepares folder and programs; nothing runs yet.</summary>
    public static async Task<EmbeddedPostgresCluster> OpenAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        EmbeddedPostgresFolder folder = await EmbeddedPostgresFolder.ChooseAsync(options, cancellationToken);
        EmbeddedPostgresBinaries binaries =
            await EmbeddedPostgresBinaries.PrepareAsync(options.Binaries, folder.User, folder.User is null ? folder.FullPath : options.ReachableFolder, cancellationToken);
        return new(folder, binaries, options.Settings);
    }

    /// <summary>Makes the cluster if it does not exist, and starts it unless it already runs; then answers on its socket.</summary>
    /// <returns>Whether a running one was adopted.</returns>
    public async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_folder.Data))
            await InitialiseAsync(cancellationToken);
        bool isRunning = IsRunning();
        if (isRunning && !await _connection.AnswersAsync(IsRunning, cancellationToken))
        {
            // Left over in the middle of its start or its end: a clean stop keeps the data, the start below recovers it.
            await StopAsync(cancellationToken);
            isRunning = false;
        }

        if (!isRunning)
            await LaunchAsync(cancellationToken);
        await _connection.CreateDatabaseAsync(cancellationToken);
        return isRunning;
    }

    /// <summary>Stops the cluster and waits for it; open connections are ended, committed work is kept.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning())
            return;
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync(_binaries.Program("pg_ctl"), StopArguments, _folder.User, EmbeddedPostgresFolder.Root, cancellationToken);
        if (exitCode != 0 && IsRunning())
            throw new EmbeddedPostgresException($"The embedded PostgreSQL in '{Folder}' did not stop: {output.Trim()} See '{LogFile}'.");
    }

    /// <summary>Stops the cluster on the calling thread, for the end of the process.</summary>
    public void Stop()
    {
        if (IsRunning())
            EmbeddedPostgresCommand.Run(_binaries.Program("pg_ctl"), StopArguments, _folder.User, EmbeddedPostgresFolder.Root, TimeSpan.FromSeconds(60));
    }

    /// <summary>Returns the connection string for a database of the cluster.</summary>
    public string ConnectionString(string database) => _connection.StringFor(database);

    private IEnumerable<string> StopArguments => ["stop", "-D", _folder.Data, "-m", "fast", "-w", "-t", "60", "-s"];

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        // Made beside and moved into place, so that a kill in the middle leaves nothing that looks like a cluster.
        string half = _folder.Data + ".new";
        if (Directory.Exists(half))
            Directory.Delete(half, recursive: true);
        if (!File.Exists(_folder.PasswordFile))
            await EmbeddedPostgresFolder.WritePrivateFileAsync(_folder.PasswordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), cancellationToken);
        string handed = Path.Combine(Folder, "password.new");
        await EmbeddedPostgresFolder.WritePrivateFileAsync(handed, await File.ReadAllTextAsync(_folder.PasswordFile, cancellationToken), cancellationToken);
        await _folder.GiveAsync(handed, cancellationToken);
        string[] arguments =
        [
            "-D", half, "-U", Name, "--pwfile=" + handed, "--auth=scram-sha-256", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        ];
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync(_binaries.Program("initdb"), arguments, _folder.User, EmbeddedPostgresFolder.Root, cancellationToken);
        File.Delete(handed);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"A database cluster could not be made in '{_folder.Data}': {output.Trim()} The folder must be writable and have about 60 MB of room.");
        Directory.Move(half, _folder.Data);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        await _folder.PrepareSocketAsync(cancellationToken);
        await EmbeddedPostgresOrphans.ClearAsync(_folder, cancellationToken);
        if (File.Exists(LogFile) && new FileInfo(LogFile).Length > 10_000_000)
            File.Move(LogFile, LogFile + ".1", overwrite: true);

        // pg_ctl puts PostgreSQL into a session of its own: Ctrl+C in the terminal reaches the server only, which then stops it in order.
        string[] arguments = ["start", "-D", _folder.Data, "-l", LogFile, "-w", "-t", "120", "-s", "-o", PostmasterOptions()];
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync(_binaries.Program("pg_ctl"), arguments, _folder.User, EmbeddedPostgresFolder.Root, cancellationToken);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"The embedded PostgreSQL in '{Folder}' did not start: {output.Trim()} Its own words are at the end of '{LogFile}': {LastLines()}");
    }

    private string PostmasterOptions()
    {
        List<string> options = [];
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(_folder.PortFile, FreePort().ToString(CultureInfo.InvariantCulture));
            options.Add("-c listen_addresses=127.0.0.1 -c port=" + File.ReadAllText(_folder.PortFile));
        }
        else
        {
            options.Add($"-c listen_addresses= -c unix_socket_directories='{SocketFolder}' -c unix_socket_permissions=0700");
        }

        options.AddRange(_settings.Select(setting => $"-c {setting.Key}={setting.Value}"));
        return string.Join(' ', options);
    }

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string LastLines() => File.Exists(LogFile) ? string.Join(" | ", File.ReadLines(LogFile).TakeLast(5)) : "(no log)";

    private bool IsRunning()
    {
        if (!File.Exists(_folder.PostmasterFile))
            return false;
        string? first = File.ReadLines(_folder.PostmasterFile).FirstOrDefault();
        if (!int.TryParse(first, NumberStyles.Integer, CultureInfo.InvariantCulture, out int processId))
            return false;
        string commandLine = $"/proc/{processId}/cmdline";
        if (OperatingSystem.IsLinux())
            return File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(_folder.Data, StringComparison.Ordinal);
        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(processId);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
