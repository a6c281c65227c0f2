using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace EngagementFlows.Server.Hosting;

/// <summary>A PostgreSQL cluster in a folder of its own: made once, started, adopted, stopped.</summary>
/// <remarks>Knows nothing of who shares it: callers hold a lock while they start or stop it.</remarks>
internal sealed class EmbeddedPostgresCluster
{
    /// <summary>The superuser's and the database's name.</summary>
    public const string Name = "engagementflows";

    // Linux allows 108 bytes with the closing zero, macOS 104; the name of the socket itself takes 14 of them.
    private const int LongestSocketFolder = 85;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly EmbeddedPostgresBinaries _binaries;
    private readonly string? _user;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private EmbeddedPostgresCluster(string folder, string? user, EmbeddedPostgresBinaries binaries, IReadOnlyDictionary<string, string> settings)
    {
        Folder = folder;
        _user = user;
        _binaries = binaries;
        _settings = settings;
        SocketFolder = ChooseSocketFolder(folder);
    }

    /// <summary>Gets the folder that holds data, socket, password and log.</summary>
    public string Folder { get; }

    /// <summary>Gets the folder of the unix socket.</summary>
    public string SocketFolder { get; }

    /// <summary>Gets the server's log.</summary>
    public string LogFile => Path.Combine(Folder, "postgres.log");

    private string Data => Path.Combine(Folder, "data");

    private string PasswordFile => Path.Combine(Folder, "password");

