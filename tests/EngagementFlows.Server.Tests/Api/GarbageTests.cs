using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EngagementFlows.Engagements.Clients;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>Bytes that nobody would send on purpose: invalid UTF-8, U+0000, byte order marks, cut and mixed texts. Whatever comes, it is never the server's own fault.</summary>
public sealed class GarbageTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private static readonly (string Address, string Type, string Sample)[] Doors =
    [
        ("api/clients/import", "text/csv", "external_id,client,industry,tier,contact,email,phone,language,zone,engagement,owner,architect\nC-1,\"A \"\"B\"\"\",Trade,1,Ann,ann@a.example,+49 30 1,en,Europe/Berlin,Loft,mia@firm.example,\n"),
        ("api/definitions/import", "application/json", ApiFixture.Waiting("garbage")),
        ("api/definitions/validate", "application/json", ApiFixture.Ending("garbage")),
        ("api/instances", "application/json", """{"definitionId":"ending","input":{"a":[1,{"b":"x"}],"when":"2026-01-01T00:00:00Z"},"correlationId":"c","name":"n"}"""),
        ("api/instances/dispatch", "application/json", """{"definitionId":"ending","input":{"a":1e400}}"""),
        ("api/events", "application/json", """{"name":"Go","correlationId":"c","payload":{"a":[true,null]}}"""),
        ("http/open/1", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"),
    ];

    [Fact]
    public void Post_GarbageToEveryReader_IsNeverAFaultOfTheServer()
    {
        HttpClient program = server.Program(StaffRoles.Administrator);

        Prop.ForAll(Bodies().ToArbitrary(), body =>
        {
            HttpStatusCode status = Post(program, Doors[body.Door].Address, Doors[body.Door].Type, body.Bytes);
            return ((int)status < 500).Label($"{Doors[body.Door].Address}: {status} for {Convert.ToBase64String(body.Bytes)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Theory]
    [InlineData("api/events", "{\"name\":\"Go\",\"payload\":{\"", "a\":1}}")]
    [InlineData("api/events", "{\"name\":\"Go\",\"payload\":{\"a\":[\"", "\"]}}")]
    [InlineData("api/instances", "{\"definitionId\":\"ending\",\"input\":{\"a\":{\"", "\":1}}}")]
    [InlineData("api/definitions/validate", "{\"definitionId\":\"", "\"}")]
    public async Task Post_JsonThatIsNotUtf8_NamesTheByte(string address, string before, string after)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(before), 0xc3, .. Encoding.UTF8.GetBytes("(" + after)];

        using HttpResponseMessage answer = await server.Program(StaffRoles.Administrator).PostAsync(address, new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain($"byte {before.Length + 1}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Post_OneLineOfFiftyMegabytes_IsTooLarge(int door)
    {
        byte[] body = new byte[50_000_000];
        Array.Fill(body, (byte)'a');

        // The server answers before it has read all: the sender sees the answer, or that the line was closed.
        HttpStatusCode? status = TryPost(server.Program(StaffRoles.Administrator), Doors[door].Address, Doors[door].Type, body);

        (status is null or HttpStatusCode.RequestEntityTooLarge).Should().BeTrue($"the answer was {status}");
        Post(server.Program(StaffRoles.Administrator), Doors[1].Address, Doors[1].Type, "{}"u8.ToArray()).Should().NotBe(HttpStatusCode.InternalServerError, "the server lives on");
    }

    private static HttpStatusCode? TryPost(HttpClient program, string address, string type, byte[] body)
    {
        try
        {
            return Post(program, address, type, body);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static HttpStatusCode Post(HttpClient program, string address, string type, byte[] body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } } };
        using HttpResponseMessage answer = program.Send(request);
        return answer.StatusCode;
    }

    private static Gen<(int Door, byte[] Bytes)> Bodies() =>
        from door in Gen.Choose(0, Doors.Length - 1)
        from body in Gen.Frequency((1, Noise()), (5, Mutated(Encoding.UTF8.GetBytes(Doors[door].Sample))))
        select (door, body);

    private static Gen<byte[]> Noise() => from bytes in Gen.Choose(0, 255).ListOf() select bytes.Select(one => (byte)one).ToArray();

    // The sample with pieces put in, or cut off, at some places: most of it still reads.
    private static Gen<byte[]> Mutated(byte[] sample) =>
        from changes in Gen.Choose(1, 4)
        from places in Gen.Choose(0, sample.Length - 1).ListOf(changes)
        from pieces in Piece().ListOf(changes)
        from cut in Gen.Frequency((4, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, sample.Length)))
        from mark in Gen.Elements(true, false)
        select Assemble(sample, [.. places], [.. pieces], cut, mark);

    private static Gen<byte[]> Piece() => Gen.Elements(
        [0], [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xef, 0xbb, 0xbf], "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(), "\""u8.ToArray(), ","u8.ToArray(), "\r\n"u8.ToArray(),
        "{"u8.ToArray(), "}"u8.ToArray(), "[[[[[[[["u8.ToArray(), "null"u8.ToArray(), "-1e999"u8.ToArray(), "\u202e🙂"u8.ToArray(), Encoding.UTF8.GetBytes(new string('9', 400)), Encoding.UTF8.GetBytes(new string('x', 3000)));

    private static byte[] Assemble(byte[] sample, int[] places, byte[][] pieces, int cut, bool mark)
    {
        List<byte> bytes = [.. sample];
        foreach ((int place, byte[] piece) in places.Zip(pieces).OrderByDescending(change => change.First))
            bytes.InsertRange(place, piece);
        if (mark)
            bytes.InsertRange(0, [0xef, 0xbb, 0xbf]);
        return [.. bytes.Take(cut)];
    }
}
