using System.Globalization;
using System.Text.Json.Nodes;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Samples;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Server.Tests.Samples;

/// <summary>What a newcomer finds, whichever day it is.</summary>
public sealed class SampleMonthTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-month-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("2026-11-23T10:00:00Z")] // A Monday.
    [InlineData("2026-11-22T21:30:00Z")] // A Sunday, Monday already in the east.
    [InlineData("2026-12-31T23:30:00Z")] // The end of a year.
    [InlineData("2026-10-04T02:00:00Z")] // In the National Day week in China.
    [InlineData("2027-02-09T03:00:00Z")] // In the Spring Festival.
    public async Task Play_EndingOnAnyDay_LeavesEngagementsInEveryStageAndAllPromisesKept(string end)
    {
        DateTimeOffset now = DateTimeOffset.Parse(end, CultureInfo.InvariantCulture);
        string connection = await postgres.CreateAnotherDatabaseAsync();
        ServerOptions options = Options(connection);
        SampleMails mails = new(options);

        PlayedMonth month = await new SampleMonth(options, KeyFile.Open(options.KeyFile), new Uri("http://localhost:5000"), NullLoggerFactory.Instance).PlayAsync(connection, now, mails, default);

        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connection);
        month.LeftOut.Should().BeEmpty("the acts count by the calendars by which the processes count");
        (await ListAsync(database, "select distinct stage from engagement order by stage")).Should().Equal("delivery", "dormant", "intake", "needs", "planning", "rejected", "review");
        (await ListAsync(database, "select id::text from incident")).Should().BeEmpty("nothing goes wrong in the story");
        (await ListAsync(database, "select state || ' on rung ' || rung from engagement_case order by opened_at")).Should().Equal("closed on rung 0", "open on rung 1");
        (await ListAsync(database, "select is_kept::text from clock where name = 'answer' and is_kept is not null")).Should().Equal("true");
        await MeetingsAsync(database, now);
        await OpenMattersAsync(database);
        await MailsAsync(database, now, mails);
        IReadOnlyList<InvariantResult> results = await InvariantChecks.CountAsync(database, default);
        results.Where(result => result.Violations > 0 && !result.Invariant.IsWarning).Select(result => $"{result.Invariant.Name}: {result.Example}").Should().BeEmpty();
    }

    // The server that takes the database over has a sender for calls.
    [Fact]
    public async Task Play_AFlowCallsSomebody_Fails()
    {
        string connection = await postgres.CreateAnotherDatabaseAsync();
        ServerOptions options = Options(connection) with { WorkflowsFolder = CallingWorkflows() };
        SampleMonth month = new(options, KeyFile.Open(options.KeyFile), new Uri("http://localhost:5000"), NullLoggerFactory.Instance);

        Func<Task> play = () => month.PlayAsync(connection, DateTimeOffset.Parse("2026-11-23T10:00:00Z", CultureInfo.InvariantCulture), new SampleMails(options), default);

        (await play.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("http ");
    }

    [Fact]
    public async Task Publish_TheirMonthIsNotInTheDatabase_ThrowsThemAway()
    {
        string connection = await postgres.CreateAnotherDatabaseAsync();
        ServerOptions options = Options(connection);
        SampleMails mails = new(options);
        Directory.CreateDirectory(mails.Folder);
        await File.WriteAllTextAsync(Path.Combine(mails.Folder, "0197a000-0000-7000-8000-0000000000b1.eml"), "Subject: half a month");
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connection);

        await mails.PublishAsync(new GetMail(database), default);

        Directory.GetFileSystemEntries(options.Mail.Folder).Should().BeEmpty();
    }

    /// <summary>The product's flows, of which the intake also calls an address at its beginning, and a month in which one intake begins.</summary>
    private string CallingWorkflows()
    {
        string source = Path.Combine(Repository.Root, "workflows");
        string target = Path.Combine(_folder, "workflows");
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string intake = Path.Combine(target, "client-intake", "client-intake.json");
        JsonNode definition = JsonNode.Parse(File.ReadAllText(intake))!;
        definition["root"]!["activities"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "Call", "nodeId": "Root:Call", "name": "Call", "type": "Elsa.FlowSendHttpRequest", "version": 1, "url": { "typeName": "Uri", "expression": { "type": "Literal", "value": "http://127.0.0.1:9/order" } } }"""));
        definition["root"]!["connections"]!.AsArray().Add(JsonNode.Parse(
            """{ "source": { "activity": "Start", "port": "Done" }, "target": { "activity": "Call", "port": "In" }, "vertices": [] }"""));
        File.WriteAllText(intake, definition.ToJsonString());
        string month = Path.Combine(target, "samples", "month.json");
        JsonNode script = JsonNode.Parse(File.ReadAllText(month))!;
        script["stories"] = new JsonArray(script["stories"]![0]!.DeepClone());
        File.WriteAllText(month, script.ToJsonString());
        return target;
    }

    private static async Task MeetingsAsync(NpgsqlDataSource database, DateTimeOffset now)
    {
        string instant = now.ToString("O", CultureInfo.InvariantCulture);
        (await ListAsync(database, "select id::text from meeting where state = 'held'")).Should().HaveCountGreaterThan(7);
        (await ListAsync(database, $"select id::text from meeting where state = 'held' and ends_at > '{instant}'")).Should().BeEmpty();
        (await ListAsync(database, $"select id::text from meeting where state = 'planned' and starts_at > '{instant}'")).Should().HaveCountGreaterThan(1);
        (await ListAsync(database, "select m.state from meeting m join instance i on i.id = m.instance_id where i.definition_id = 'periodic-review' order by m.starts_at")).Should().Equal("held", "planned");
    }

    private static async Task OpenMattersAsync(NpgsqlDataSource database)
    {
        (await ListAsync(database, "select distinct title_en from task where state = 'open'")).Should().Contain(
            ["Approve the plan", "Check the client's brief", "Decide whether we take the project on", "Write the needs down", "Ask the neighbour about the yard"]);
        (await ListAsync(database, "select p.name from task t join person p on p.id = t.assignee_person_id where t.state = 'open' and t.title_en like 'Answer the complaint%'")).Should().Equal("Clara Brandt");
        (await ListAsync(database, "select distinct m.template from link l join mail m on m.link_id = l.id where l.state = 'open'")).Should().Contain(["ask", "invitation", "agreement", "plan", "change"]);
        (await ListAsync(database, "select name from milestone where reached_on is not null order by name collate \"C\"")).Should().Equal("Survey done", "方案定稿");
    }

    private static async Task MailsAsync(NpgsqlDataSource database, DateTimeOffset now, SampleMails mails)
    {
        string instant = now.ToString("O", CultureInfo.InvariantCulture);
        (await ListAsync(database, $"select m.template || ' ' || o.state from mail m join outbox o on o.id = m.id where (o.state = 'pending') = (o.due_at <= '{instant}') or o.state not in ('pending', 'accepted')"))
            .Should().BeEmpty("what was due is sent, and what comes is not");
        (await ListAsync(database, $"select m.template from mail m join outbox o on o.id = m.id where o.state = 'accepted' and (o.ended_at > '{instant}' or o.ended_at < o.due_at or o.ended_at > o.due_at + interval '1 minute')"))
            .Should().BeEmpty("each mail went out on its day");
        (await ListAsync(database, "select template from (select template, created_at, lag(created_at) over (order by sequence) as before from mail) m where before > created_at")).Should().BeEmpty("the mailbox is in order");
        (await ListAsync(database, "select id::text from outbox where state = 'accepted'")).Should().BeEquivalentTo(Directory.GetFiles(mails.Folder).Select(Path.GetFileNameWithoutExtension));
    }

    private static async Task<List<string>> ListAsync(NpgsqlDataSource database, string sql)
    {
        await using NpgsqlCommand command = database.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
            values.Add(reader.GetString(0));
        return values;
    }

    private ServerOptions Options(string connection) => SettingSources.Read(_folder, new Dictionary<string, string?>
    {
        ["ConnectionStrings:EngagementFlows"] = connection,
        ["EngagementFlows:DataFolder"] = _folder,
        ["EngagementFlows:WorkflowsFolder"] = Path.Combine(Repository.Root, "workflows"),
    });
}
