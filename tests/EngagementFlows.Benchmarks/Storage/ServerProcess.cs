using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>The built server in a process of its own, on a data folder of its own with the flows of the loads.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Key = "bench-4f9c2ab7d1e8036592kq-mzxwvtsr";
    private readonly string _folder;
    private readonly Process _process;

    private ServerProcess(string folder, Process process, HttpClient client)
    {
        _folder = folder;
        _process = process;
        Client = client;
    }

    public HttpClient Client { get; }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Gets the connection string of the server's embedded database.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Path.Combine(_folder, "data", "postgres", "socket"),
        Username = "engagementflows",
        Database = "engagementflows",
        Password = File.ReadAllText(Path.Combine(_folder, "data", "postgres", "password")),
    }.ConnectionString;

    /// <summary>Makes a folder with the loads' flows; a server on it publishes them when its database is new.</summary>
    public static string MakeFolder()
    {
        string folder = Directory.CreateTempSubdirectory("engagementflows-bench-server-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        foreach ((string id, string json) in new[] { (Definitions.Order, Definitions.OrderJson), (Definitions.Quick, Definitions.QuickJson) })
        {
            Directory.CreateDirectory(Path.Combine(folder, "workflows", id));
            File.WriteAllText(Path.Combine(folder, "workflows", id, id + ".json"), json);
        }

        return folder;
    }

    /// <summary>Starts the server; it may not answer yet.</summary>
    public static ServerProcess Start(string folder)
    {
        int port = FreePort();
        ProcessStartInfo start = new("dotnet", [ServerAssembly(), "serve", "--no-samples", "--urls", $"http://127.0.0.1:{port}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EngagementFlows__DataFolder"] = Path.Combine(folder, "data");
        start.Environment["EngagementFlows__WorkflowsFolder"] = Path.Combine(folder, "workflows");
        // What is measured is the server, not its limit.
        start.Environment["EngagementFlows__Api__RequestsPerMinute"] = "10000000";
        start.Environment["EngagementFlows__ApiKeys__bench__Key"] = Key;
        start.Environment["EngagementFlows__ApiKeys__bench__Roles__0"] = "operator";
        Process process = new() { StartInfo = start };
        // Read, so that the server never waits for a full pipe.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) =>
        {
            if (Environment.GetEnvironmentVariable("EF_BENCH_LOG") == "1" && line.Data is not null)
                Console.Error.WriteLine(line.Data);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return new(folder, process, client);
    }

    /// <summary>Starts an instance over HTTP; false while the server does not listen yet.</summary>
    public async Task<bool> TryStartAsync(string definitionId, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/instances") { Content = JsonContent.Create(new { definitionId }, options: JsonSerializerOptions.Web) };
        request.Headers.Add("Idempotency-Key", Postgres.TimeOrderedId.Create(TimeProvider.System.GetUtcNow()).ToString());
        try
        {
            using HttpResponseMessage response = await Client.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Created)
                return true;
            throw new InvalidOperationException($"The server answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return false;
        }
    }

    /// <summary>Waits until the server has finished an instance.</summary>
    public async Task UntilServingAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(20));
        while (!await TryStartAsync(Definitions.Quick, cancellationToken))
            await pace.WaitForNextTickAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // SIGTERM, as a service manager would: the server stops its PostgreSQL too.
        using (Process terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await terminate.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string ServerAssembly()
    {
        DirectoryInfo output = new(AppContext.BaseDirectory);
        string configuration = output.Parent!.Name;
        DirectoryInfo root = output;
        while (!File.Exists(Path.Combine(root.FullName, "EngagementFlows.sln")))
            root = root.Parent!;
        return Path.Combine(root.FullName, "src", "EngagementFlows.Server", "bin", configuration, output.Name, "EngagementFlows.Server.dll");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
