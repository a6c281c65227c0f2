using System.Net;
using System.Net.Sockets;
using System.Text;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>No body is too large, too deep or too clever: each ends in a clear answer, and the server goes on. <see cref="SlowBodyTests"/> has those that are too slow.</summary>
public sealed class LimitTests(LimitTests.Fixture server) : IClassFixture<LimitTests.Fixture>
{
    private static readonly string[] Bodies = ["api/instances", "api/instances/bulk", "api/events", "api/webhooks", "api/hooks", "api/definitions/import", "hooks/anything"];

    public static TheoryData<string> Paths() => [.. Bodies];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Body_OfFiftyMegabytes_IsRefusedUnread(string path)
    {
        string answer = await RawAsync(path, "Content-Length: 52428800", "{\"definitionId\":\"");

        answer.Should().StartWith("HTTP/1.1 413");
        answer.Should().Contain("application/problem+json").And.Contain("EngagementFlows:Api:MaxBodyBytes");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Body_ChunkedOverTheLimit_IsRefused(string path)
    {
        StringBuilder chunks = new();
        for (int i = 0; i < 24; i++)
            chunks.Append("4000\r\n").Append('x', 0x4000).Append("\r\n");

        string answer = await RawAsync(path, "Transfer-Encoding: chunked", chunks + "0\r\n\r\n");

        answer.Should().StartWith("HTTP/1.1 413");
    }

    [Theory]
    [InlineData("api/instances")]
    [InlineData("api/instances/bulk")]
    [InlineData("api/events")]
    [InlineData("api/webhooks")]
    [InlineData("api/hooks")]
    [InlineData("api/definitions/import")]
    public async Task Body_TenThousandDeep_IsRefused(string path)
    {
        string deep = $$"""{"input":{{string.Concat(Enumerable.Repeat("[", 10_000))}}{{string.Concat(Enumerable.Repeat("]", 10_000))}}}""";

        using HttpResponseMessage answer = await server.Program("administrator").PostAsync(path, Json(deep));

        ((int)answer.StatusCode).Should().BeOneOf(400, 422);
        await ProblemAsync(answer);
    }

    [Fact]
    public async Task Lengths_ThatContradictEachOther_AreRefused()
    {
        (await RawAsync("api/events", "Content-Length: 5\r\nContent-Length: 7", "{\"a\":1}")).Should().StartWith("HTTP/1.1 400");
        (await RawAsync("api/events", "Content-Length: -1", "{}")).Should().StartWith("HTTP/1.1 400");
        (await RawAsync("api/events", "Content-Length: ten", "{}")).Should().StartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task Length_ShorterThanTheBody_EndsTheBodyThere() =>
        (await RawAsync("api/events", "Content-Length: 2", """{}{"name":"Smuggled"}""")).Should().StartWith("HTTP/1.1 400").And.Contain("'name' is missing");

    private Task<string> RawAsync(string path, string framing, string body) => RawAsync(server, path, framing, body);

    /// <summary>Posts as an administrator, with lengths and bodies that no client library would send, and returns the answer with its head.</summary>
    internal static async Task<string> RawAsync(ServerFixture server, string path, string framing, string body)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        NetworkStream stream = client.GetStream();
        string head = $"POST /{path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {ServerFixture.KeyOf("administrator")}\r\nContent-Type: application/json\r\nConnection: close\r\n{framing}\r\n\r\n";
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + body));
        }
        catch (IOException)
        {
            // The server has answered and closed before it read all.
        }

        StringBuilder answer = new();
        byte[] buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
                // A connection with unread bytes may be reset when it is closed: the answer counts.
                if (answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && answer.ToString().Contains("traceId", StringComparison.Ordinal))
                    break;
            }
        }
        catch (IOException) when (answer.Length > 0)
        {
        }

        return answer.ToString();
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Api:MaxBodyBytes"] = $"{256 * 1024}",
        };
    }
}
