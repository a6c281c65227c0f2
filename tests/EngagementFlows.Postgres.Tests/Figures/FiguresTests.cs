using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Engagements;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Figures;

/// <summary>Figures of rows that stand in the database, by both statements, and drawn by a flow into a document.</summary>
public sealed class FiguresTests(FiguresHouse filled) : IClassFixture<FiguresHouse>, IDisposable
{
    private const string Client = "C-1001";
    private static readonly DateTimeOffset Now = FiguresHouse.Now;
    private static readonly DateTimeOffset Since = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-figures-").FullName;
    private readonly PlayedHouse _house = filled.House;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OfAnEngagement_InAPeriod_CountsWhatEndedInItAndWhatIsOpenNow()
    {
        EngagementFigures figures = await AskAsync(null, Since);

        figures.Promises.Should().Be(new PromiseCount(Kept: 2, Broken: 1, Running: 2, Overdue: 1));
        figures.Questions.Should().Be(new QuestionCount(ToUs: 1, ToClient: 1));
        figures.Tasks.Should().Be(new TaskCount(InTime: 2, Late: 2, Open: 2, Overdue: 1));
        figures.Complaints.Should().Be(new ComplaintCount(Opened: 1, Closed: 1, Open: 1));
        figures.Changes.Should().Be(1);
        figures.Meetings.Should().Be(new MeetingCount(Held: 1, Missed: 1));
        figures.Satisfaction.Should().Be(new SatisfactionMean(4m, 2));
        figures.Milestones!.Select(one => one.Name).Should().Equal("Design", "Build");
        figures.Engagements.Should().BeNull();
    }

