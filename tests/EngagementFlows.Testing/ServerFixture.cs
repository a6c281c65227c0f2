using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Hosting;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EngagementFlows.Testing;

/// <summary>A running server for a test class: Kestrel on a port of its own, on a migrated database of its own.</summary>
/// <remarks>Each role has an API key (<see cref="Program"/>), and people with sessions are made on demand (<see cref="SignInAsync"/>).</remarks>
public partial class ServerFixture : IAsyncLifetime
{
    /// <summary>The password of people made by <see cref="SignInAsync"/>.</summary>
    public const string Password = "a long enough password";

    private readonly PostgresFixture _postgres = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-server-").FullName;
    private readonly List<HttpClient> _clients = [];
    private readonly List<(WebApplication Application, ServerDatabase Database)> _others = [];
    private Dictionary<string, string?> _settings = [];
    private ServerDatabase? _database;
    private WebApplication? _application;

    /// <summary>Gets the database.</summary>
    public PostgresFixture Postgres => _postgres;

    /// <summary>Gets the folder for data, mails and files of this server.</summary>
    public string Folder => _folder;

    /// <summary>Gets the first address, with closing slash.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Gets the server's services.</summary>
    public IServiceProvider Services => _application!.Services;

    /// <summary>Gets where the server listens.</summary>
    protected virtual string Urls => "http://127.0.0.1:0";

    /// <summary>Gets settings that this fixture adds or changes.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    /// <summary>Returns the API key of a role.</summary>
    public static string KeyOf(string role) => $"{role}-0123456789abcdefghijklmnopqrstuvwxyz";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        WriteFiles(_folder);
        await BeforeStartAsync();
        Dictionary<string, string?> settings = new()
        {
            ["ConnectionStrings:EngagementFlows"] = _postgres.ConnectionString,
            ["EngagementFlows:DataFolder"] = _folder,
            ["EngagementFlows:WorkflowsFolder"] = Path.Combine(_folder, "workflows"),
            // All tests of a class share its keys and its address.
            ["EngagementFlows:Api:RequestsPerMinute"] = "10000000",
            ["EngagementFlows:Api:AnonymousRequestsPerMinute"] = "10000000",
        };
        foreach (string role in StaffRoles.All)
        {
            settings[$"EngagementFlows:ApiKeys:{role}:Key"] = KeyOf(role);
            settings[$"EngagementFlows:ApiKeys:{role}:Roles"] = role;
        }

        foreach ((string key, string? value) in Settings)
            settings[key] = value;
        _settings = settings;
        (_application, _database) = await StartAsync(Urls);
        Address = AddressOf(_application);
    }

    /// <summary>Starts one more server on the same database and with the same settings; it ends with the fixture.</summary>
    /// <returns>Its address, with closing slash.</returns>
    public async Task<Uri> StartAnotherAsync()
    {
        (WebApplication application, ServerDatabase database) = await StartAsync("http://127.0.0.1:0");
        _others.Add((application, database));
        return AddressOf(application);
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        foreach (HttpClient client in _clients)
            client.Dispose();
        foreach ((WebApplication application, ServerDatabase database) in _others)
        {
            await application.StopAsync();
            await application.DisposeAsync();
            await database.DisposeAsync();
        }

        if (_application is not null)
        {
            await _application.StopAsync();
            await _application.DisposeAsync();
        }

        if (_database is not null)
            await _database.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Returns a client without any credentials; it keeps cookies and follows no redirects.</summary>
    public HttpClient Anonymous()
    {
        HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        _clients.Add(client);
        return client;
    }

    /// <summary>Returns a client with the API key of a role.</summary>
    public HttpClient Program(string role)
    {
        HttpClient client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", KeyOf(role));
        return client;
    }

    /// <summary>Makes a person with the roles, who has no password yet, and returns his id.</summary>
    public async Task<Guid> AddPersonAsync(params string[] roles)
    {
        Guid id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await _postgres.ExecuteAsync("insert into person (id, name, email, roles) values ($1, $2, $3, $4)", id, $"Person {id:N}", EmailOf(id), roles);
        return id;
    }

    /// <summary>Makes a person with the roles and returns a client with his session and the headers that our own pages send.</summary>
    /// <remarks>Setting and comparing the password is slow on purpose: who needs no session takes <see cref="AddPersonAsync"/>.</remarks>
    public async Task<(HttpClient Client, Guid PersonId)> SignInAsync(params string[] roles)
    {
        Guid id = await AddPersonAsync(roles);
        AccountLinks links = Services.GetRequiredService<AccountLinks>();
        await links.UseAsync(await links.CreateAsync(id, "test", CancellationToken.None), Password, CancellationToken.None);
        HttpClient client = Anonymous();
        client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        client.DefaultRequestHeaders.Add(RequestOriginHeader, "1");
        using HttpResponseMessage signedIn = await PostFormAsync(client, "sign-in", "sign-in", new() { ["email"] = EmailOf(id), ["password"] = Password });
        if (signedIn.Headers.Location is null)
            throw new InvalidOperationException($"The person could not sign in: {signedIn.StatusCode}.");
        return (client, id);
    }

    /// <summary>Reads the anti-forgery token of a page and posts a form with it.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient client, string page, string action, Dictionary<string, string> fields)
    {
        string html = await client.GetStringAsync(page);
        fields["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value;
        using FormUrlEncodedContent content = new(fields);
        return await client.PostAsync(action, content);
    }

    /// <summary>Puts files into the server's folder before it starts: <c>workflows/…</c>.</summary>
    protected virtual void WriteFiles(string folder)
    {
    }

    /// <summary>Starts what the server's settings name, before they are read.</summary>
    protected virtual Task BeforeStartAsync() => Task.CompletedTask;

    /// <summary>Changes the server before it is built.</summary>
    protected virtual void Adjust(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
    }

    private static string EmailOf(Guid person) => $"{person:N}@example.com";

    private static Uri AddressOf(WebApplication application) =>
        new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    private async Task<(WebApplication Application, ServerDatabase Database)> StartAsync(string urls)
    {
        ServerStart start = new() { Settings = _settings, Urls = urls, WorkingFolder = _folder, NoSamples = true, Adjust = Adjust };
        ServerOptions options = SettingSources.Read(_folder, _settings);
        ServerDatabase database = await ServerDatabase.OpenAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        WebApplication application = ServerHost.Build(start, options, KeyFile.Open(options.KeyFile), database);
        await application.Services.GetRequiredService<DefinitionLoader>().LoadAsync(CancellationToken.None);
        await application.StartAsync();
        return (application, database);
    }

    private const string RequestOriginHeader = "X-EngagementFlows";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
