using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.Server.Outbound;

/// <summary>Tells addresses of the public internet from all others.</summary>
/// <remarks>
/// The ranges are those of IANA's special-purpose registries (RFC 6890 and its updates). IPv4 addresses that travel inside IPv6 ones
/// (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) are judged by the address inside as well.
/// </remarks>
public static class PrivateAddresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    // Only 2000::/3 is global unicast; inside it these blocks are not for hosts on the internet.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicV6 =
    [
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
        IPNetwork.Parse("5f00::/16"),
    ];

    private static readonly IPNetwork[] Inside =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
    ];

    // The metadata services of clouds that do not stand on a link-local address (Alibaba; AWS over IPv6).
    private static readonly IPAddress[] KeyServers = [IPAddress.Parse("100.100.100.200"), IPAddress.Parse("fd00:ec2::254")];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Tells whether a host of the public internet can have <paramref name="address"/>.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Array.Exists(NotPublic, network => network.Contains(address));

        if (Nat64.Contains(address))
            return IsPublic(Last32Bits(address));

        return GlobalUnicast.Contains(address)
            && !Array.Exists(NotPublicV6, network => network.Contains(address))
            && !IsIsatap(address);
    }

    /// <summary>Tells whether a service of the firm's own network can have <paramref name="address"/>: private, shared or loopback.</summary>
    /// <remarks>Link-local addresses and those at which clouds hand their keys to whoever asks from inside are never such services.</remarks>
    public static bool IsInside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return Array.Exists(Inside, network => network.Contains(address)) && !Array.Exists(KeyServers, server => server.Equals(address));
    }

    private static IPAddress Last32Bits(IPAddress address) => new(address.GetAddressBytes().AsSpan(12));

    // RFC 5214: the interface identifier 0:5efe or 200:5efe carries an IPv4 address.
    private static bool IsIsatap(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }
}