    [Fact]
    public async Task OfAnEngagement_WithoutAPeriod_BeginsWithTheEngagement()
    {
        EngagementFigures figures = await AskAsync(null, null);

        (figures.Promises.Kept, figures.Tasks.InTime, figures.Changes, figures.Meetings.Held).Should().Be((3, 3, 1, 2));
        figures.Since.Should().Be(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task OfAnotherEngagement_Counts_Nothing()
    {
        EngagementFigures figures = await AskAsync(null, Since, _house.Engagements["C-1002"].EngagementId);

        (figures.Promises, figures.Tasks, figures.Satisfaction).Should().Be((new PromiseCount(0, 0, 0, 0), new TaskCount(0, 0, 0, 0), new SatisfactionMean(null, 0)));
        figures.Milestones.Should().BeEmpty();
    }

    [Fact]
    public async Task OfThePeople_InAPeriod_CountsWhatIsTheirs()
    {
        EngagementFigures owner = await AskAsync(new(AssigneeKind.Owner, ""), Since);
        EngagementFigures architect = await AskAsync(new(AssigneeKind.Person, "LI.WEI@linden.example"), Since);

        // The clock of the open complaint is the architect's, who owns the case.
        owner.Promises.Should().Be(new PromiseCount(Kept: 2, Broken: 0, Running: 2, Overdue: 1));
        architect.Promises.Should().Be(new PromiseCount(Kept: 0, Broken: 1, Running: 0, Overdue: 0));
        owner.Tasks.Should().Be(new TaskCount(InTime: 2, Late: 1, Open: 2, Overdue: 1));
        architect.Tasks.Should().Be(new TaskCount(InTime: 0, Late: 1, Open: 0, Overdue: 0));
        architect.Complaints.Should().Be(new ComplaintCount(Opened: 1, Closed: 0, Open: 1));
        owner.Complaints.Should().Be(new ComplaintCount(Opened: 0, Closed: 1, Open: 0));
        owner.Meetings.Should().Be(new MeetingCount(Held: 1, Missed: 1));
        architect.Meetings.Should().Be(new MeetingCount(Held: 0, Missed: 1), "he declined the other");
        owner.Satisfaction.Mean.Should().Be(4m);
        (owner.Milestones, owner.Questions, owner.Changes).Should().Be((null, null, null));
        owner.Engagements.Should().Be(await ScalarAsync<long>("select count(*) from engagement where owner_id = (select owner_id from engagement where id = $1)"));
    }

    [Fact]
    public async Task OfAPersonWhoIsNotHere_IsUnanswerable()
    {
        Dictionary<Question, object?> answers = await AnswersAsync(new FiguresAsked(_house.Engagements[Client].EngagementId, new(AssigneeKind.Person, "nobody@linden.example"), null, Now));

        answers.Values.Single().Should().BeOfType<Unanswerable>().Which.Reason.Should().Contain("nobody@linden.example");
    }

    [Fact]
    public async Task SeveralQuestions_AtOnce_HaveTheirOwnAnswers()
    {
        Guid one = _house.Engagements[Client].EngagementId;
        FiguresAsked[] asked = [new(one, null, Since, Now), new(one, null, null, Now), new(_house.Engagements["C-1002"].EngagementId, null, Since, Now), new(one, new(AssigneeKind.Owner, ""), null, Now), new(Guid.Empty, null, null, Now)];

        Dictionary<Question, object?> answers = await AnswersAsync(asked);

        asked.Take(4).Select(question => ((EngagementFigures)answers[question]!).Promises.Kept).Should().Equal(2, 3, 0, 3);
        answers[asked[4]].Should().BeOfType<Unanswerable>();
    }

    [Fact]
    public async Task Draw_ByAFlow_MakesAVersionThatALinkShows()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "review")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "review.json"),
            """
            { "definitionId": "review", "id": "review-v1", "name": "review", "version": 1,
              "variables": [ { "id": "Content", "name": "Content", "typeName": "Object" }, { "id": "Text", "name": "Text", "typeName": "String" }, { "id": "Version", "name": "Version", "typeName": "String" } ],
              "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [
                { "id": "Draw", "type": "EngagementFlows.DrawFigures", "since": { "typeName": "Object", "expression": { "type": "Literal", "value": "2026-03-01" } },
                  "content": { "typeName": "Object", "memoryReference": { "id": "Content" } }, "text": { "typeName": "String", "memoryReference": { "id": "Text" } } },
                { "id": "Propose", "type": "EngagementFlows.ProposeVersion", "kind": { "typeName": "String", "expression": { "type": "Literal", "value": "figures" } },
                  "form": { "typeName": "String", "expression": { "type": "Literal", "value": "built-in/figures.json" } },
                  "content": { "typeName": "Object", "expression": { "type": "Variable", "value": { "id": "Content", "name": "Content" } } }, "version": { "typeName": "String", "memoryReference": { "id": "Version" } } },
                { "id": "Look", "type": "EngagementFlows.AssignTask", "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Look at the figures" } },
                  "instructions": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "Text", "name": "Text" } } },
                  "document": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "Version", "name": "Version" } } } } ] } }
            """);
        await _house.PublishAsync(folder);

        Guid instance = await _house.StartAsync("review", "C-1003");

        (await ScalarAsync<string?>("select string_agg(message, ' ') from incident where instance_id = $1", instance)).Should().BeNull();
        string task = await ScalarAsync<string>("select instructions_en from task where instance_id = $1", instance);
        task.Should().Contain("Promises kept: 0").And.Contain("Period: Sun 1 Mar 2026 – Tue 31 Mar 2026");
        Guid version = await ScalarAsync<Guid>("select document_version_id from task where instance_id = $1", instance);
        (await new ReadForms(_house.Queries, new ListAnswers(_house.Queries)).ForReadingAsync("review-v1", "built-in/figures.json", default)).Questions.Should().NotBeEmpty("pages read the version by it");
        (await new ReadDocuments(_house.Queries).FindAsync(version, default)).Should().Match<EngagementFlows.Engagements.Documents.DocumentVersion>(
            one => one.Kind == "figures" && one.FormPath == "built-in/figures.json" && one.Content.Contains("\"figure\": \"promisesKept\""));
    }

    private async Task<EngagementFigures> AskAsync(AssigneeExpression? person, DateTimeOffset? since, Guid? engagement = null) =>
        (EngagementFigures)(await AnswersAsync(new FiguresAsked(engagement ?? _house.Engagements[Client].EngagementId, person, since, Now))).Values.Single()!;

    private async Task<Dictionary<Question, object?>> AnswersAsync(params FiguresAsked[] questions)
    {
        await using NpgsqlConnection connection = await _house.Queries.OpenConnectionAsync();
        return new(await new EngagementStore(_house.Settings, TimeZoneInfo.Utc).AnswerAsync(connection, questions, Now, default));
    }

    private async Task<T> ScalarAsync<T>(string sql, Guid? id = null)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id ?? _house.Engagements[Client].EngagementId });
        return await command.ExecuteScalarAsync() is T value ? value : default!;
    }
}
