using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>The ways to mend an incident on its page: done once, audited, refused to whom the page is out of date.</summary>
public sealed class IncidentActTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private const string Activity = "Check";

    [Fact]
    public async Task Retry_WhileTheCauseIsThere_FailsAgainWithANewIncident()
    {
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (Guid instance, Guid incident) = await FailedAsync();

        string told = await ActAsync(person, incident, new() { ["act"] = "retry" });

        told.Should().Contain("tried again and failed again");
        (await server.Postgres.ScalarAsync<string>("select resolution from incident where id = $1", incident)).Should().Be("retried");
        (await server.Postgres.ScalarAsync<int>("select attempt from incident where instance_id = $1 and resolved_at is null", instance)).Should().Be(2);
    }

    [Fact]
    public async Task SetAndRetry_WithTheRightValue_GoesOnAndIsAudited()
    {
        (HttpClient person, Guid personId) = await server.SignInAsync(StaffRoles.Operator);
        (Guid instance, Guid incident) = await FailedAsync();

        string told = await ActAsync(person, incident, new() { ["act"] = "set", ["variable"] = "Ready", ["value"] = "true", ["reason"] = "The papers came by post." });

        told.Should().Contain("The incident is mended.");
        (await WaitsAsync(instance)).Should().Be("Wait");
        (await server.Postgres.ScalarAsync<int>("select open_incidents from instance where id = $1", instance)).Should().Be(0);
        (await server.Postgres.ScalarAsync<string>(
            "select concat_ws(': ', detail->>'variable', detail->>'reason') from audit where act = 'IncidentRetried' and subject = $1 and actor = $2", $"instance/{instance}", $"person:{personId:D}")).Should().Be("Ready: The papers came by post.");
        (await server.Postgres.ScalarAsync<string>("select resolution || ': ' || reason from incident where id = $1", incident)).Should().Be("retried: The papers came by post.");
        (await PageAsync(person, $"/incidents/{incident}")).QuerySelector(".facts")!.TextContent.Should().Contain("The papers came by post.");
        (await PageAsync(person, $"/incidents/{incident}")).QuerySelectorAll("form[action$='/act']").Should().BeEmpty("there is nothing left to mend");
        (await PageAsync(person, $"/instances/{instance}")).QuerySelector(".story")!.TextContent.Should().Contain("Variable set: Ready").And.Contain("tried again. The papers came by post.");
    }

    [Theory]
    [InlineData("Ready", "yes please", "Because.", "is not JSON")]
    [InlineData("Ready", "\"perhaps\"", "Because.", "Nothing was changed")]
    [InlineData("Unknown", "1", "Because.", "'Unknown' is not in scope")]
    [InlineData(" ", "1", "Because.", "name the variable")]
    [InlineData("Ready", "true", " ", "say why")]
    public async Task SetAndRetry_WithAValueThatCannotBe_ChangesNothingAndSaysWhy(string variable, string value, string reason, string expected)
    {
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (Guid instance, Guid incident) = await FailedAsync();

        string told = await ActAsync(person, incident, new() { ["act"] = "set", ["variable"] = variable, ["value"] = value, ["reason"] = reason });

        told.Should().Contain(expected);
        (await server.Postgres.ScalarAsync<int>("select open_incidents from instance where id = $1", instance)).Should().Be(1);
        (await AuditsAsync(instance)).Should().Be(0);
    }

    [Fact]
    public async Task Skip_WithAReason_GoesOnAndKeepsTheReason()
    {
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (Guid instance, Guid incident) = await FailedAsync();

        (await ActAsync(person, incident, new() { ["act"] = "skip", ["reason"] = " " })).Should().Contain("say why");
        (await AuditsAsync(instance)).Should().Be(0);
        (await ActAsync(person, incident, new() { ["act"] = "skip", ["reason"] = "Checked by hand." })).Should().Contain("The incident is mended.");

        (await WaitsAsync(instance)).Should().Be("Wait");
        (await server.Postgres.ScalarAsync<string>("select resolution || ': ' || reason from incident where id = $1", incident)).Should().Be("skipped: Checked by hand.");
        (await server.Postgres.ScalarAsync<string>("select detail->>'reason' from audit where act = 'IncidentSkipped' and subject = $1", $"instance/{instance}")).Should().Be("Checked by hand.");
    }

    [Fact]
    public async Task Cancel_WithAReason_EndsTheInstanceAndItsIncident()
    {
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (Guid instance, Guid incident) = await FailedAsync();

        (await ActAsync(person, incident, new() { ["act"] = "cancel", ["reason"] = "No longer wanted." })).Should().Contain("The instance is cancelled.");

        (await server.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("cancelled");
        (await server.Postgres.ScalarAsync<string>("select resolution from incident where id = $1", incident)).Should().Be("cancelled");
        (await ActAsync(person, incident, new() { ["act"] = "retry" }, page: "/incidents")).Should().Contain("mended in the meantime");
    }

    [Fact]
    public async Task Acts_OfTwoPeopleAtOnce_CountOnceAndTheSecondIsTold()
    {
        (HttpClient first, _) = await server.SignInAsync(StaffRoles.Operator);
        (HttpClient second, _) = await server.SignInAsync(StaffRoles.Administrator);
        (Guid instance, Guid incident) = await FailedAsync();

        string[] told = await Task.WhenAll(
            ActAsync(first, incident, new() { ["act"] = "skip", ["reason"] = "First." }),
            ActAsync(second, incident, new() { ["act"] = "set", ["variable"] = "Ready", ["value"] = "true", ["reason"] = "Second." }));

        told.Should().ContainSingle(text => text.Contains("The incident is mended."));
        told.Should().ContainSingle(text => text.Contains("Nothing was changed"));
        (await AuditsAsync(instance)).Should().Be(1);
        (await WaitsAsync(instance)).Should().Be("Wait");
        (await server.Postgres.ScalarAsync<long>("select count(*) from bookmark where instance_id = $1", instance)).Should().Be(1, "it went on once");
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("skip")]
    [InlineData("cancel")]
    public async Task Act_OnAPageThatIsOutOfDate_ChangesNothingAndSaysSo(string act)
    {
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (Guid instance, Guid incident) = await FailedAsync();
        string seen = (await PageAsync(person, $"/incidents/{incident}")).QuerySelector("input[name=revision]")!.GetAttribute("value")!;
        seen.Should().Be((await server.Postgres.ScalarAsync<long>("select revision from instance where id = $1", instance)).ToString());
        // Another branch of the instance goes on meanwhile.
        await server.Postgres.ExecuteAsync("update instance set revision = revision + 1 where id = $1", instance);

        string told = await ActAsync(person, incident, new() { ["act"] = act, ["reason"] = "Because.", ["revision"] = seen });

        told.Should().Contain("has gone on since you read the page");
        (await server.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("suspended");
        (await AuditsAsync(instance)).Should().Be(0);
    }

    [Theory]
    [InlineData(StaffRoles.Auditor)]
    [InlineData(StaffRoles.Architect)]
    public async Task Act_ByARoleThatMayNot_IsForbiddenAndNotOffered(string role)
    {
        (HttpClient person, _) = await server.SignInAsync(role);
        (Guid instance, Guid incident) = await FailedAsync();

        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(person, "/", $"/incidents/{incident}/act", new() { ["act"] = "retry" });

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await PageAsync(person, $"/incidents/{incident}")).QuerySelectorAll("form[action$='/act']").Should().BeEmpty();
        (await AuditsAsync(instance)).Should().Be(0);
    }

    private async Task<(Guid Instance, Guid Incident)> FailedAsync()
    {
        Guid instance = await server.StartAsync("mendable");
        return (instance, await server.Postgres.ScalarAsync<Guid>("select id from incident where instance_id = $1 and activity_id = $2 and resolved_at is null", instance, Activity));
    }

    // Acts and returns what the page that follows tells.
    private static async Task<string> ActAsync(HttpClient person, Guid incident, Dictionary<string, string> fields, string? page = null)
    {
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(person, page ?? $"/incidents/{incident}", $"/incidents/{incident}/act", fields);
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        return (await PageAsync(person, answer.Headers.Location!.OriginalString)).QuerySelector("main > [role=status]")!.TextContent;
    }

    private static async Task<IDocument> PageAsync(HttpClient person, string path) => await HouseFixture.ParseAsync(await person.GetStringAsync(path));

    private Task<string?> WaitsAsync(Guid instance) => server.Postgres.ScalarAsync<string>("select activity_id from bookmark where instance_id = $1", instance);

    private Task<long> AuditsAsync(Guid instance) =>
        server.Postgres.ScalarAsync<long>("select count(*) from audit where subject = $1 and act in ('IncidentRetried', 'IncidentSkipped', 'InstanceCancelled')", $"instance/{instance}");
}
