using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>Nothing in a dump of the database opens a page: every piece of text in it is tried at every door.</summary>
public sealed partial class DumpTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task EveryTextOfADump_AtEveryDoor_OpensNothing()
    {
        // Live secrets of every kind are out there.
        (HttpClient signedIn, Guid person) = await house.SignInAsync(StaffRoles.Administrator);
        string welcome = await MailedLinkAsync(person);
        (string? key, _) = await house.Services.GetRequiredService<KeyDesk>().MakeAsync(new("dumped", ApiScopes.All, null, null), "test", CancellationToken.None);
        (_, string link) = await house.NextLinkAsync();
        (HttpClient client, string form, _) = await house.OpenLinkAsync(link);
        string standing = await StandingLinkAsync();

        StringBuilder dump = new();
        foreach ((_, string rows) in await DatabaseDump.ReadAsync(house.Postgres, withCounters: true))
            dump.Append(rows);
        string text = dump.ToString();
        string[] candidates = [.. Candidates(text)];

        text.Should().NotContain(welcome).And.NotContain(key!).And.NotContain(link.Split('/')[^1]).And.NotContain(standing);
        candidates.Should().HaveCountGreaterThan(500);
        await TryAllAsync(candidates);
        // The real ones do open, so the doors were tried and not walls.
        (await house.Services.GetRequiredService<AccountLinks>().FindAsync(welcome, CancellationToken.None)).Should().NotBeNull();
        (await house.Services.GetRequiredService<ApiKeys>().FindAsync(key!, CancellationToken.None)).Should().NotBeNull();
        (await client.GetAsync(form)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await house.Anonymous().GetAsync($"c/standing/{standing}")).StatusCode.Should().Be(HttpStatusCode.Found);
        (await signedIn.GetAsync("people")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task HashesAndKeysOfADump_SentByAnAttacker_AreRefused()
    {
        (_, Guid person) = await house.SignInAsync(StaffRoles.Administrator);
        await house.Services.GetRequiredService<AccountLinks>().CreateAsync(person, "test", CancellationToken.None);
        await house.Services.GetRequiredService<KeyDesk>().MakeAsync(new("dumped-too", ApiScopes.All, null, null), "test", CancellationToken.None);
        string[] stored = (await house.Postgres.ScalarAsync<string[]>("""
            select array(
              select id::text from account_link union all select encode(secret_hash, 'hex') from api_key
              union all select encode(session_stamp, 'hex') from account union all select password_hash from account where password_hash is not null)
            """))!;

        foreach (string value in stored.SelectMany(Forms).Distinct())
        {
            using HttpRequestMessage byKey = new(HttpMethod.Get, "api/instances") { Headers = { { "X-Api-Key", value } } };
            using HttpRequestMessage bySession = new(HttpMethod.Get, "people") { Headers = { { "Cookie", $"ef-session={value}" } } };
            (await house.Anonymous().SendAsync(byKey)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            (await house.Anonymous().SendAsync(bySession)).StatusCode.Should().Be(HttpStatusCode.Found, "it leads to sign-in");
            (await house.Anonymous().GetAsync($"c/{Uri.EscapeDataString(value)}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
            HttpClient browser = house.Anonymous();
            (await browser.GetAsync($"welcome/{Uri.EscapeDataString(value)}")).Dispose();
            (await browser.GetAsync("set-password")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Fact]
    public async Task Secrets_OfOneDoor_OpenNoOther()
    {
        (_, Guid person) = await house.SignInAsync(StaffRoles.Operator);
        string welcome = await house.Services.GetRequiredService<AccountLinks>().CreateAsync(person, "test", CancellationToken.None);
        (string? key, _) = await house.Services.GetRequiredService<KeyDesk>().MakeAsync(new("confused", ApiScopes.All, null, null), "test", CancellationToken.None);
        string link = (await house.NextLinkAsync()).Address.Split('/')[^1];
        LinkTokens tokens = house.Services.GetRequiredService<LinkTokens>();
        AccountLinks accounts = house.Services.GetRequiredService<AccountLinks>();
        ApiKeys keys = house.Services.GetRequiredService<ApiKeys>();

        tokens.Read(welcome).Should().BeNull();
        tokens.Read(key).Should().BeNull();
        (await accounts.FindAsync(link, CancellationToken.None)).Should().BeNull();
        (await accounts.FindAsync(key!, CancellationToken.None)).Should().BeNull();
        (await keys.FindAsync(link, CancellationToken.None)).Should().BeNull();
        (await keys.FindAsync(welcome, CancellationToken.None)).Should().BeNull();
    }

    /// <summary>Invites by mail, so that the letter is in the database too; the mail that left holds the token.</summary>
    private async Task<string> MailedLinkAsync(Guid person)
    {
        Person reader = new(person, "Reader", "reader@example.com", [StaffRoles.Administrator], "en", "UTC");
        MailedLink link = await house.Services.GetRequiredService<AccountLinks>().MailAsync(
            reader, new CurrentPerson(Guid.Empty, "test", "", [StaffRoles.Administrator], "en", "UTC"), alsoCommit: null, CancellationToken.None);
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", link.Mail), "accepted");
        return link.Address!.Split('/')[^1];
    }

    private async Task<string> StandingLinkAsync()
    {
        Guid engagement = await house.Postgres.ScalarAsync<Guid>("select id from engagement order by id limit 1");
        MadeStandingLink made = (await house.Services.GetRequiredService<MakeStandingLink>().ExecuteAsync(
            engagement, "complaint-escalation", "forms/complaint.json", new("Tell us", "告诉我们"), TimeProvider.System.GetUtcNow().AddDays(1), "test", TimeProvider.System.GetUtcNow(), CancellationToken.None))!;
        return house.Services.GetRequiredService<LinkTokens>().MakeStanding(made.Id);
    }

    private async Task TryAllAsync(string[] candidates)
    {
        LinkTokens tokens = house.Services.GetRequiredService<LinkTokens>();
        AccountLinks accounts = house.Services.GetRequiredService<AccountLinks>();
        ApiKeys keys = house.Services.GetRequiredService<ApiKeys>();
        IDataProtectionProvider protection = house.Services.GetRequiredService<IDataProtectionProvider>();
        IDataProtector[] cookies = [protection.CreateProtector("EngagementFlows.Link"), protection.CreateProtector("EngagementFlows.Notice"), protection.CreateProtector("EngagementFlows.Welcome")];
        foreach (string candidate in candidates)
        {
            foreach (string keyId in new[] { "", "k1." })
            {
                tokens.Read(keyId + candidate).Should().BeNull(candidate);
                tokens.ReadStanding(keyId + candidate).Should().BeNull(candidate);
            }

            (await keys.FindAsync(candidate, CancellationToken.None)).Should().BeNull(candidate);
            (await keys.FindAsync(ApiKeys.Prefix + candidate, CancellationToken.None)).Should().BeNull(candidate);
            (await accounts.FindAsync(candidate, CancellationToken.None)).Should().BeNull(candidate);
            foreach (IDataProtector cookie in cookies)
                FluentActions.Invoking(() => cookie.Unprotect(candidate)).Should().Throw<System.Security.Cryptography.CryptographicException>(candidate);
        }
    }

    // Whatever could be a token, as it stands, and in the other spellings of the same bytes.
    private static IEnumerable<string> Candidates(string text) =>
        Token().Matches(text).Select(found => found.Value).Distinct().SelectMany(Forms).Distinct();

    private static IEnumerable<string> Forms(string text)
    {
        yield return text;
        string bare = text.Replace("-", "", StringComparison.Ordinal);
        if (bare.Length % 2 == 0 && bare.All(char.IsAsciiHexDigit))
        {
            yield return Base64Url.EncodeToString(Convert.FromHexString(bare));
        }
        else if (text.IndexOfAny(['+', '/', '=']) >= 0)
        {
            yield return text.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        }
    }

    [GeneratedRegex("[A-Za-z0-9+/_.=-]{16,4000}")]
    private static partial Regex Token();
}
