using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using EngagementFlows.Server.Outbound;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Outbound;

/// <summary>The battery against outside calls (ASVS 1.3.6, 13.2.4, 13.2.5, 15.3.2): each table is a kind of attack, each row one spelling of it.</summary>
/// <remarks><c>docs/security.md</c> lists the tables with their numbers of cases; the last test holds the page to them.</remarks>
public sealed partial class OutboundBatteryTests
{
    private int _begun;

    /// <summary>Gets addresses of the machine, its network and its cloud, in every spelling that some parser takes.</summary>
    public static TheoryData<string> PrivateSpellings { get; } =
    [
        "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.",
        "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "%31%32%37.0.0.1", "0.0.0.0", "0", "00000.0.0.0",
        "10.0.0.1", "10.1", "167772161", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.257", "3232235521", "0xc0a80001", "0300.0250.0.1",
        "169.254.169.254", "2852039166", "0xa9fea9fe", "0xa9.0xfe.0xa9.0xfe", "0251.0376.0251.0376", "169.254.43518", "100.64.0.1", "100.100.100.200", "192.0.0.192",
        "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:169.254.169.254]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2620:fe::5efe:7f00:1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[fd12:3456::1]",
        "[ff02::1]", "[100::1]", "[2001:db8::1]", "[3fff::1]",
    ];

    /// <summary>Gets what a listed name may turn out to mean.</summary>
    public static TheoryData<string, bool> ResolvedAddresses { get; } = new()
    {
        // Second column: the name is listed as one of the firm's own network, and still may not lead there.
        { "127.0.0.1", false }, { "::1", false }, { "10.0.0.1", false }, { "169.254.169.254", false }, { "fd00:ec2::254", false }, { "::ffff:10.0.0.1", false }, { "0.0.0.0", false },
        { "169.254.169.254", true }, { "::ffff:169.254.169.254", true }, { "100.100.100.200", true }, { "fd00:ec2::254", true }, { "fe80::1", true }, { "0.0.0.0", true }, { "::", true }, { "224.0.0.1", true },
    };

    /// <summary>Gets addresses that look as if the list of hosts allowed them: it holds api.example.com, *.partner.example, bücher.example and odd.example:8443.</summary>
    public static TheoryData<string> NotListed { get; } =
    [
        "https://api.example.com.evil.test/", "https://evilapi.example.com/", "https://api-example.com/", "https://example.com/", "https://api.example.com%2eevil.test/", "https://api.example.com%00.evil.test/",
        "https://partner.example/", "https://evilpartner.example/", "https://.partner.example/", "https://partner.example.evil.test/", "https://*.partner.example.evil.test/",
        "https://аpi.example.com/", "https://api.examрle.com/", "https://xn--pi-7kc.example.com/", "https://api.example.com․evil.test/", "https://bucher.example/", "https://api.exampIe.com/",
        "https://api.example.com@evil.test/", "https://api.example.com:443@evil.test/", "https://user:pass@api.example.com/", "https://evil.test#@api.example.com/", "https://evil.test?@api.example.com/",
        "https://evil.test\\@api.example.com/", "https://evil.test/@api.example.com/", "https://evil.test%23@api.example.com/", "https://evil.test;api.example.com/", "https://api.example.com\n.evil.test/",
        "https://api.example.com\t@evil.test/", "https://api.example.com\r\nHost: evil.test/", "https://api.example.com/\r\n\r\nGET /", "https://api.example.com..evil.test/", "https://[::ffff:1.1.1.1]/", "https://api%2eexample%2ecom/", "https://ａｐｉ.example.com/",
    ];

    /// <summary>Gets ports of listed hosts that the list does not open.</summary>
    public static TheoryData<string> ClosedPorts { get; } =
    [
        "http://api.example.com:22/", "http://api.example.com:25/", "http://api.example.com:5432/", "http://api.example.com:6379/", "https://api.example.com:8443/", "https://api.example.com:65535/",
        "https://crm.partner.example:8080/", "https://odd.example/", "http://odd.example:8444/", "https://api.example.com:0/", "https://api.example.com:65536/", "https://api.example.com:-1/", "https://api.example.com:443443/",
    ];

