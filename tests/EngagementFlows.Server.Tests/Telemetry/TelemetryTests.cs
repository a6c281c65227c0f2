using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Server.Tests.Telemetry;

/// <summary>What the server tells about itself: enough to follow a flow, nothing that people wrote.</summary>
public sealed partial class TelemetryTests(ObservedHouseFixture house) : IClassFixture<ObservedHouseFixture>
{
    private const string Secret = "We sell the east wing in silence";

    [Fact]
    public async Task Trace_OfAnIntake_LeadsFromTheAnswerToTheMail()
    {
        (Guid instance, _) = await AnswerAsync();

        // A span is told when it ends: that of a sending after that of the mail server's part in it, that of a request after its answer.
        await Eventually.TrueAsync(() => Task.FromResult(house.SpansOf(instance).Count(span => span.OperationName == "dispatch") >= 2));
        IReadOnlyList<Activity> spans = house.SpansOf(instance);
        Activity start = spans.First(span => span.OperationName == "transition" && (string?)span.GetTagItem("engagementflows.stimulus") == "start");
        start.GetTagItem("engagementflows.definition.id").Should().Be("client-intake");
        Activity resume = spans.Single(span => span.OperationName == "transition" && (string?)span.GetTagItem("engagementflows.stimulus") == "resume");
        ActivityContext cause = resume.Links.Should().ContainSingle("the client's post caused it").Subject.Context;
        await Eventually.TrueAsync(() => Task.FromResult(house.Spans.Any(span => span.Context == cause)));
        house.Spans.Single(span => span.Context == cause).DisplayName.Should().Be("POST /c/form/{id:guid}");
        // The commit names the transitions in it.
        await Eventually.TrueAsync(() => Task.FromResult(house.Spans.Any(span => span.OperationName == "commit" && span.Links.Any(link => link.Context == resume.Context))));
        Activity dispatch = spans.First(span => span.OperationName == "dispatch");
        dispatch.GetTagItem("engagementflows.outcome").Should().Be("accepted");
        spans.Should().Contain(span => span.OperationName == "smtp" && span.ParentSpanId == dispatch.SpanId);
    }

    [Fact]
    public async Task Number_ThatWhoeverAskedIsTold_StandsInTheLog()
    {
        string page;
        await house.Postgres.ExecuteAsync("alter table definition_import rename to definition_import_away");
        try
        {
            using HttpResponseMessage failed = await house.Staff.GetAsync("/definitions/import");
            failed.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
            page = (await HouseFixture.ParseAsync(await failed.Content.ReadAsStringAsync())).Body!.TextContent;
        }
        finally
        {
            await house.Postgres.ExecuteAsync("alter table definition_import_away rename to definition_import");
        }

        string number = Number().Match(page).Value;
        number.Should().NotBeEmpty(page);
        house.Lines.Should().Contain(line => line.Contains("told the number " + number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LogsAndSpans_OfAnIntake_HoldNothingThatPeopleWroteAndNoWayIn()
    {
        (Guid instance, string token) = await AnswerAsync();
        (await SignInWronglyAsync("wrong.person@linden.example")).Should().Be(HttpStatusCode.UnprocessableEntity);
        await house.ReadAsync("/search?q=Nordhafen");
        await Eventually.TrueAsync(() => Task.FromResult(house.SpansOf(instance).Any(span => span.OperationName == "smtp")));

        List<string> secrets = [Secret, token, "wrong.person", "Nanjing Road", ServerFixture.KeyOf(StaffRoles.Administrator)];
        secrets.AddRange(await ListAsync("select name from client union select name from contact union select email from contact union select email from person union select subject from mail"));
        List<string> told = [.. house.Lines, .. house.Spans.Select(TextOf)];

        told.Should().HaveCountGreaterThan(100);
        house.Lines.Should().Contain(line => line.StartsWith("EngagementFlows.", StringComparison.Ordinal)).And.Contain(line => line.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));
        foreach (string secret in secrets.Where(secret => secret.Length > 3))
            told.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).Should().BeEmpty($"'{secret}' is nobody's business");
    }

    [Fact]
    public void Instruments_AreThoseThatTheGuideLists()
    {
        using QueueGauges gauges = new(new ReadQueues(house.Postgres.DataSource), TimeProvider.System);
        HashSet<string> declared = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == FlowsTelemetry.Name)
                    declared.Add(instrument.Name);
            },
        };
        // Its static instruments are declared when they are first used.
        FlowsTelemetry.Links.Enabled.Should().BeTrue();
        listener.Start();

        string guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "observe.md"));
        InstrumentName().Matches(guide).Select(match => match.Groups[1].Value).Distinct().Should().BeEquivalentTo(declared);
        foreach (string span in house.Spans.Select(span => span.OperationName).Distinct())
            guide.Should().Contain($"| `{span}` |");
    }

    [Fact]
    public async Task Prometheus_WithAnAdministratorsKey_GetsEveryMeasurement()
    {
        await AnswerAsync();

        string text = await house.Program(StaffRoles.Administrator).GetStringAsync("api/metrics");

        text.Should().MatchRegex("""engagementflows_transitions_total\{engagementflows_stimulus="start"\} [1-9]""")
            .And.MatchRegex("""engagementflows_links_total\{engagementflows_act="answered"\} [1-9]""")
            .And.MatchRegex("""engagementflows_queue_length\{engagementflows_queue="inbox.due"\} \d""")
            .And.MatchRegex("""engagementflows_commit_duration_seconds_bucket\{le="\+Inf"\} [1-9]""")
            .And.Contain("# TYPE engagementflows_commit_duration_seconds histogram")
            .And.Contain("http_server_request_duration_seconds_count");
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            line.Should().MatchRegex("""^(# (HELP|TYPE) [a-z_0-9]+ .*|[a-z_0-9]+(\{[a-z_0-9]+="[^"]*"(,[a-z_0-9]+="[^"]*")*\})? -?[0-9.E+\-]+)$""");
    }

    [Theory]
    [InlineData(StaffRoles.Operator)]
    [InlineData(StaffRoles.Auditor)]
    public async Task Prometheus_WithAnotherKey_IsForbidden(string role)
    {
        using HttpResponseMessage answer = await house.Program(role).GetAsync("api/metrics");

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private async Task<(Guid Instance, string Token)> AnswerAsync()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        using HttpResponseMessage sent = await HouseFixture.AnswerAsync(browser, form, html, goals: Secret);
        sent.StatusCode.Should().Be(HttpStatusCode.Found);
        return (await house.Postgres.ScalarAsync<Guid>("select instance_id from link where id = $1", link), address.Split('/')[^1]);
    }

    private async Task<HttpStatusCode> SignInWronglyAsync(string email)
    {
        HttpClient stranger = house.Anonymous();
        stranger.DefaultRequestHeaders.Add("Origin", house.Address.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage answer = await ServerFixture.PostFormAsync(stranger, "sign-in", "sign-in", new() { ["email"] = email, ["password"] = Secret });
        return answer.StatusCode;
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using NpgsqlCommand command = house.Postgres.DataSource.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> texts = [];
        while (await reader.ReadAsync())
            texts.Add(reader.GetString(0));
        return texts;
    }

    private static string TextOf(Activity span) =>
        $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))} {string.Join(' ', span.Events.Select(one => $"{one.Name} {string.Join(' ', one.Tags)}"))}";

    [GeneratedRegex(@"^\| `(engagementflows\.[a-z_.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex InstrumentName();

    [GeneratedRegex("[0-9a-f]{32}|[0-9A-Z]{13}:[0-9A-F]{8}")]
    private static partial Regex Number();
}
