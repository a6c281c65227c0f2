using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EngagementFlows.Server.Configuration;

/// <summary>The bases of links: as configured, else the first address that the server listens on; never what a request claims as its host.</summary>
internal sealed class PublicAddresses(ServerOptions options, IServer server)
{
    /// <summary>Gets the base of links to clients, without closing slash.</summary>
    public string ForClients => Text(options.PublicUrl) ?? FirstListening();

    /// <summary>Gets the base of links to staff, without closing slash.</summary>
    public string ForStaff => Text(options.ConsoleUrl) ?? ForClients;

    /// <summary>Returns the first address that the server is going to listen on, as far as one can say before: of a port that the system chooses only the host is known.</summary>
    public static Uri Expected(ServerStart start)
    {
        using ConfigurationManager configuration = new();
        SettingSources.AddTo(configuration, start.WorkingFolder, start.Settings);
        string? given = (start.Urls ?? configuration["urls"])?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return Uri.TryCreate(given is null ? null : Reachable(given), UriKind.Absolute, out Uri? address) ? address : new("http://localhost:5000");
    }

    private static string? Text(Uri? address) => address?.AbsoluteUri.TrimEnd('/');

    private string FirstListening()
    {
        string? first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (first is null)
            throw new InvalidOperationException($"No address for links is known: the server does not listen yet, and '{SettingReader.Section}:PublicUrl' is not set.");
        return Reachable(first);
    }

    // What listens on every address is reached by this name at least.
    private static string Reachable(string address) =>
        address.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .TrimEnd('/');
}
