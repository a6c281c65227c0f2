using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tests.Mail;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>Inviting people, changing what they may do, and closing the door behind them.</summary>
public sealed partial class PeopleTests(PeopleTests.Fixture server) : IClassFixture<PeopleTests.Fixture>
{
    private static int _newcomers;

    [Fact]
    public async Task Invited_SetsAPasswordByTheLinkAndHasTheRole()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string email = NewEmail();

        using HttpResponseMessage answer = await InviteAsync(administrator, "Wang Lei", email, StaffRoles.Architect);
        string html = await answer.Content.ReadAsStringAsync();
        string token = Link().Match(html).Groups[1].Value;
        HttpClient invited = Browser();
        (await invited.GetAsync($"welcome/{token}")).Dispose();
        using HttpResponseMessage set = await ServerFixture.PostFormAsync(
            invited, "set-password", "set-password", new() { ["password"] = ServerFixture.Password, ["repeated"] = ServerFixture.Password });

        set.StatusCode.Should().Be(HttpStatusCode.Found);
        (await invited.GetStringAsync("/")).Should().Contain("Wang Lei");
        (await invited.GetAsync("people")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await administrator.GetStringAsync("people")).Should().Contain(email).And.NotContain(token);
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act in ('PersonAdded', 'AccountLinkMade', 'PasswordSet') and subject = (select 'person/' || id from person where email = $1)", email)).Should().Be(3);
    }

    [Fact]
    public async Task Invited_ASecondTime_IsNotAddedTwice()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string email = NewEmail();
        (await InviteAsync(administrator, "Wang Lei", email, StaffRoles.Architect)).Dispose();

        using HttpResponseMessage again = await InviteAsync(administrator, "Wang Lei", email.ToUpperInvariant(), StaffRoles.Administrator);

        (await again.Content.ReadAsStringAsync()).Should().ContainAny("is there already", "已有人使用");
        (await server.Postgres.ScalarAsync<string[]>("select roles from person where lower(email) = $1", email)).Should().Equal(StaffRoles.Architect);
    }

    [Theory]
    [InlineData("", "a@b.example", "architect")]
    [InlineData("A\nB", "a@b.example", "architect")]
    [InlineData("Ann", "no address", "architect")]
    [InlineData("Ann", "ann@b.example\r\nBcc: x@y.example", "architect")]
    [InlineData("Ann", "ann@b.example", "owner")]
    public async Task Invitation_ThatIsFaulty_AddsNobody(string name, string email, string role)
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from person");

        using HttpResponseMessage answer = await InviteAsync(administrator, name, email, role);

        (await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelectorAll(".fault[role=alert]").Should().ContainSingle();
        (await server.Postgres.ScalarAsync<long>("select count(*) from person")).Should().Be(before);
    }

    [Fact]
    public async Task RolesChanged_EndTheSessionsAtOnce()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        (HttpClient person, Guid id) = await server.SignInAsync(StaffRoles.Operator);

        using HttpResponseMessage changed = await ActAsync(administrator, id, "roles", StaffRoles.Auditor);

        changed.Headers.Location!.OriginalString.Should().Be($"/people/{id}");
        (await person.GetAsync("inbox")).Headers.Location!.OriginalString.Should().StartWith("/sign-in");
        (await server.Postgres.ScalarAsync<string>("select detail::text from audit where act = 'RolesChanged' and subject = $1", $"person/{id:D}")).Should().Contain("operator").And.Contain("auditor");
    }

    [Fact]
    public async Task Disabled_IsThrownOutAndToldNothingMoreThanAStranger()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        (HttpClient person, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        string email = (await server.Postgres.ScalarAsync<string>("select email from person where id = $1", id))!;
        string link = await server.Services.GetRequiredService<AccountLinks>().CreateAsync(id, "test", CancellationToken.None);

        (await ActAsync(administrator, id, "disable")).Dispose();
        using HttpResponseMessage disabled = await SignInAsync(email, ServerFixture.Password);
        using HttpResponseMessage unknown = await SignInAsync(NewEmail(), ServerFixture.Password);

        (await person.GetAsync("inbox")).Headers.Location!.OriginalString.Should().StartWith("/sign-in");
        (await server.Services.GetRequiredService<AccountLinks>().FindAsync(link, CancellationToken.None)).Should().BeNull();
        disabled.StatusCode.Should().Be(unknown.StatusCode);
        Bare(await disabled.Content.ReadAsStringAsync()).Should().Be(Bare(await unknown.Content.ReadAsStringAsync()));
        (await ActAsync(administrator, id, "enable")).Dispose();
        (await SignInAsync(email, ServerFixture.Password)).StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task EndedSessions_AreOverAtOnceAndAudited_AndThePasswordStays()
    {
        (HttpClient administrator, Guid administratorId) = await server.SignInAsync(StaffRoles.Administrator);
        (HttpClient person, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        string email = (await server.Postgres.ScalarAsync<string>("select email from person where id = $1", id))!;
        (await person.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await HouseFixture.ParseAsync(await administrator.GetStringAsync($"people/{id}"))).QuerySelectorAll("form[action$='/end-sessions']").Should().ContainSingle();

        Guid invited = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await server.Postgres.ExecuteAsync("insert into person (id, name, email, roles) values ($1, 'Invited', $2, '{operator}')", invited, NewEmail());
        (await HouseFixture.ParseAsync(await administrator.GetStringAsync($"people/{invited}"))).QuerySelectorAll("form[action$='/end-sessions']").Should().BeEmpty("who never signed in has no sessions");

        (await ActAsync(administrator, id, "end-sessions")).Dispose();

        (await person.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.Found, "it leads to sign-in");
        (await administrator.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'SessionsEnded' and subject = $1 and actor = $2", $"person/{id}", $"person:{administratorId:D}")).Should().Be(1);
        (await SignInAsync(email, ServerFixture.Password)).StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Locked_WrongAndUnknown_AreToldTheSame_AndAnAdministratorUnlocks()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        (_, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        string email = (await server.Postgres.ScalarAsync<string>("select email from person where id = $1", id))!;
        using HttpResponseMessage wrong = await SignInAsync(email, "wrong");
        for (int attempt = 0; attempt < 5; attempt++)
            (await SignInAsync(email, "wrong")).Dispose();
        using HttpResponseMessage locked = await SignInAsync(email, ServerFixture.Password);
        using HttpResponseMessage unknown = await SignInAsync(NewEmail(), "wrong");

        string[] pages = [Bare(await wrong.Content.ReadAsStringAsync()), Bare(await locked.Content.ReadAsStringAsync()), Bare(await unknown.Content.ReadAsStringAsync())];
        pages.Distinct().Should().ContainSingle();
        (await administrator.GetStringAsync($"people/{id}")).Should().ContainAny("Locked until", "锁定至");
        (await ActAsync(administrator, id, "unlock")).Dispose();
        (await SignInAsync(email, ServerFixture.Password)).StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Oneself_CanNeitherTakeRolesNorLeave()
    {
        (HttpClient administrator, Guid id) = await server.SignInAsync(StaffRoles.Administrator);

        (await ActAsync(administrator, id, "roles", StaffRoles.Administrator, StaffRoles.Architect)).Dispose();
        (await ActAsync(administrator, id, "disable")).Dispose();

        (await server.Postgres.ScalarAsync<string[]>("select roles from person where id = $1 and is_active", id)).Should().Equal(StaffRoles.Administrator);
    }

    [Fact]
    public async Task Invite_WhoseLinkCannotBeMade_AddsNobody()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        string email = NewEmail();
        Dictionary<string, string> fields = new()
        {
            ["_handler"] = "invite",
            ["name"] = "Nell Newcomer",
            ["email"] = email,
            ["roles"] = StaffRoles.Architect,
            ["language"] = "en",
            ["zone"] = "Europe/Berlin",
        };
        await server.Postgres.ExecuteAsync("alter table account_link rename to account_link_away");
        HttpStatusCode broken;
        try
        {
            using HttpResponseMessage failed = await ServerFixture.PostFormAsync(administrator, "people/invite", "people/invite", new(fields));
            broken = failed.StatusCode;
        }
        finally
        {
            await server.Postgres.ExecuteAsync("alter table account_link_away rename to account_link");
        }

        long left = await server.Postgres.ScalarAsync<long>("select count(*) from person where email = $1", email);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(administrator, "people/invite", "people/invite", new(fields));

        broken.Should().Be(HttpStatusCode.InternalServerError);
        left.Should().Be(0, "a person without a link could not come in, and his address would be taken");
        again.StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Postgres.ScalarAsync<long>("select count(*) from person p join account_link l on l.person_id = p.id where p.email = $1", email)).Should().Be(1);
    }

    [Fact]
    public async Task TwoAdministrators_WhoDisableEachOtherAtOnce_LeaveOne()
    {
        PeopleDesk desk = server.Services.GetRequiredService<PeopleDesk>();
        for (int round = 0; round < 10; round++)
        {
            Guid one = await server.AddPersonAsync(StaffRoles.Administrator);
            Guid other = await server.AddPersonAsync(StaffRoles.Administrator);

            await Task.WhenAll(
                desk.SetActiveAsync(other, isActive: false, Of(one), CancellationToken.None),
                desk.SetActiveAsync(one, isActive: false, Of(other), CancellationToken.None));

            (await server.Postgres.ScalarAsync<long>("select count(*) from person where id in ($1, $2) and is_active", one, other)).Should().Be(1);
        }
    }

    [Theory]
    [InlineData(StaffRoles.Auditor)]
    [InlineData(StaffRoles.Operator)]
    public async Task Others_AreOfferedNoActAndRefusedEach(string role)
    {
        (HttpClient person, _) = await server.SignInAsync(role);
        (_, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        string page = await person.GetStringAsync("/");
        foreach (string act in new[] { "roles", "disable", "enable", "unlock", "end-sessions" })
        {
            using FormUrlEncodedContent content = new([new("__RequestVerificationToken", HouseFixture.TokenOf(page)), new("roles", StaffRoles.Administrator)]);
            (await person.PostAsync($"people/{id}/{act}", content)).StatusCode.Should().Be(HttpStatusCode.Forbidden, act);
        }

        (await person.GetAsync("people/invite")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await person.GetAsync($"people/{id}/link")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        if (role == StaffRoles.Auditor)
            (await HouseFixture.ParseAsync(await person.GetStringAsync($"people/{id}"))).QuerySelectorAll("main form").Should().BeEmpty();
    }

    [Fact]
    public async Task NewLink_EndsTheOldOneAndKeepsThePassword()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        (_, Guid id) = await server.SignInAsync(StaffRoles.Operator);
        string email = (await server.Postgres.ScalarAsync<string>("select email from person where id = $1", id))!;
        AccountLinks links = server.Services.GetRequiredService<AccountLinks>();
        string old = await links.CreateAsync(id, "test", CancellationToken.None);

        using HttpResponseMessage made = await ServerFixture.PostFormAsync(administrator, $"people/{id}/link", $"people/{id}/link", new() { ["_handler"] = "link" });
        string token = Link().Match(await made.Content.ReadAsStringAsync()).Groups[1].Value;

        (await links.FindAsync(old, CancellationToken.None)).Should().BeNull();
        (await links.FindAsync(token, CancellationToken.None)).Should().NotBeNull();
        (await SignInAsync(email, ServerFixture.Password)).StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Invitation_GoesOutByMailInHisLanguage_AndNoPageShowsItsLink()
    {
        (HttpClient administrator, Guid inviter) = await server.SignInAsync(StaffRoles.Administrator);
        string email = NewEmail();
        using HttpResponseMessage answer = await InviteAsync(administrator, "王磊", email, StaffRoles.Auditor, language: "zh-CN");
        string shown = Link().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        Guid mail = await server.Postgres.ScalarAsync<Guid>("select id from mail where recipient = $1", email);

        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail), "accepted");

        string path = (await server.Postgres.ScalarAsync<string>("select answer from outbox where id = $1", mail))!["written to ".Length..];
        JsonElement letter = MimeReading.Read([await File.ReadAllBytesAsync(path)])[0];
        letter.Text("subject").Should().Contain("账号邀请");
        letter.Header("content-language").Should().Be("zh-CN");
        letter.Text("text").Should().Contain($"/welcome/{shown}", "where mails stay in a folder, the administrator is shown the same link");
        letter.GetProperty("replyTo")[0].Text("address").Should().Be(await server.Postgres.ScalarAsync<string>("select email from person where id = $1", inviter), "a person reads the answers");
        (HttpClient auditor, _) = await server.SignInAsync(StaffRoles.Auditor);
        (await auditor.GetStringAsync($"mailbox/{mail}/html")).Should().Contain("https://link.invalid/hidden").And.NotContain("account.invalid");
        foreach (string page in new[] { $"mailbox/{mail}", $"mailbox/{mail}/html", $"api/mails/{mail}" })
            (await auditor.GetStringAsync(page)).Should().NotContain(shown, page).And.NotContain("/welcome/", page);
        (await server.Postgres.ScalarAsync<string>("select html || text || effect_key from mail where id = $1", mail)).Should().NotContain(shown);
    }

    [Fact]
    public async Task NewLink_ForSomebodyWithAPassword_IsAnotherLetter()
    {
        (HttpClient administrator, _) = await server.SignInAsync(StaffRoles.Administrator);
        (_, Guid id) = await server.SignInAsync(StaffRoles.Operator);

        (await ServerFixture.PostFormAsync(administrator, $"people/{id}/link", $"people/{id}/link", new() { ["_handler"] = "link" })).Dispose();

        (await server.Postgres.ScalarAsync<string>("select template from mail where person_id = $1", id)).Should().Be("new-password");
        (await server.Postgres.ScalarAsync<long>("select count(*) from mail m join account_link l on l.id = m.account_link_id where m.person_id = $1 and l.used_at is null", id)).Should().Be(1);
    }

    private static string NewEmail() => $"newcomer-{Interlocked.Increment(ref _newcomers)}@example.com";

    private static CurrentPerson Of(Guid id) => new(id, "Somebody", "somebody@example.com", [StaffRoles.Administrator], "en", "UTC");

    // What was typed and the token are the visitor's own.
    private static string Bare(string html) => Typed().Replace(html, "");

    private HttpClient Browser()
    {
        HttpClient client = server.Anonymous();
        client.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    private Task<HttpResponseMessage> SignInAsync(string email, string password) =>
        ServerFixture.PostFormAsync(Browser(), "sign-in", "sign-in", new() { ["email"] = email, ["password"] = password });

    private static Task<HttpResponseMessage> InviteAsync(HttpClient administrator, string name, string email, string role, string language = "en") =>
        ServerFixture.PostFormAsync(administrator, "people/invite", "people/invite", new()
        {
            ["_handler"] = "invite",
            ["name"] = name,
            ["email"] = email,
            ["roles"] = role,
            ["language"] = language,
            ["zone"] = "Europe/Berlin",
        });

    private static async Task<HttpResponseMessage> ActAsync(HttpClient administrator, Guid id, string act, params string[] roles)
    {
        string html = await administrator.GetStringAsync($"people/{id}");
        List<KeyValuePair<string, string>> fields = [new("__RequestVerificationToken", HouseFixture.TokenOf(html)), .. roles.Select(role => new KeyValuePair<string, string>("roles", role))];
        using FormUrlEncodedContent content = new(fields);
        return await administrator.PostAsync($"people/{id}/{act}", content);
    }

    [GeneratedRegex("/welcome/([A-Za-z0-9_.-]{60,})\"")]
    private static partial Regex Link();

    [GeneratedRegex("value=\"[^\"]*\"")]
    private static partial Regex Typed();

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["EngagementFlows:SignIn:AttemptsPerMinute"] = "10000" };
    }
}
