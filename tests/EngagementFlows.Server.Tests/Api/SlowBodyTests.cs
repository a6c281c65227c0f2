using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>A body that does not come is given up. On a server of its own, whose limit is short: a busy machine may need that long for a good request.</summary>
public sealed class SlowBodyTests(SlowBodyTests.Fixture server) : IClassFixture<SlowBodyTests.Fixture>
{
    [Theory]
    [MemberData(nameof(LimitTests.Paths), MemberType = typeof(LimitTests))]
    public async Task Body_ThatNeverComesToItsEnd_IsGivenUp(string path) =>
        (await LimitTests.RawAsync(server, path, "Content-Length: 1000", "{\"a\":")).Should().MatchRegex("^HTTP/1.1 (408|504) ");

    [Fact]
    public async Task Body_ThatNeverComesToItsEnd_IsAnsweredAsTheDocumentSays()
    {
        string answer = await LimitTests.RawAsync(server, "api/events", "Content-Length: 1000", "{\"a\":");

        answer.Should().StartWith("HTTP/1.1 504");
        await ProblemExamples.CheckAsync(504, answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]);
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["EngagementFlows:Api:RequestTimeout"] = "00:00:01" };
    }
}
