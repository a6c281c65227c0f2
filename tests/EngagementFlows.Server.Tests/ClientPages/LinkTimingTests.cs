using System.Collections.Concurrent;
using System.Diagnostics;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Tests.Staff;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EngagementFlows.Server.Tests.ClientPages;

/// <summary>How long an address takes says nothing of what stands behind it.</summary>
public sealed class LinkTimingTests(LinkTimingTests.Fixture house) : IClassFixture<LinkTimingTests.Fixture>
{
    private const int Rounds = 61;

    // Far above what a busy machine makes of equal work when it is measured in turns, far below what a guess byte by byte or a missing lookup would need to be seen.
    private const double WidestRatio = 2.5;

    private static readonly Guid Unknown = new("0197a000-0000-7000-8000-0000000000ee");

    [Fact]
    public async Task Tokens_OfEveryKind_RunTheSameStatements()
    {
        Dictionary<string, string> kinds = await KindsAsync();

        Dictionary<string, string> statements = [];
        foreach ((string kind, string address) in kinds)
            statements[kind] = await StatementsOfAsync(address);

        statements.Values.Distinct().Should().ContainSingle(string.Join("\n", statements.Select(one => $"{one.Key}: {one.Value}")))
            .Which.Should().Be("update link", "one statement each");
    }

    [Fact]
    public async Task StandingTokens_OfEveryKind_RunTheSameStatements()
    {
        LinkTokens tokens = house.Services.GetRequiredService<LinkTokens>();
        MakeStandingLink make = house.Services.GetRequiredService<MakeStandingLink>();
        Guid[] engagements = [await EngagementAsync(0), await EngagementAsync(1)];
        List<Guid> links = [];
        foreach (Guid engagement in engagements)
            links.Add((await make.ExecuteAsync(engagement, "complaint-escalation", "forms/complaint.json", new("a", "b"), TimeProvider.System.GetUtcNow().AddDays(9), "test", TimeProvider.System.GetUtcNow(), default))!.Id);
        await house.Postgres.ExecuteAsync("update standing_link set revoked_at = now(), revoked_by = 'test' where id = $1", links[1]);
        string open = $"/c/standing/{tokens.MakeStanding(links[0])}";

        List<string> statements = [];
        foreach (string address in new[] { open, $"/c/standing/{tokens.MakeStanding(links[1])}", $"/c/standing/{tokens.MakeStanding(Unknown)}", Changed(open, open.Length - 4), $"/c/standing/{tokens.Make(links[0])}", "/c/standing/nothing" })
            statements.Add(await StatementsOfAsync(address));

        statements.Distinct().Should().ContainSingle().Which.Should().Be("update standing_link", "one statement each");
        (await StatementsOfAsync($"/c/standing/form/{links[0]}")).Should().BeEmpty("without the cookie nothing is looked up");

        Task<Guid> EngagementAsync(int place) => house.Postgres.ScalarAsync<Guid>("select id from engagement order by id offset $1 limit 1", place);
    }

    [Fact]
    public async Task FormsWithoutTheirCookie_KnownAndUnknown_RunNoStatement()
    {
        (Guid link, _) = await house.NextLinkAsync();

        (await StatementsOfAsync($"/c/form/{link}")).Should().BeEmpty();
        (await StatementsOfAsync($"/c/form/{Unknown}")).Should().BeEmpty();
    }

    [Fact]
    public async Task Tokens_OfEveryKind_TakeEqualTimeWithinNoise()
    {
        Dictionary<string, string> kinds = await KindsAsync();
        HttpClient browser = house.Anonymous();
        await MeasureAsync(browser, kinds);

        double ratio = double.MaxValue;
        string report = "";
        // A real difference is there each time; a machine that is busy with something else is not.
        for (int attempt = 0; attempt < 5 && ratio > WidestRatio; attempt++)
        {
            Dictionary<string, double> medians = await MeasureAsync(browser, kinds);
            ratio = medians.Values.Max() / medians.Values.Min();
            report = string.Join(", ", medians.Select(one => $"{one.Key} {one.Value:0.00} ms"));
        }

        ratio.Should().BeLessThan(WidestRatio, report);
    }

    /// <summary>Asks for each kind in turn, so that whatever slows the machine slows all of them alike.</summary>
    private static async Task<Dictionary<string, double>> MeasureAsync(HttpClient browser, Dictionary<string, string> kinds)
    {
        Dictionary<string, List<double>> samples = kinds.Keys.ToDictionary(kind => kind, _ => new List<double>());
        string[] names = [.. kinds.Keys];
        for (int round = 0; round < Rounds; round++)
        {
            for (int place = 0; place < names.Length; place++)
            {
                // Another one begins each time: none has always the same neighbour in front.
                string kind = names[(place + round) % names.Length];
                long begin = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await browser.GetAsync(kinds[kind]);
                samples[kind].Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }

        return samples.ToDictionary(one => one.Key, one => Median(one.Value));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>Returns the statements about links that a look at an address runs.</summary>
    private async Task<string> StatementsOfAsync(string address)
    {
        string own = new NpgsqlConnectionStringBuilder(house.Postgres.ConnectionString).Database!;
        ConcurrentQueue<string> seen = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            // Other tests of this process have databases of their own.
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(tag => tag.Value as string == own))
                    seen.Enqueue((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement"))?.ToString() ?? "");
            },
        };
        ActivitySource.AddActivityListener(listener);
        using HttpResponseMessage answer = await house.Anonymous().GetAsync(address);
        answer.RequestMessage.Should().NotBeNull();
        return string.Join(" | ", seen.SelectMany(text => text.Split('\n')).Select(line => line.Trim()).Where(line => line.StartsWith("update link", StringComparison.Ordinal) || line.StartsWith("update standing_link", StringComparison.Ordinal) || line.StartsWith("from link", StringComparison.Ordinal)));
    }

    private async Task<Dictionary<string, string>> KindsAsync()
    {
        (_, string open) = await house.NextLinkAsync();
        (Guid late, string expired) = await house.NextLinkAsync();
        (Guid taken, string revoked) = await house.NextLinkAsync();
        (Guid over, string ended) = await house.NextLinkAsync();
        await house.Postgres.ExecuteAsync("update link set issued_at = issued_at - interval '30 days', expires_at = now() - interval '1 day' where id = $1", late);
        await house.Postgres.ExecuteAsync("update link set state = 'revoked', closed_at = now() where id = $1", taken);
        await house.Postgres.ExecuteAsync("update link set state = 'ended', closed_at = now() where id = $1", over);
        string unknown = "/c/" + house.Services.GetRequiredService<LinkTokens>().Make(Unknown);
        return new()
        {
            ["valid"] = open,
            ["expired"] = expired,
            ["revoked"] = revoked,
            ["ended"] = ended,
            ["unknown"] = unknown,
            ["invalid from the first byte"] = Changed(open, open.LastIndexOf('.') + 30),
            ["invalid in its last bytes"] = Changed(open, open.Length - 4),
            ["invalid, of a link that is over"] = Changed(revoked, revoked.Length - 4),
            ["of another key"] = open.Replace("/c/k1.", "/c/k9.", StringComparison.Ordinal),
            ["no token"] = "/c/nothing",
        };
    }

    private static string Changed(string address, int at) => address[..at] + (address[at] == 'A' ? 'B' : 'A') + address[(at + 1)..];

    /// <summary>The sample firm, without limits that a measurement would run into.</summary>
    public sealed class Fixture : HouseFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Links:RequestsPerMinute"] = "100000",
            ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "100000",
        };
    }
}
