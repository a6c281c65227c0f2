using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Tests.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Documents;

/// <summary>What people see of a version about which they are asked.</summary>
public sealed class DocumentPageTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task Link_OfACorrectedVersion_MarksWhatIsNewInWords()
    {
        Guid instance = await StartAsync("plan-approval", place: 1);
        await CompleteAsync(instance, "Done", Plan("Drawings"));
        (Guid li, Guid clara) = (await TaskOfAsync(instance, "li.wei@linden.example"), await TaskOfAsync(instance, "clara.brandt@linden.example"));
        IDocument first = await house.ReadAsync($"/inbox/{li}");
        await CompleteAsync(instance, "Returned", null, li, "A model too.");
        await CompleteAsync(instance, "Approved", null, clara);
        await CompleteAsync(instance, "Done", Plan("Drawings and a model", "<b>Garden</b>"));
        await CompleteAsync(instance, "Approved", null, await TaskOfAsync(instance, "li.wei@linden.example"));
        await CompleteAsync(instance, "Approved", null, await TaskOfAsync(instance, "clara.brandt@linden.example"));
        IDocument task = await house.ReadAsync($"/inbox/{await house.Postgres.ScalarAsync<Guid>("select id from task where instance_id = $1 order by id desc limit 1", instance)}");
        IDocument unseen = await OpenAsync(instance);
        await AskedBeforeAsync(instance, 1);
        IDocument second = await OpenAsync(instance);

        task.QuerySelector("main")!.TextContent.Should().Contain("differs from version 1", "staff know what they returned");
        unseen.QuerySelector(".document .form-hint")!.TextContent.Should().NotContainAny("differs from", "的不同之处");
        unseen.QuerySelectorAll(".document .answer-mark").Should().BeEmpty("the client was never shown the version that was returned inside");
        first.QuerySelector("main")!.TextContent.Should().Contain("Plan, version 1");
        first.QuerySelectorAll(".answer-mark").Should().BeEmpty("there was nothing before it");
        second.QuerySelector(".document h2")!.TextContent.Should().BeOneOf("Plan, version 2", "方案（第 2 版）");
        second.QuerySelector(".document .form-hint")!.TextContent.Should().ContainAny("differs from version 1", "与第 1 版的不同之处");
        second.QuerySelector(".document")!.TextContent.Should().Contain("Drawings").And.Contain("Drawings and a model").And.Contain("<b>Garden</b>");
        second.QuerySelectorAll(".document .answer-mark").Should().NotBeEmpty();
        second.QuerySelectorAll(".document b").Should().BeEmpty("what people write is text");
    }

    [Fact]
    public async Task Plan_IsReadWithNamesAndOnlyStaffSeeWhoDecided()
    {
        Guid instance = await StartAsync("plan-approval");
        await CompleteAsync(instance, "Done", Plan("Drawings"));
        (Guid li, Guid clara) = (await TaskOfAsync(instance, "li.wei@linden.example"), await TaskOfAsync(instance, "clara.brandt@linden.example"));
        await CompleteAsync(instance, "Approved", null, li);
        IDocument task = await house.ReadAsync($"/inbox/{clara}");
        await CompleteAsync(instance, "Approved", null, clara);
        IDocument client = await OpenAsync(instance);

        string seen = task.QuerySelector("main")!.TextContent;
        seen.Should().Contain("Plan, version 1").And.Contain("What was decided about it").And.Contain("李伟 · Approve");
        string told = client.QuerySelector(".document")!.TextContent;
        told.Should().Contain("李伟").And.Contain("Clara Brandt");
        client.DocumentElement.OuterHtml.Should().NotContain("li.wei@linden.example", "the client reads names, not addresses");
        told.Should().NotContainAny("What was decided", "对该版本的决定");
    }

    /// <summary>Makes the contact one who was asked about an older version by an earlier link.</summary>
    private async Task AskedBeforeAsync(Guid instance, int number)
    {
        Guid link = await LinkAsync(instance);
        await house.Postgres.ScalarAsync<Guid>(
            """
            insert into link (id, instance_id, bookmark_id, engagement_id, contact_id, definition_version_id, form_path, may_decline, state, issued_at, expires_at, closed_at, document_version_id)
            select gen_random_uuid(), l.instance_id, gen_random_uuid(), l.engagement_id, l.contact_id, l.definition_version_id, l.form_path, l.may_decline, 'ended', v.proposed_at, l.expires_at, l.issued_at, v.id
            from link l join document_version n on n.id = l.document_version_id join document_version v on v.engagement_id = n.engagement_id and v.kind = n.kind and v.number = $2
            where l.id = $1
            returning id
            """,
            link,
            number);
    }

    private static PlainObject Plan(params string[] deliverables) => new()
    {
        ["summary"] = "Two floors, made quiet.",
        ["phases"] = new PlainList([Phase("Design", "li.wei@linden.example"), Phase("Build", "clara.brandt@linden.example")]),
        ["milestones"] = new PlainList([new PlainObject { ["title"] = "Design approved", ["due"] = "2097-03-31" }]),
        ["deliverables"] = new PlainList(deliverables.Select(one => (object?)new PlainObject { ["title"] = one })),
    };

    private static PlainObject Phase(string title, string architect) => new() { ["title"] = title, ["architect"] = architect, ["from"] = "2097-01-04", ["until"] = "2097-03-31" };

    private async Task<Guid> StartAsync(string process, int place = 0)
    {
        DateTimeOffset now = house.Services.GetRequiredService<DatabaseClock>().Now;
        Guid instance = TimeOrderedId.Create(now);
        Guid engagement = await house.Postgres.ScalarAsync<Guid>("select e.id from engagement e join person p on p.id = e.owner_id where p.email = 'mia.novak@linden.example' order by e.id offset $1 limit 1", place);
        StimulusResult started = await Engine.Gateway.SubmitAsync(new StartRequested(instance, process) { CorrelationId = engagement.ToString("D") }, null, default);
        started.Kind.Should().Be(TransitionKind.Applied, started.Message);
        return instance;
    }

    private FlowsEngine Engine => house.Services.GetRequiredService<FlowsEngine>();

    private Task<Guid> LinkAsync(Guid instance) => house.Postgres.ScalarAsync<Guid>("select id from link where instance_id = $1 and state = 'open'", instance);

    private async Task<IDocument> OpenAsync(Guid instance)
    {
        (HttpClient browser, _, string html) = await house.OpenLinkAsync(house.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(await LinkAsync(instance)));
        browser.Dispose();
        return await HouseFixture.ParseAsync(html);
    }

    private Task<Guid> TaskOfAsync(Guid instance, string person) => house.Postgres.ScalarAsync<Guid>(
        "select t.id from task t join person p on p.id = t.assignee_person_id where t.instance_id = $1 and t.state = 'open' and p.email = $2", instance, person);

    private async Task CompleteAsync(Guid instance, string outcome, PlainObject? answers, Guid? task = null, string? comment = null)
    {
        Guid id = task ?? await house.Postgres.ScalarAsync<Guid>("select id from task where instance_id = $1 and state = 'open'", instance);
        Guid holder = await house.Postgres.ScalarAsync<Guid>("select assignee_person_id from task where id = $1", id);
        Person person = (await house.Services.GetRequiredService<ListStaff>().ExecuteAsync(default)).Single(one => one.Id == holder);
        PreparedTaskAnswer prepared = await house.Services.GetRequiredService<PrepareTaskAnswer>().ExecuteAsync(new(id, outcome, comment, answers), person, house.Services.GetRequiredService<DatabaseClock>().Now, default);
        prepared.Faults.Should().BeEmpty();
        (await Engine.Gateway.SubmitAsync(prepared.Stimulus!, prepared.Rider, default)).RefusedBy.Should().BeNull();
    }
}
