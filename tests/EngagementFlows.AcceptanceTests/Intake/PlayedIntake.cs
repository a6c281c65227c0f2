using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Postgres.Timeline;
using EngagementFlows.Scripts;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

/// <summary>One intake in the sample firm: acts for the people in it and looks at what they see.</summary>
internal sealed class PlayedIntake(PlayedHouse house, Guid instance, ImportedEngagement engagement)
{
    public Guid InstanceId => instance;

    public Guid EngagementId => engagement.EngagementId;

    public static async Task<PlayedIntake> StartAsync(PlayedHouse house, string client = "C-1001", string process = "client-intake", PlainObject? input = null) =>
        new(house, await house.StartAsync(process, client, input), house.Engagements[client]);

    /// <summary>A whole and sensible answer to the intake form.</summary>
    public static PlainObject Brief() => new()
    {
        ["projectType"] = "interior",
        ["siteKnown"] = true,
        ["siteAddress"] = "上海市静安区南京西路 1 号",
        ["area"] = 420L,
        ["goals"] = "更明亮的办公环境，适合六十人协作。",
        ["priorities"] = new PlainList(["quality", "time"]),
        ["budget"] = "100k-500k",
        ["decisionMaker"] = "王芳，总经理",
    };

    public async Task<WorkflowInstance> InstanceAsync() => (await GetInstance.ExecuteAsync(house.Queries, instance, default))!;

    public async Task<string> StageAsync() => (await new GetEngagement(house.Queries).ExecuteAsync(EngagementId, default))!.Engagement.Stage;

    public async Task<IReadOnlyList<MailLine>> MailsAsync(string audience = "client", Person? viewer = null) =>
        [.. (await new ListMails(house.Queries).ExecuteAsync(new() { EngagementId = EngagementId, Audience = audience, Viewer = viewer?.Id }, null, 500, default)).Items.Reverse()];

    public async Task<IEnumerable<string?>> TemplatesAsync() => (await MailsAsync()).Select(mail => mail.Template);

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync() =>
        [.. (await new ReadTimeline(house.Queries).ExecuteAsync(engagement.ClientId, null, null, null, 500, default)).Items.Reverse()];

    /// <summary>Gives the task of that title its outcome.</summary>
    public async Task CompleteAsync(string title, Person person, string outcome, PlainObject? answers = null, string? comment = null)
    {
        TaskLine line = (await new ListTasks(house.Queries).ExecuteAsync(person, TaskState.Open, EngagementId, null, 10, default, person.Id)).Items.Should().ContainSingle(task => task.Title.En == title).Subject;
        (PreparedTaskAnswer prepared, StimulusResult? result) = await house.CompleteAsync(line.Id, person, outcome, comment, answers);
        prepared.Faults.Should().BeEmpty();
        prepared.Verdict.Should().Be(TaskVerdict.Allowed);
        Applied(result);
        await SettleAsync();
    }

    /// <summary>Lets what is due happen, such as a process that an event begins.</summary>
    public async Task SettleAsync()
    {
        await house.PassAsync(TimeSpan.Zero);
        await NoIncidentsAsync();
    }

    /// <summary>Returns the one open task of the engagement.</summary>
    public async Task<HumanTask> TaskAsync()
    {
        TaskLine line = (await new ListTasks(house.Queries).ExecuteAsync(null, TaskState.Open, EngagementId, null, 10, default)).Items.Should().ContainSingle().Subject;
        return await TaskAsync(line.Id);
    }

    public async Task<HumanTask> TaskAsync(Guid id) => (await new GetTask(house.Queries).ExecuteAsync(id, default))!.Task;

    /// <summary>Returns the link in the latest mail that holds one.</summary>
    public async Task<Guid> LatestLinkAsync()
    {
        foreach (MailLine mail in (await MailsAsync()).Reverse())
        {
            if ((await new GetMail(house.Queries).ExecuteAsync(mail.Id, default))!.LinkId is { } link)
                return link;
        }

        throw new InvalidOperationException("No mail to the client holds a link.");
    }

    public async Task<LinkDetail> LinkAsync(Guid id) => (await new FindLink(house.Queries).ExecuteAsync(id, default))!;

    public async Task AnswerAsync(PlainObject? answers = null)
    {
        (PreparedLinkAnswer prepared, StimulusResult? result) = await house.AnswerAsync(await LatestLinkAsync(), answers ?? Brief());
        prepared.Faults.Should().BeEmpty();
        Applied(result);
        await NoIncidentsAsync();
    }

    public async Task CompleteAsync(Person person, string outcome, string? comment = null)
    {
        (PreparedTaskAnswer prepared, StimulusResult? result) = await house.CompleteAsync((await TaskAsync()).Id, person, outcome, comment);
        prepared.Verdict.Should().Be(TaskVerdict.Allowed);
        Applied(result);
        await NoIncidentsAsync();
    }

    /// <summary>Checks that nothing failed and every promise of the store holds.</summary>
    public async Task NoIncidentsAsync()
    {
        (await InstanceAsync()).OpenIncidents.Should().Be(0);
        (await house.ViolationsAsync()).Should().BeEmpty();
    }

    private static void Applied(StimulusResult? result)
    {
        result.Should().NotBeNull();
        result!.RefusedBy.Should().BeNull();
        result.Kind.Should().Be(TransitionKind.Applied, result.Message);
    }
}