    /// <summary>Gets addresses that are no HTTP.</summary>
    public static TheoryData<string> OtherSchemes { get; } =
    [
        "file:///etc/passwd", "file://api.example.com/etc/passwd", "gopher://api.example.com/_x", "ftp://api.example.com/", "dict://api.example.com:11211/stat", "ldap://api.example.com/", "tftp://api.example.com/x",
        "data:text/plain,x", "javascript:alert(1)", "jar:http://api.example.com!/", "ws://api.example.com/", "wss://api.example.com/", "netdoc:///etc/passwd", "unix:///var/run/docker.sock",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/", "smb://api.example.com/x", "//api.example.com/", "\\\\api.example.com\\share", "/etc/passwd", "api.example.com", "api.example.com:443/x", "http:", "https://", "http:///x", "", " ",
    ];

    /// <summary>Gets heads of requests that would say more than one request, or say it to another.</summary>
    public static TheoryData<string, string?, string, string> ForgedHeads { get; } = new()
    {
        { "GET / HTTP/1.1\r\nX: y", null, "X-One", "1" }, { "GET /", null, "X-One", "1" }, { "", null, "X-One", "1" }, { "CONNECT", null, "X-One", "1" }, { "TRACE", null, "X-One", "1" }, { "connect", null, "X-One", "1" },
        { "POST", "text/plain\r\nX-Injected: 1", "X-One", "1" }, { "POST", "text", "X-One", "1" }, { "POST", "", "X-One", "1" },
        { "POST", null, "Host", "evil.test" }, { "POST", null, "hOsT", "evil.test" }, { "POST", null, "Content-Length", "0" }, { "POST", null, "Transfer-Encoding", "chunked" }, { "POST", null, "Connection", "close" },
        { "POST", null, "Upgrade", "websocket" }, { "POST", null, "Expect", "100-continue" }, { "POST", null, "TE", "trailers" }, { "POST", null, "Trailer", "X" }, { "POST", null, "Keep-Alive", "1" }, { "POST", null, "Proxy-Authorization", "x" },
        { "POST", null, "X-Bad", "a\r\nX-Injected: 1" }, { "POST", null, "X-Bad", "a\nb" }, { "POST", null, "X-Bad", "a\rb" }, { "POST", null, "X-Bad", "a\0b" }, { "POST", null, "X-Bad", "a\u2028b" }, { "POST", null, "X-Bad", "a\u560d\u560ab" },
        { "POST", null, "X Bad", "a" }, { "POST", null, "X-Bad:", "a" }, { "POST", null, "X-Bad\r\nX-Injected", "a" }, { "POST", null, "", "a" }, { "POST", null, "Xé", "a" },
    };

