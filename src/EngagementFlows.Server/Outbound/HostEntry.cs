using System.Buffers;
using System.Globalization;

namespace EngagementFlows.Server.Outbound;

/// <summary>One entry of a list of hosts: <c>api.example.com</c>, <c>api.example.com:8443</c>, <c>api.example.com:*</c>, <c>*.example.com</c>, <c>[fd12::5]:8080</c>.</summary>
/// <remarks>
/// Without a port an entry means ports 80 and 443 alone: who may call a host must not thereby be able to try its other doors.
/// Names are compared as DNS sees them, so <c>bücher.example</c> and <c>xn--bcher-kva.example</c> are one and a Cyrillic look-alike is another.
/// </remarks>
internal sealed record HostEntry
{
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("/\\@?#%* ");
    private readonly string _host;
    private readonly bool _below;
    private readonly bool _anyPort;
    private readonly int? _port;

    private HostEntry(string host, bool below, bool anyPort, int? port)
    {
        _host = host;
        _below = below;
        _anyPort = anyPort;
        _port = port;
    }

    /// <summary>Reads an entry; <see langword="null"/> = it is none.</summary>
    public static HostEntry? Read(string text)
    {
        bool below = text.StartsWith("*.", StringComparison.Ordinal);
        string rest = below ? text[2..] : text;
        bool anyPort = rest.EndsWith(":*", StringComparison.Ordinal);
        int? port = null;
        if (anyPort)
        {
            rest = rest[..^2];
        }
        else if (rest.LastIndexOf(':') is > 0 and int colon && colon > rest.LastIndexOf(']'))
        {
            if (!int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 65535)
                return null;
            port = number;
            rest = rest[..colon];
        }

        return HostOf(rest, below) is { } host ? new(host, below, anyPort, port) : null;
    }

    /// <summary>Returns the host of <paramref name="target"/> as entries are compared with it: as DNS sees it, without the dot that may end it.</summary>
    public static string HostOf(Uri target)
    {
        string host = target.IdnHost;
        return host.EndsWith('.') ? host[..^1] : host;
    }

    /// <summary>Tells whether this entry covers the host of a call, whatever the port.</summary>
    public bool CoversHost(Uri target)
    {
        string host = HostOf(target);
        // "*.example.com" means names below it, not the name itself and not "badexample.com".
        return _below
            ? target.HostNameType == UriHostNameType.Dns && host.Length > _host.Length + 1 && host[^(_host.Length + 1)] == '.' && host.EndsWith(_host, StringComparison.OrdinalIgnoreCase)
            : host.Equals(_host, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Tells whether this entry covers the host and the port of a call.</summary>
    public bool Covers(Uri target) =>
        CoversHost(target) && (_anyPort || (_port is { } port ? target.Port == port : target.Port is 80 or 443));

    private static string? HostOf(string text, bool below)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAny(NotInHosts) || !Uri.TryCreate($"http://{text}/", UriKind.Absolute, out Uri? address) || !address.IsDefaultPort)
            return null;
        return address.HostNameType switch
        {
            UriHostNameType.Dns => HostOf(address),

            // An address has one spelling here: 0x7f.1 in a list of hosts is a slip or a trick.
            UriHostNameType.IPv4 when !below && address.Host == text => text,
            UriHostNameType.IPv6 when !below => address.IdnHost,
            _ => null,
        };
    }
}
