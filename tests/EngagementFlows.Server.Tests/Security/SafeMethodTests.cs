using System.Net;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>Looking changes nothing: every address that GET reaches, as everybody, with the whole database compared before and after.</summary>
public sealed partial class SafeMethodTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task Crawl_OfEverything_AsEverybody_LeavesTheDatabaseAsItWas()
    {
        await SettleAsync();
        (_, string linkAddress) = await house.NextLinkAsync();
        List<(string Name, HttpClient Client)> visitors = [("stranger", house.Anonymous()), ("client", (await house.OpenLinkAsync(linkAddress)).Browser)];
        foreach (string role in StaffRoles.All)
        {
            visitors.Add((role, (await house.SignInAsync(role)).Client));
            visitors.Add(($"key of {role}", house.Program(role)));
        }

        string[] addresses = await AddressesAsync(linkAddress);
        SortedDictionary<string, string> before = await DatabaseDump.ReadAsync(house.Postgres, withCounters: false);

        int requests = 0;
        foreach ((string name, HttpClient client) in visitors)
        {
            foreach (string address in addresses.Union(await FollowAsync(client)))
            {
                foreach (HttpMethod method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options })
                {
                    using HttpRequestMessage request = new(method, address);
                    using HttpResponseMessage answer = await client.SendAsync(request);
                    ((int)answer.StatusCode).Should().BeLessThan(500, $"{method} {address} as {name}");
                    requests++;
                }
            }
        }

        SortedDictionary<string, string> after = await DatabaseDump.ReadAsync(house.Postgres, withCounters: false);
        after.Keys.Should().Equal(before.Keys);
        foreach (string table in before.Keys)
            after[table].Should().Be(before[table], table);
        requests.Should().BeGreaterThan(1000);
        (await house.Postgres.ScalarAsync<long>("select count(*) from link where openings > 0")).Should().BePositive("the counter is what a look may change");
    }

    // What the start put in motion has come to rest, and what the first request makes (keys of cookies) is there.
    private async Task SettleAsync()
    {
        (await house.Anonymous().GetAsync("sign-in")).Dispose();
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<long>("select (select count(*) from outbox where state not in ('accepted', 'rejected', 'uncertain')) + (select count(*) from inbox where due_at <= now())"), 0L);
    }

    // Each endpoint with the ids of things that exist, for every kind of id that it takes.
    private async Task<string[]> AddressesAsync(string linkAddress)
    {
        Dictionary<string, string?> things = new()
        {
            ["/inbox"] = null,
            ["/instances"] = await IdAsync("select id from instance limit 1"),
            ["/api/instances"] = await IdAsync("select id from instance limit 1"),
            ["/clients"] = await IdAsync("select id from client limit 1"),
            ["/api/clients"] = await IdAsync("select id from client limit 1"),
            ["/mailbox"] = await IdAsync("select id from mail limit 1"),
            ["/api/mails"] = await IdAsync("select id from mail limit 1"),
            ["/people"] = await IdAsync("select id from person limit 1"),
            ["/links"] = await IdAsync("select id from link limit 1"),
            ["/api/links"] = await IdAsync("select id from link limit 1"),
            ["/engagements"] = await IdAsync("select id from engagement limit 1"),
            ["/api/engagements"] = await IdAsync("select id from engagement limit 1"),
            ["/c/form"] = await IdAsync("select id from link limit 1"),
        };
        string version = (await house.Postgres.ScalarAsync<string>("select id from definition limit 1"))!;
        List<string> addresses = [linkAddress];
        foreach (string route in Routes())
        {
            string id = things.OrderByDescending(thing => thing.Key.Length).FirstOrDefault(thing => route.StartsWith(thing.Key + "/", StringComparison.Ordinal)).Value ?? Guid.Empty.ToString();
            addresses.Add(Part().Replace(route, part =>
                part.Value.Contains("guid", StringComparison.Ordinal) ? id
                : part.Value.Contains("definitionId", StringComparison.Ordinal) ? "client-intake"
                : part.Value.Contains("ersion", StringComparison.Ordinal) ? version
                : "nothing"));
        }

        return [.. addresses.Distinct()];
    }

    private IEnumerable<string> Routes() =>
        from source in house.Services.GetServices<EndpointDataSource>()
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false
        select "/" + endpoint.RoutePattern.RawText!.Trim('/');

    // Where the pages themselves lead.
    private static async Task<IEnumerable<string>> FollowAsync(HttpClient client)
    {
        HashSet<string> known = ["/"];
        Queue<string> waiting = new(known);
        while (waiting.TryDequeue(out string? address) && known.Count < 120)
        {
            using HttpResponseMessage answer = await client.GetAsync(address);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            foreach (Match link in Href().Matches(await answer.Content.ReadAsStringAsync()))
            {
                string next = WebUtility.HtmlDecode(link.Groups[1].Value);
                if (!next.StartsWith("/assets/", StringComparison.Ordinal) && known.Add(next))
                    waiting.Enqueue(next);
            }
        }

        return known;
    }

    private async Task<string?> IdAsync(string sql) => (await house.Postgres.ScalarAsync<Guid>(sql)).ToString();

    [GeneratedRegex("href=\"(/[^\"#]*)")]
    private static partial Regex Href();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Part();
}