    /// <summary>Gets answers of a peer that means ill, and what becomes of them.</summary>
    public static TheoryData<string, string, Type> BadAnswers { get; } = new()
    {
        { "redirect to the metadata service", "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n", typeof(OutboundAnswered) },
        { "permanent redirect", "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:5432/\r\nContent-Length: 0\r\n\r\n", typeof(OutboundAnswered) },
        { "redirect that keeps the method", "HTTP/1.1 307 Again\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", typeof(OutboundAnswered) },
        { "permanent redirect that keeps the method", "HTTP/1.1 308 Again\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", typeof(OutboundAnswered) },
        { "redirect after a post", "HTTP/1.1 303 See\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", typeof(OutboundAnswered) },
        { "refresh", "HTTP/1.1 200 OK\r\nRefresh: 0; url=http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", typeof(OutboundAnswered) },
        { "length over the limit", "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", typeof(OutboundTooLarge) },
        { "length that no number holds", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n", typeof(OutboundAnswered) },
        { "length below zero", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", typeof(OutboundAnswered) },
        { "body without length over the limit", "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 5000), typeof(OutboundTooLarge) },
        { "chunk over the limit", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n" + new string('x', 5000) + "\r\n0\r\n\r\n", typeof(OutboundTooLarge) },
        { "chunk whose size is no number", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n", typeof(OutboundFailed) },
        { "body that ends before its length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", typeof(OutboundFailed) },
        { "head without end", "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Fill: " + new string('x', 1000) + "\r\n", 200)), typeof(OutboundFailed) },
        { "no HTTP", "SSH-2.0-OpenSSH_9.6\r\n", typeof(OutboundFailed) },
        { "status that is no number", "HTTP/1.1 abc OK\r\n\r\n", typeof(OutboundFailed) },
        { "nothing", "", typeof(OutboundFailed) },
        { "tunnel offered", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", typeof(OutboundAnswered) },
    };

    [Theory]
    [MemberData(nameof(PrivateSpellings))]
    public async Task CallAsync_PrivateAddressInAnySpelling_IsRefused(string host)
    {
        // The list itself holds the address, so that only the judgement of the address stands in the way.
        string url = $"http://{host}/";
        string entry = !Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) ? "" : parsed.HostNameType == UriHostNameType.IPv6 ? $"[{parsed.IdnHost.Split('%')[0]}]" : parsed.IdnHost;
        string[] allowed = HostEntry.Read(entry) is null ? [] : [entry];
        using OutboundHttp http = Caller(allowed, [], IPAddress.TryParse(host.TrimEnd('.'), out IPAddress? meant) ? meant : IPAddress.Loopback);

        (await CallAsync(http, url)).Should().BeOfType<OutboundRefused>();
        _begun.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(ResolvedAddresses))]
    public async Task CallAsync_ListedNameThatMeansSuchAnAddress_IsRefused(string address, bool listedAsInside)
    {
        using OutboundHttp http = Caller(["api.example.com"], listedAsInside ? ["api.example.com"] : [], IPAddress.Parse(address));

        (await CallAsync(http, "http://api.example.com/")).Should().BeOfType<OutboundRefused>().Which.Reason.Should().Contain("no public address");
        _begun.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(NotListed))]
    [MemberData(nameof(ClosedPorts))]
    [MemberData(nameof(OtherSchemes))]
    public async Task CallAsync_AddressOutsideTheList_IsRefusedAndNotResolved(string url)
    {
        int resolved = 0;
        using OutboundHttp http = new(
            new OutboundOptions { AllowedHosts = ["api.example.com", "*.partner.example", "bücher.example", "odd.example:8443"] },
            TimeProvider.System,
            (_, _) =>
            {
                resolved++;
                return Task.FromResult(new[] { IPAddress.Parse("1.1.1.1") });
            });

        (await CallAsync(http, url)).Should().BeOfType<OutboundRefused>().Which.Reason.Should().Contain("cannot be called");
        (_begun, resolved).Should().Be((0, 0), "asking the resolver tells the one who runs the zone that somebody asked");
    }

    [Theory]
    [MemberData(nameof(ForgedHeads))]
    public async Task CallAsync_HeadThatSaysMore_IsRefused(string method, string? contentType, string name, string value)
    {
        await using RawPeer peer = RawPeer.Saying("HTTP/1.1 204 No\r\n\r\n");
        using OutboundHttp http = PeerCaller();

        (await CallAsync(http, $"http://peer.test:{peer.Port}/", method, contentType, (name, value))).Should().BeOfType<OutboundRefused>().Which.Reason.Should().Contain("cannot be sent");
        (_begun, peer.Accepted).Should().Be((0, 0));
    }

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task CallAsync_BadAnswer_EndsWithoutASecondCall(string kind, string answer, Type outcome)
    {
        await using RawPeer peer = RawPeer.Saying(answer);
        using OutboundHttp http = PeerCaller();

        OutboundResult result = await CallAsync(http, $"http://peer.test:{peer.Port}/");

        result.Should().BeOfType(outcome, kind);
        peer.Accepted.Should().Be(1, "nothing is followed and nothing is tried again");
    }

    [Theory]
    [InlineData("https://api.example.com/a?b=c")]
    [InlineData("HTTPS://API.Example.COM/")]
    [InlineData("http://api.example.com./")]
    [InlineData("https://crm.partner.example/")]
    [InlineData("https://a.b.partner.example:443/")]
    [InlineData("https://xn--bcher-kva.example/")]
    [InlineData("https://bücher.example/")]
    [InlineData("https://odd.example:8443/")]
    [InlineData("http://any.example:9999/")]
    public void Allows_OtherSpellingOfAListedHost_IsTrue(string url) =>
        new OutboundRules(new OutboundOptions { AllowedHosts = ["api.example.com", "*.partner.example", "bücher.example", "odd.example:8443", "any.example:*"] })
            .Allows(url, out _, out string refusal).Should().BeTrue(refusal);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("*.*")]
    [InlineData("api.*.com")]
    [InlineData("*.10.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("127.1")]
    [InlineData("::1")]
    [InlineData("api.example.com:0")]
    [InlineData("api.example.com:99999")]
    [InlineData("api.example.com/path")]
    [InlineData("user@api.example.com")]
    [InlineData("https://api.example.com")]
    [InlineData("api.example.com ")]
    public void Read_EntryThatIsNoHost_IsNull(string entry) => HostEntry.Read(entry).Should().BeNull();

    [Fact]
    public async Task CallAsync_CompressedBomb_IsNotUnpacked()
    {
        byte[] bomb = Gzip(new byte[1024 * 1024]);
        byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
        await using RawPeer peer = RawPeer.Saying([.. head, .. bomb]);
        using OutboundHttp http = PeerCaller();

        OutboundAnswered answered = (await CallAsync(http, $"http://peer.test:{peer.Port}/")).Should().BeOfType<OutboundAnswered>().Subject;

        answered.Body.Should().Equal(bomb);
        peer.Requests.Should().ContainSingle().Which.Should().NotContain("Accept-Encoding");
    }

    [Fact]
    public async Task CallAsync_BodyThatDrips_TimesOutInTotal()
    {
        TaskCompletionSource dripped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawPeer peer = new(async (stream, _, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"u8.ToArray(), cancellationToken);
            dripped.SetResult();
            await Never(cancellationToken);
        });
        TestClock clock = new();
        using OutboundHttp http = PeerCaller(clock);

        Task<OutboundResult> calling = CallAsync(http, $"http://peer.test:{peer.Port}/");
        await dripped.Task.WaitAsync(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(30));

        (await calling).Should().BeOfType<OutboundTimedOut>().Which.Setting.Should().EndWith(":Timeout");
    }

    [Fact]
    public async Task CallAsync_HeadThatDoesNotCome_TimesOutByItsOwnLimit()
    {
        await using RawPeer peer = new((_, _, cancellationToken) => Never(cancellationToken));
        using OutboundHttp http = new(
            new OutboundOptions { AllowedHosts = ["peer.test:*"], PrivateHosts = ["peer.test:*"], AnswerTimeout = TimeSpan.FromMilliseconds(200) },
            TimeProvider.System,
            (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));

        (await CallAsync(http, $"http://peer.test:{peer.Port}/")).Should().BeOfType<OutboundTimedOut>().Which.Setting.Should().EndWith(":AnswerTimeout");
    }

    [Theory]
    [InlineData("peer.test")]
    [InlineData("other.test")]
    public async Task CallAsync_CertificateThatNobodyVouchesFor_FailsBeforeTheRequest(string nameInCertificate)
    {
        using X509Certificate2 certificate = SelfSigned(nameInCertificate);
        await using RawPeer peer = new(
            async (stream, _, cancellationToken) => await stream.WriteAsync("HTTP/1.1 204 No\r\n\r\n"u8.ToArray(), cancellationToken),
            async stream =>
            {
                SslStream secure = new(stream);
                await secure.AuthenticateAsServerAsync(certificate);
                return secure;
            });
        using OutboundHttp http = PeerCaller();

        (await CallAsync(http, $"https://peer.test:{peer.Port}/")).Should().BeOfType<OutboundFailed>();
        peer.Requests.Should().NotContain(request => request.Length > 0);
    }

    [Fact]
    public async Task CallAsync_CookieOfAnAnswer_IsNotSentBack()
    {
        await using RawPeer peer = RawPeer.Saying("HTTP/1.1 204 No\r\nSet-Cookie: a=b; Path=/\r\nConnection: close\r\n\r\n");
        using OutboundHttp http = PeerCaller();

        await CallAsync(http, $"http://peer.test:{peer.Port}/");
        await CallAsync(http, $"http://peer.test:{peer.Port}/");

        peer.Requests.Should().HaveCount(2).And.NotContain(request => request.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task CallAsync_ProxyOfTheMachine_IsNotUsed()
    {
        await using RawPeer proxy = RawPeer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using RawPeer peer = RawPeer.Saying("HTTP/1.1 204 No\r\n\r\n");
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new ProxyFor("proxied.test", new Uri($"http://127.0.0.1:{proxy.Port}"));
        try
        {
            using OutboundHttp http = new(
                new OutboundOptions { AllowedHosts = ["proxied.test:*"], PrivateHosts = ["proxied.test:*"] }, TimeProvider.System, (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));

            OutboundResult result = await CallAsync(http, $"http://proxied.test:{peer.Port}/");

            result.Should().BeOfType<OutboundAnswered>().Which.Status.Should().Be(HttpStatusCode.NoContent);
            proxy.Accepted.Should().Be(0);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task CallAsync_MoreCallsThanAHostMayHave_WaitTheirTurn()
    {
        TaskCompletionSource arrived = new();
        TaskCompletionSource released = new();
        await using RawPeer peer = new(async (stream, _, cancellationToken) =>
        {
            arrived.TrySetResult();
            await released.Task.WaitAsync(cancellationToken);
            await stream.WriteAsync("HTTP/1.1 204 No\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
        });
        using OutboundHttp http = new(
            new OutboundOptions { AllowedHosts = ["peer.test:*"], PrivateHosts = ["peer.test:*"], MaxCallsPerHost = 1 }, TimeProvider.System, (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));

        Task<OutboundResult> first = CallAsync(http, $"http://peer.test:{peer.Port}/");
        await arrived.Task;
        Task<OutboundResult> second = CallAsync(http, $"http://peer.test:{peer.Port}/");

        (second.IsCompleted, _begun).Should().Be((false, 1), "the word to send is not given before there is room");
        released.SetResult();
        (await first).Should().BeOfType<OutboundAnswered>();
        (await second).Should().BeOfType<OutboundAnswered>();
        peer.Accepted.Should().Be(2);
    }

    [Fact]
    public void Battery_Page_ListsTheCasesOfEachTable()
    {
        string page = File.ReadAllText(Path.Combine(Architecture.Repository.Root, "docs", "security.md"));
        Dictionary<string, int> listed = PageRow().Matches(page).ToDictionary(row => row.Groups[1].Value, row => int.Parse(row.Groups[2].Value));

        Dictionary<string, int> tables = typeof(OutboundBatteryTests).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(table => table.Name, table => ((IEnumerable<object[]>)table.GetValue(null)!).Count());

        listed.Should().BeEquivalentTo(tables);
    }

    [GeneratedRegex(@"^\| `(\w+)` \|.*\| (\d+) \| \2 \|$", RegexOptions.Multiline)]
    private static partial Regex PageRow();

    private static Task Never(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    private static byte[] Gzip(byte[] plain)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize))
            gzip.Write(plain);
        return packed.ToArray();
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static OutboundHttp Caller(string[] allowed, string[] inside, params IPAddress[] addresses) =>
        new(new OutboundOptions { AllowedHosts = allowed, PrivateHosts = inside }, TimeProvider.System, (_, _) => Task.FromResult(addresses));

    private static OutboundHttp PeerCaller(TimeProvider? time = null) => new(
        new OutboundOptions { AllowedHosts = ["peer.test:*"], PrivateHosts = ["peer.test:*"], MaxResponseBytes = 4096, Timeout = TimeSpan.FromSeconds(30) },
        time ?? TimeProvider.System,
        (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));

    private Task<OutboundResult> CallAsync(OutboundHttp http, string url, string method = "GET", string? contentType = null, params (string Name, string Value)[] headers) =>
        http.CallAsync(
            method,
            url,
            contentType is null ? null : "x"u8.ToArray(),
            contentType,
            headers.Select(header => KeyValuePair.Create(header.Name, header.Value)),
            _ =>
            {
                Interlocked.Increment(ref _begun);
                return Task.FromResult(true);
            },
            CancellationToken.None);

    private sealed class ProxyFor(string host, Uri proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy;

        public bool IsBypassed(Uri destination) => destination.Host != host;
    }
}
