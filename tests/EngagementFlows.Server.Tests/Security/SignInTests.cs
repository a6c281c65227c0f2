using System.Net;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Server.Security;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Security;

public sealed class SignInTests(SignInTests.Fixture server) : IClassFixture<SignInTests.Fixture>
{
    [Fact]
    public async Task FreshInstallation_HasNoUsableAccount()
    {
        (await server.Postgres.ScalarAsync<long>("select count(*) from account where password_hash is not null and person_id in (select id from person where email = 'administrator@localhost')"))
            .Should().Be(0);
    }

    [Fact]
    public async Task Page_WithoutSession_LeadsToSignInWithoutAHost()
    {
        using HttpResponseMessage answer = await server.Anonymous().GetAsync("mailbox?x=1");

        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.Should().Be("/sign-in?returnTo=%2Fmailbox%3Fx%3D1");
    }

    [Theory]
    [InlineData("api/nothing")]
    [InlineData("elsa/api/nothing")]
    public async Task Programs_WithoutSession_GetProblemDetails(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using HttpResponseMessage answer = await server.Anonymous().SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).Should().Contain("Authorization: Bearer");
    }

    [Fact]
    public async Task Link_OpenedByScannersFirst_StillSetsThePasswordOnce()
    {
        (Guid id, string email) = await AddPersonAsync();
        string token = await server.Services.GetRequiredService<AccountLinks>().CreateAsync(id, "test", CancellationToken.None);
        for (int i = 0; i < 3; i++)
            (await server.Anonymous().GetAsync($"welcome/{token}")).Dispose();
        HttpClient browser = Browser();
        (await browser.GetAsync($"welcome/{token}")).Headers.Location!.OriginalString.Should().Be("/set-password");

        using HttpResponseMessage set = await SetPasswordAsync(browser, ServerFixture.Password);

        set.Headers.Location!.OriginalString.Should().Be("/");
        (await server.Postgres.ScalarAsync<string>("select password_hash from account where person_id = $1", id)).Should().NotContain(ServerFixture.Password);
        HttpClient second = Browser();
        (await second.GetAsync($"welcome/{token}")).Dispose();
        using HttpResponseMessage again = await second.GetAsync("set-password");
        again.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await SignInAsync(Browser(), email, ServerFixture.Password)).StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaaa")]
    public async Task SetPassword_TooEasy_IsRefusedAndTheLinkLives(string password)
    {
        (Guid id, _) = await AddPersonAsync();
        string token = await server.Services.GetRequiredService<AccountLinks>().CreateAsync(id, "test", CancellationToken.None);
        HttpClient browser = Browser();
        (await browser.GetAsync($"welcome/{token}")).Dispose();

        using HttpResponseMessage refused = await SetPasswordAsync(browser, password);
        using HttpResponseMessage set = await SetPasswordAsync(browser, ServerFixture.Password);

        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        set.StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Link_NewerOneMade_OpensNothing()
    {
        (Guid id, _) = await AddPersonAsync();
        AccountLinks links = server.Services.GetRequiredService<AccountLinks>();
        string old = await links.CreateAsync(id, "test", CancellationToken.None);
        await links.CreateAsync(id, "test", CancellationToken.None);

        (await links.UseAsync(old, ServerFixture.Password, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task SignIn_TooManyWrongPasswords_LocksEvenTheRightOne()
    {
        (_, string email) = await AddAccountAsync();
        HttpClient browser = Browser();

        // Three are allowed by this fixture's setting.
        for (int i = 0; i < 3; i++)
            (await SignInAsync(browser, email, "wrong")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);

        (await SignInAsync(browser, email, ServerFixture.Password)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        await server.Postgres.ExecuteAsync("update account set locked_until = now() - interval '1 second' where person_id = (select id from person where email = $1)", email);
        (await SignInAsync(browser, email, ServerFixture.Password)).StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task SignIn_ManyAttemptsAtOnce_CompareNoMoreThanAllowed()
    {
        (_, string email) = await AddAccountAsync();
        BeginSignIn begin = server.Services.GetRequiredService<BeginSignIn>();

        SignInAttempt?[] attempts = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => begin.ExecuteAsync(email, 3, TimeSpan.FromMinutes(15), CancellationToken.None)));

        attempts.Count(attempt => !attempt!.IsLocked).Should().Be(3);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ForeignReturnAddress_GoesHome(string returnTo)
    {
        (_, string email) = await AddAccountAsync();

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(
            Browser(), "sign-in", "sign-in", new() { ["email"] = email, ["password"] = ServerFixture.Password, ["returnTo"] = returnTo });

        answer.Headers.Location!.OriginalString.Should().Be("/");
    }

    [Fact]
    public async Task Session_RolesChanged_Ends()
    {
        (HttpClient client, Guid id) = await server.SignInAsync(StaffRoles.Administrator);
        (await client.GetAsync("api/nothing")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        await server.Postgres.ExecuteAsync("update person set roles = '{auditor}' where id = $1", id);

        (await client.GetAsync("api/nothing")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_PasswordChanged_Ends()
    {
        (HttpClient client, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        AccountLinks links = server.Services.GetRequiredService<AccountLinks>();

        await links.UseAsync(await links.CreateAsync(id, "test", CancellationToken.None), "another good password", CancellationToken.None);

        (await client.GetAsync("api/nothing")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_WithCookieFromAnotherSite_IsRefused()
    {
        (HttpClient client, _) = await server.SignInAsync(StaffRoles.Operator);
        using HttpRequestMessage foreign = new(HttpMethod.Post, "api/nothing") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        client.DefaultRequestHeaders.Remove("X-EngagementFlows");
        using HttpRequestMessage bare = new(HttpMethod.Post, "api/nothing");

        (await client.SendAsync(foreign)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await client.SendAsync(bare)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task SignOutEverywhere_EndsEverySessionOfThePersonAndIsAudited()
    {
        (HttpClient here, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        HttpClient there = await AgainAsync(id);
        (HttpClient other, _) = await server.SignInAsync(StaffRoles.Operator);
        (await there.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.OK);

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(here, "/", "sign-out/everywhere", []);

        answer.Headers.Location!.OriginalString.Should().Be("/sign-in");
        (await here.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.Found, "it leads to sign-in");
        (await there.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.Found);
        (await there.GetAsync("api/instances")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await other.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.OK, "nobody else is meant");
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'SessionsEnded' and subject = $1 and actor = $2", $"person/{id}", $"person:{id:D}")).Should().Be(1);
        (await (await AgainAsync(id)).GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.OK, "the password stays");
    }

    [Fact]
    public async Task SignOutEverywhere_ByAForeignPageOrNobody_EndsNothing()
    {
        (HttpClient here, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        using FormUrlEncodedContent bare = new([]);

        using HttpResponseMessage foreign = await here.PostAsync("sign-out/everywhere", bare);
        using HttpResponseMessage nobody = await ServerFixture.PostFormAsync(Browser(), "sign-in", "sign-out/everywhere", []);

        foreign.StatusCode.Should().Be(HttpStatusCode.BadRequest, "it has no anti-forgery token");
        nobody.Headers.Location!.OriginalString.Should().Be("/sign-in");
        (await here.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'SessionsEnded' and subject = $1", $"person/{id}")).Should().Be(0);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        (HttpClient client, _) = await server.SignInAsync(StaffRoles.Operator);

        (await ServerFixture.PostFormAsync(client, "sign-in", "sign-out", [])).Dispose();

        (await client.GetAsync("api/nothing")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task DataProtectionKeys_InTheDatabase_AreEncrypted()
    {
        (await server.Anonymous().GetAsync("sign-in")).Dispose();

        string? xml = await server.Postgres.ScalarAsync<string>("select xml from data_protection_key limit 1");

        xml.Should().Contain("encryptedByKeyFile").And.NotContain("<masterKey");
    }

    /// <summary>Signs the person in by another browser.</summary>
    private async Task<HttpClient> AgainAsync(Guid person)
    {
        HttpClient browser = Browser();
        string email = (await server.Postgres.ScalarAsync<string>("select email from person where id = $1", person))!;
        using HttpResponseMessage signedIn = await SignInAsync(browser, email, ServerFixture.Password);
        signedIn.StatusCode.Should().Be(HttpStatusCode.Found);
        return browser;
    }

    private HttpClient Browser()
    {
        HttpClient client = server.Anonymous();
        client.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password) =>
        ServerFixture.PostFormAsync(browser, "sign-in", "sign-in", new() { ["email"] = email, ["password"] = password });

    private static Task<HttpResponseMessage> SetPasswordAsync(HttpClient browser, string password) =>
        ServerFixture.PostFormAsync(browser, "set-password", "set-password", new() { ["password"] = password, ["repeated"] = password });

    private async Task<(Guid Id, string Email)> AddPersonAsync()
    {
        Guid id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        string email = $"{id:N}@example.com";
        await server.Postgres.ExecuteAsync("insert into person (id, name, email, roles) values ($1, $2, $3, $4)", id, "Li Wei", email, new[] { StaffRoles.Operator });
        return (id, email);
    }

    private async Task<(Guid Id, string Email)> AddAccountAsync()
    {
        (Guid id, string email) = await AddPersonAsync();
        AccountLinks links = server.Services.GetRequiredService<AccountLinks>();
        await links.UseAsync(await links.CreateAsync(id, "test", CancellationToken.None), ServerFixture.Password, CancellationToken.None);
        return (id, email);
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:SignIn:MaxFailures"] = "3",
            ["EngagementFlows:SignIn:AttemptsPerMinute"] = "1000",
        };
    }
}
