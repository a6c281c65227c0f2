using EngagementFlows.Engagements.Forms;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Scripts;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Forms;

/// <summary>What a flow puts into a form before it is opened, and rows of answers in the store.</summary>
public sealed class PrefillTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private const string Goals = """
        { "title": "1", "elements": [
          { "type": "text", "name": "project", "title": "1" },
          { "type": "paneldynamic", "name": "goals", "title": "1", "templateElements": [ { "type": "text", "name": "goal", "title": "1" }, { "type": "text", "inputType": "number", "name": "weight", "title": "1" } ] } ] }
        """;

    private const string Hostile = "=cmd|' /C calc'!A0 <script>alert('x')</script> {{ Link }} \u202e\"; drop table link; --";

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-prefill-").FullName;
    private PlayedHouse _house = null!;

    public async Task InitializeAsync() => _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Link_BeginsWithWhatTheFlowGave_AlsoWhenItIsSentAnew()
    {
        await PublishAsync("AskClient", Goals, """{"project": "North", "goals": [{"goal": "light"}, {"goal": null}]}""");
        await StartAsync();
        Guid link = await ScalarAsync<Guid>("select id from link where state = 'open' and form_path = 'forms/f.json'");

        Guid anew = (await new SendLinkAnew(_house.Queries).ExecuteAsync(link, "test", "Test", _house.Clock.GetUtcNow(), default))!.Value;

        foreach (Guid one in new[] { link, anew })
            AnswerJson.Write(await new ReadPrefill(_house.Queries).ExecuteAsync(one, default)).Should().Be("""{"goals":[{"goal":"light"},{}],"project":"North"}""");
        (await new ReadPrefill(_house.Queries).ExecuteAsync(Guid.Empty, default)).Count.Should().Be(0);
    }

    [Fact]
    public async Task Task_BeginsWithWhatTheFlowGave()
    {
        await PublishAsync("AssignTask", Goals, """{"project": "North"}""");
        await StartAsync();

        (await new ReadPrefill(_house.Queries).ExecuteAsync(await ScalarAsync<Guid>("select id from task"), default))["project"].Should().Be("North");
    }

    [Theory]
    [InlineData("AskClient")]
    [InlineData("AssignTask")]
    [InlineData("RequestApproval")]
    public async Task Prefill_NameThatTheFormDoesNotAsk_IsAnIncidentThatSaysWhich(string activity)
    {
        await PublishAsync(activity, Goals, """{"goals": [{"gaol": "light"}]}""");
        await StartAsync();

        string message = await ScalarAsync<string>("select message from incident");
        message.Should().Contain("forms/f.json").And.Contain("'goals.0.gaol'").And.Contain("goals.0.goal").And.Contain("retry");
        (await ScalarAsync<long>("select count(*) from link where form_path = 'forms/f.json'")).Should().Be(0);
        (await ScalarAsync<long>("select count(*) from task")).Should().Be(0);
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("{}", "cannot be used")]
    [InlineData("""{ "title": "1", "elements": [ { "type": "dropdown", "name": "who", "title": "1", "efChoices": "staff" } ] }""", "clients do not see who works here")]
    public async Task Link_WhoseFormAClientCannotBeShown_IsAnIncidentBeforeAnybodyIsAsked(string form, string words)
    {
        await PublishAsync("AskClient", form, null);
        await StartAsync();

        (await ScalarAsync<string>("select message from incident")).Should().Contain(words);
        (await ScalarAsync<long>("select count(*) from mail")).Should().Be(0);
    }

    [Fact]
    public async Task Answer_OfRows_IsStoredWholeAndTypedRowByRow()
    {
        await PublishAsync("AskClient", Goals, null);
        await StartAsync();
        Guid link = await ScalarAsync<Guid>("select id from link where form_path = 'forms/f.json'");
        PlainObject answers = new()
        {
            ["goals"] = new PlainList([new PlainObject { ["goal"] = Hostile, ["weight"] = "2.5" }, new PlainObject(), new PlainObject { ["goal"] = "光", ["weight"] = 3L }]),
        };

        (PreparedLinkAnswer prepared, _) = await _house.AnswerAsync(link, answers);

        prepared.Faults.Should().BeEmpty();
        (await ScalarAsync<string>("select string_agg(question || '|' || row_number || '|' || coalesce(text_value, number_value::text), E'\\n' order by ordinal) from form_answer_value"))
            .Should().Be($"goals.goal|1|{Hostile}\ngoals.weight|1|2.5\ngoals.goal|2|光\ngoals.weight|2|3");
        StoredAnswers stored = (await new ListAnswers(_house.Queries).ExecuteAsync(_house.Engagements.Values.First().EngagementId, default)).Single();
        ((PlainObject)((PlainList)stored.Answers["goals"]!)[0]!)["goal"].Should().Be(Hostile);
    }

    private Task<Guid> StartAsync() => _house.StartAsync("lists", _house.Engagements.Keys.First());

    private async Task PublishAsync(string activity, string form, string? prefill)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "lists")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "forms"));
        Directory.CreateDirectory(Path.Combine(folder, "mail"));
        await File.WriteAllTextAsync(Path.Combine(folder, "forms", "f.json"), form);
        foreach (string language in new[] { "en", "zh-CN" })
            await File.WriteAllTextAsync(Path.Combine(folder, "mail", $"ask.{language}.md"), "---\nsubject: A list\n---\n[Open the form]({{ Link }})\n");
        string inputs = string.Join(",", new[] { ("form", "forms/f.json"), ("mail", "ask"), ("title", "List"), ("titleZh", "列表"), ("prefill", prefill) }
            .Where(input => input.Item2 is not null && (activity == "AskClient" ? !input.Item1.StartsWith("title", StringComparison.Ordinal) : input.Item1 != "mail"))
            .Select(input => $"\"{input.Item1}\":" + """{"typeName":"String","expression":{"type":"Literal","value":$value}}""".Replace("$value", System.Text.Json.JsonSerializer.Serialize(input.Item2), StringComparison.Ordinal)));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "lists.json"),
            $$$"""{"id":"lists-1","definitionId":"lists","name":"lists","version":1,"isLatest":true,"isPublished":true,"variables":[],"root":{"id":"ask","type":"EngagementFlows.{{{activity}}}",{{{inputs}}}}}""");
        await _house.PublishAsync(folder);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
