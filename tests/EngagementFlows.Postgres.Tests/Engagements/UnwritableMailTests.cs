using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Engagements;

/// <summary>A mail that cannot be written is an incident on the activity that wants it, not the end of the commit; and each recipient has a row of his own.</summary>
public sealed class UnwritableMailTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-mails-").FullName;
    private PlayedHouse _house = null!;

    public async Task InitializeAsync() => _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Template_NameThatNobodyKnows_IsAnIncidentWithFileLineAndName()
    {
        await PublishAsync("notice", ClientMail("note"), ("mail/note.en.md", Letter("Dear {{ Contact.Nmae }},")), ("mail/note.zh-CN.md", Letter("{{ Contact.Nmae }}您好：")));

        Guid instance = await _house.StartAsync("notice", _house.Engagements.Keys.First());

        (string activity, string message, string type) = await IncidentAsync(instance);
        (activity, type).Should().Be(("letter", "EngagementFlows.SendClientMail"));
        message.Should().Contain("'note'").And.Contain("'notice'").And.MatchRegex(@"mail/note\.(en|zh-CN)\.md\(\d+\)").And.Contain("Nmae");
        (await CountAsync("mail")).Should().Be(0);
        (await CountAsync("outbox")).Should().Be(0);
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Template_Missing_IsAnIncidentThatNamesIt()
    {
        await PublishAsync("notice", ClientMail("note"));

        Guid instance = await _house.StartAsync("notice", _house.Engagements.Keys.First());

        (string activity, string message, _) = await IncidentAsync(instance);
        activity.Should().Be("letter");
        message.Should().Contain("'note'").And.Contain("mail/note.");
    }

    [Fact]
    public async Task Address_ThatIsNone_IsAnIncidentAndWhatWasBeforeItStands()
    {
        await PublishAsync("notice", Sequence(Email("good", "ann@client.example"), Email("bad", "ann at client.example")));

        Guid instance = await _house.StartAsync("notice", _house.Engagements.Keys.First());

        (string activity, string message, _) = await IncidentAsync(instance);
        activity.Should().Be("bad");
        message.Should().Contain("'ann at client.example' cannot be used as a mail address").And.Contain("Correct the address and retry");
        (await RecipientsAsync()).Should().Equal("ann@client.example");
    }

    [Fact]
    public async Task Incident_RetriedWithAnotherAddress_IsMended()
    {
        await PublishAsync("notice", Sequence(Email("bad", null)), variables: """[{"id":"v1","name":"To","typeName":"String","value":"nobody"}]""");
        Guid instance = await _house.StartAsync("notice", _house.Engagements.Keys.First());
        await using NpgsqlCommand find = _house.Queries.CreateCommand("select id from incident where instance_id = $1 and resolved_at is null");
        find.Parameters.Add(new() { Value = instance });
        Guid incident = (Guid)(await find.ExecuteScalarAsync())!;

        StimulusResult result = await _house.Engine.Gateway.SubmitAsync(new IncidentRetried(instance, incident, new() { ["To"] = "ann@client.example" }, "Ann"), null, default);

        result.Instance!.Status.Should().Be(InstanceStatus.Finished);
        (await RecipientsAsync()).Should().Equal("ann@client.example");
    }

    [Fact]
    public async Task Timer_ThatLeadsToABadMail_IsServedAndLeavesAnIncident()
    {
        await PublishAsync("notice", Sequence(Delay, Email("bad", "nobody")));
        Guid instance = await _house.StartAsync("notice", _house.Engagements.Keys.First());

        await _house.PassAsync(TimeSpan.FromHours(2));

        (await IncidentAsync(instance)).Activity.Should().Be("bad");
        (await CountAsync("inbox")).Should().Be(0, "the timer was served");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task TwoBadMailsInOneBurst_AreTwoIncidents()
    {
        await PublishAsync("notice", $$"""{"id":"both","type":"Elsa.Parallel","activities":[{{Email("one", "nobody")}},{{Email("two", "no one")}},{{Email("three", "ann@client.example")}}]}""");

        Guid instance = await _house.StartAsync("notice", _house.Engagements.Keys.First());

        (await _house.Engine.Gateway.SubmitAsync(new CancelRequested(instance, "test", "test"), null, default)).Kind.Should().Be(TransitionKind.Applied);
        (await CountAsync("incident")).Should().Be(2);
        (await RecipientsAsync()).Should().Equal("ann@client.example");
    }

    [Fact]
    public async Task SeveralRecipients_HaveARowAndAnEndingEach()
    {
        await PublishAsync("notice", Sequence(
            """{"id":"all","type":"Elsa.SendEmail","to":{"typeName":"String[]","expression":{"type":"Object","value":"[\"ann@client.example\",\"Bob@Client.example\"]"}},"cc":{"typeName":"String[]","expression":{"type":"Object","value":"[\"ANN@client.example\",\"carol@client.example\"]"}},"bcc":{"typeName":"String[]","expression":{"type":"Object","value":"[\"dan@client.example\"]"}},"subject":{"typeName":"String","expression":{"type":"Literal","value":"Hello"}},"body":{"typeName":"String","expression":{"type":"Literal","value":"<p>Hello</p>"}}}"""));

        await _house.StartAsync("notice", _house.Engagements.Keys.First());

        (await RecipientsAsync()).Should().Equal("Bob@client.example", "ann@client.example", "carol@client.example", "dan@client.example");
        (await CountAsync("outbox")).Should().Be(4);
        await using NpgsqlCommand heads = _house.Queries.CreateCommand("select count(distinct (to_emails, cc_emails)) from mail where not ('dan@client.example' = any(to_emails || cc_emails))");
        (await heads.ExecuteScalarAsync()).Should().Be(1L, "all see the same head, and nobody sees the blind copy");
        await using NpgsqlCommand keys = _house.Queries.CreateCommand("select string_agg(effect_key, ' ') from outbox");
        ((string)(await keys.ExecuteScalarAsync())!).Should().NotContain("@", "keys stand in logs");
    }

    private const string Delay = """{"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"01:00:00"}}}""";

    private static string ClientMail(string template) => Sequence(
        """{"id":"letter","type":"EngagementFlows.SendClientMail","template":{"typeName":"String","expression":{"type":"Literal","value":"$template"}}}""".Replace("$template", template, StringComparison.Ordinal));

    private static string Email(string id, string? to)
    {
        string addresses = to is null ? """{"type":"JavaScript","value":"[variables.To]"}""" : $$"""{"type":"Object","value":"[\"{{to}}\"]"}""";
        return """{"id":"$id","type":"Elsa.SendEmail","to":{"typeName":"String[]","expression":$to},"subject":{"typeName":"String","expression":{"type":"Literal","value":"Hello"}},"body":{"typeName":"String","expression":{"type":"Literal","value":"<p>Hello</p>"}}}"""
            .Replace("$id", id, StringComparison.Ordinal)
            .Replace("$to", addresses, StringComparison.Ordinal);
    }

    private static string Sequence(params string[] activities) => $$"""{"id":"all-of-it","type":"Elsa.Sequence","activities":[{{string.Join(",", activities)}}]}""";

    private static string Letter(string line) => $"---\nsubject: A note\n---\n{line}\n\nThis is a note.\n";

    private async Task PublishAsync(string definition, string root, (string Path, string Text) file, params (string Path, string Text)[] files)
    {
        foreach ((string path, string text) in files.Prepend(file))
        {
            string target = Path.Combine(_folder, definition, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllTextAsync(target, text);
        }

        await PublishAsync(definition, root);
    }

    private async Task PublishAsync(string definition, string root, string variables = "[]")
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, definition)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{definition}.json"),
            $$"""{"id":"{{definition}}-1","definitionId":"{{definition}}","name":"{{definition}}","version":1,"isLatest":true,"isPublished":true,"variables":{{variables}},"root":{{root}}}""");
        await _house.PublishAsync(folder);
    }

    private async Task<(string Activity, string Message, string Type)> IncidentAsync(Guid instance)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand("select activity_id, message, activity_type from incident where instance_id = $1");
        command.Parameters.Add(new() { Value = instance });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).Should().BeTrue("the failure is an incident");
        return (reader.GetString(0), reader.GetString(1), reader.GetString(2));
    }

    private async Task<long> CountAsync(string table)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<string>> RecipientsAsync()
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand("select recipient from mail order by recipient collate \"C\"");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> recipients = [];
        while (await reader.ReadAsync())
            recipients.Add(reader.GetString(0));
        return recipients;
    }
}