    private string PostmasterFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Prepares folder and programs; nothing runs yet.</summary>
    public static async Task<EmbeddedPostgresCluster> OpenAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        string? user = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? options.User : null;
        string folder = await ChooseFolderAsync(options, user, cancellationToken);
        EmbeddedPostgresBinaries binaries =
            await EmbeddedPostgresBinaries.PrepareAsync(options.Binaries, user, user is null ? folder : options.ReachableFolder, cancellationToken);
        return new(folder, user, binaries, options.Settings);
    }

    /// <summary>Makes the cluster if it does not exist, and starts it unless it already runs; then answers on its socket.</summary>
    /// <returns>Whether a running one was adopted.</returns>
    public async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Data))
            await InitialiseAsync(cancellationToken);
        bool isRunning = IsRunning();
        if (isRunning && !await AnswersAsync(cancellationToken))
        {
            // Left over in the middle of its start or its end: a clean stop keeps the data, the start below recovers it.
            await StopAsync(cancellationToken);
            isRunning = false;
        }

        if (!isRunning)
            await LaunchAsync(cancellationToken);
        await CreateDatabaseAsync(cancellationToken);
        return isRunning;
    }

    /// <summary>Stops the cluster and waits for it; open connections are ended, committed work is kept.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning())
            return;
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync(_binaries.Program("pg_ctl"), StopArguments, _user, RootFolder, cancellationToken);
        if (exitCode != 0 && IsRunning())
            throw new EmbeddedPostgresException($"The embedded PostgreSQL in '{Folder}' did not stop: {output.Trim()} See '{LogFile}'.");
    }

    /// <summary>Stops the cluster on the calling thread, for the end of the process.</summary>
    public void Stop()
    {
        if (IsRunning())
            EmbeddedPostgresCommand.Run(_binaries.Program("pg_ctl"), StopArguments, _user, RootFolder, TimeSpan.FromSeconds(60));
    }

    /// <summary>Returns the connection string for a database of the cluster.</summary>
    public string ConnectionString(string database)
    {
        NpgsqlConnectionStringBuilder builder = new()
        {
            Database = database,
            Username = Name,
            Password = File.ReadAllText(PasswordFile),
        };
        if (OperatingSystem.IsWindows())
        {
            builder.Host = "127.0.0.1";
            builder.Port = int.Parse(File.ReadAllText(Path.Combine(Folder, "port")), CultureInfo.InvariantCulture);
        }
        else
        {
            builder.Host = SocketFolder;
        }

        return builder.ConnectionString;
    }

    private static string RootFolder => Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/";

    private IEnumerable<string> StopArguments => ["stop", "-D", Data, "-m", "fast", "-w", "-t", "60", "-s"];

    /// <summary>Takes the folder below the data folder, or one that the other user can reach; a note beside it keeps the choice.</summary>
    private static async Task<string> ChooseFolderAsync(EmbeddedPostgresOptions options, string? user, CancellationToken cancellationToken)
    {
        string wanted = Path.Combine(Path.GetFullPath(options.DataFolder), "postgres");
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        if (user is null)
        {
            CreatePrivateFolder(wanted);
            return wanted;
        }

        string note = wanted + ".folder";
        if (File.Exists(note))
            return (await File.ReadAllTextAsync(note, cancellationToken)).Trim();
        CreatePrivateFolder(wanted);
        await GiveToAsync(user, wanted, cancellationToken);
        if (await CanEnterAsync(user, wanted, cancellationToken))
            return wanted;

        Directory.Delete(wanted);
        byte[] name = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(wanted));
        string reachable = Path.Combine(options.ReachableFolder, "data-" + Convert.ToHexStringLower(name.AsSpan(0, 8)));
        Directory.CreateDirectory(options.ReachableFolder);
        CreatePrivateFolder(reachable);
        await GiveToAsync(user, reachable, cancellationToken);
        if (!await CanEnterAsync(user, reachable, cancellationToken))
        {
            throw new EmbeddedPostgresException(
                $"User '{user}', as whom PostgreSQL runs because root may not, can enter neither '{wanted}' nor '{reachable}'. "
                + "Set EngagementFlows:Postgres:ReachableFolder to a folder whose parents everybody may enter, or EngagementFlows:Postgres:User to another user.");
        }

        await File.WriteAllTextAsync(note, reachable + "\n", cancellationToken);
        return reachable;
    }

    private static void CreatePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, Private);
    }

    private static async Task GiveToAsync(string user, string path, CancellationToken cancellationToken)
    {
        // The base class library has no chown; "user:" takes the user's own group with it.
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync("chown", ["-R", user + ":", path], null, RootFolder, cancellationToken);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"'{path}' could not be given to user '{user}': {output.Trim()} Set EngagementFlows:Postgres:User to a user of this machine.");
    }

    private static async Task<bool> CanEnterAsync(string user, string folder, CancellationToken cancellationToken)
    {
        try
        {
            (int exitCode, _) = await EmbeddedPostgresCommand.RunAsync("/bin/sh", ["-c", "cd \"$0\" && : > .probe && rm .probe", folder], user, "/", cancellationToken);
            return exitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string ChooseSocketFolder(string folder)
    {
        string beside = Path.Combine(folder, "socket");
        if (System.Text.Encoding.UTF8.GetByteCount(beside) <= LongestSocketFolder)
            return beside;
        byte[] name = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(folder));
        return Path.Combine(Path.GetTempPath(), "engagementflows-" + Convert.ToHexStringLower(name.AsSpan(0, 8)));
    }

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        // Made beside and moved into place, so that a kill in the middle leaves nothing that looks like a cluster.
        string half = Data + ".new";
        if (Directory.Exists(half))
            Directory.Delete(half, recursive: true);
        if (!File.Exists(PasswordFile))
            await WritePrivateFileAsync(PasswordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), cancellationToken);
        string handed = Path.Combine(Folder, "password.new");
        await WritePrivateFileAsync(handed, await File.ReadAllTextAsync(PasswordFile, cancellationToken), cancellationToken);
        if (_user is not null)
            await GiveToAsync(_user, handed, cancellationToken);
        string[] arguments =
        [
            "-D", half, "-U", Name, "--pwfile=" + handed, "--auth=scram-sha-256", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        ];
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync(_binaries.Program("initdb"), arguments, _user, RootFolder, cancellationToken);
        File.Delete(handed);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"A database cluster could not be made in '{Data}': {output.Trim()} The folder must be writable and have about 60 MB of room.");
        Directory.Move(half, Data);
    }

    private static async Task WritePrivateFileAsync(string path, string text, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using StreamWriter writer = new(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        CreatePrivateFolder(SocketFolder);
        if (_user is not null)
            await GiveToAsync(_user, SocketFolder, cancellationToken);
        // A file that is left from before a restart of the machine may name a process that is somebody else's now; PostgreSQL would believe it.
        if (File.Exists(PostmasterFile))
            File.Delete(PostmasterFile);
        if (File.Exists(LogFile) && new FileInfo(LogFile).Length > 10_000_000)
            File.Move(LogFile, LogFile + ".1", overwrite: true);

        // pg_ctl puts PostgreSQL into a session of its own: Ctrl+C in the terminal reaches the server only, which then stops it in order.
        string[] arguments = ["start", "-D", Data, "-l", LogFile, "-w", "-t", "120", "-s", "-o", PostmasterOptions()];
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync(_binaries.Program("pg_ctl"), arguments, _user, RootFolder, cancellationToken);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"The embedded PostgreSQL in '{Folder}' did not start: {output.Trim()} Its own words are at the end of '{LogFile}': {LastLines()}");
    }

    private string PostmasterOptions()
    {
        List<string> options = [];
        if (OperatingSystem.IsWindows())
        {
            string portFile = Path.Combine(Folder, "port");
            File.WriteAllText(portFile, FreePort().ToString(CultureInfo.InvariantCulture));
            options.Add("-c listen_addresses=127.0.0.1 -c port=" + File.ReadAllText(portFile));
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
        if (!File.Exists(PostmasterFile))
            return false;
        string? first = File.ReadLines(PostmasterFile).FirstOrDefault();
        if (!int.TryParse(first, NumberStyles.Integer, CultureInfo.InvariantCulture, out int processId))
            return false;
        string commandLine = $"/proc/{processId}/cmdline";
        if (OperatingSystem.IsLinux())
            return File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(Data, StringComparison.Ordinal);
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

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (IsRunning())
        {
            try
            {
                await using NpgsqlConnection connection = new(WithoutPool("postgres"));
                await connection.OpenAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException fault) when (fault is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } && TimeProvider.System.GetElapsedTime(began) < StartLimit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }

        return false;
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(WithoutPool("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand exists = new("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = Name } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using NpgsqlCommand create = new("create database " + Name, connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    private string WithoutPool(string database) => new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ConnectionString;
}
