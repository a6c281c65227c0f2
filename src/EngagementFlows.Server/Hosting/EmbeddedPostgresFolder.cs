using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Server.Hosting;

/// <summary>Where a cluster lives: the folder that PostgreSQL's user can reach, who owns it, and the files in it.</summary>
internal sealed class EmbeddedPostgresFolder
{
    // Linux allows 108 bytes with the closing zero, macOS 104; the name of the socket itself takes 14 of them.
    private const int LongestSocketFolder = 85;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private EmbeddedPostgresFolder(string path, string? user)
    {
        FullPath = path;
        User = user;
        Socket = ChooseSocketFolder(path);
    }

    /// <summary>Gets the folder where programs are started: one that every user may enter.</summary>
    public static string Root => Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/";

    /// <summary>Gets the folder that holds all.</summary>
    public string FullPath { get; }

    /// <summary>Gets the user as whom PostgreSQL runs; <see langword="null"/> = as this process.</summary>
    public string? User { get; }

    /// <summary>Gets the folder of the unix socket.</summary>
    public string Socket { get; }

    /// <summary>Gets PostgreSQL's own folder.</summary>
    public string Data => Path.Combine(FullPath, "data");

    /// <summary>Gets the file with the superuser's password, which stays this process's.</summary>
    public string PasswordFile => Path.Combine(FullPath, "password");

    /// <summary>Gets the file with the port, where there are no unix sockets.</summary>
    public string PortFile => Path.Combine(FullPath, "port");

    /// <summary>Gets PostgreSQL's log.</summary>
    public string LogFile => Path.Combine(FullPath, "postgres.log");

    /// <summary>Gets the file by which PostgreSQL names its process.</summary>
    public string PostmasterFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Gets the unix socket; PostgreSQL names its process in a file beside it.</summary>
    public string SocketFile => Path.Combine(Socket, ".s.PGSQL.5432");

    /// <summary>Takes the folder below the data folder, or one that the other user can reach; a note beside it keeps the choice.</summary>
    public static async Task<EmbeddedPostgresFolder> ChooseAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        string? user = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? options.User : null;
        string wanted = Path.Combine(Path.GetFullPath(options.DataFolder), "postgres");
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        if (user is null)
        {
            CreatePrivate(wanted);
            return new(wanted, user);
        }

        string note = wanted + ".folder";
        if (File.Exists(note))
            return new((await File.ReadAllTextAsync(note, cancellationToken)).Trim(), user);
        CreatePrivate(wanted);
        await GiveToAsync(user, wanted, cancellationToken);
        if (await CanEnterAsync(user, wanted, cancellationToken))
            return new(wanted, user);

        Directory.Delete(wanted);
        byte[] name = SHA256.HashData(Encoding.UTF8.GetBytes(wanted));
        string reachable = Path.Combine(options.ReachableFolder, "data-" + Convert.ToHexStringLower(name.AsSpan(0, 8)));
        Directory.CreateDirectory(options.ReachableFolder);
        CreatePrivate(reachable);
        await GiveToAsync(user, reachable, cancellationToken);
        if (!await CanEnterAsync(user, reachable, cancellationToken))
        {
            throw new EmbeddedPostgresException(
                $"User '{user}', as whom PostgreSQL runs because root may not, can enter neither '{wanted}' nor '{reachable}'. "
                + "Set EngagementFlows:Postgres:ReachableFolder to a folder whose parents everybody may enter, or EngagementFlows:Postgres:User to another user.");
        }

        await File.WriteAllTextAsync(note, reachable + "\n", cancellationToken);
        return new(reachable, user);
    }

    /// <summary>Makes the folder of the socket.</summary>
    public async Task PrepareSocketAsync(CancellationToken cancellationToken)
    {
        CreatePrivate(Socket);
        await GiveAsync(Socket, cancellationToken);
    }

    /// <summary>Writes a file that only this process's user may read.</summary>
    public static async Task WritePrivateFileAsync(string path, string text, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using StreamWriter writer = new(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    /// <summary>Gives a file or folder to PostgreSQL's user, if he is another one.</summary>
    public Task GiveAsync(string path, CancellationToken cancellationToken) => User is null ? Task.CompletedTask : GiveToAsync(User, path, cancellationToken);

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, Private);
    }

    private static async Task GiveToAsync(string user, string path, CancellationToken cancellationToken)
    {
        // The base class library has no chown; "user:" takes the user's own group with it.
        (int exitCode, string output) = await EmbeddedPostgresCommand.RunAsync("chown", ["-R", user + ":", path], null, Root, cancellationToken);
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
        if (Encoding.UTF8.GetByteCount(beside) <= LongestSocketFolder)
            return beside;
        byte[] name = SHA256.HashData(Encoding.UTF8.GetBytes(folder));
        return Path.Combine(Path.GetTempPath(), "engagementflows-" + Convert.ToHexStringLower(name.AsSpan(0, 8)));
    }
}
