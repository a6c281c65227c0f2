using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Scripts;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

public sealed class When_an_engagement_goes_from_its_intake_to_delivery(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_pass_needs_and_plan_by_itself_with_each_mail_once_and_both_documents_signed()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync(), "client-intake", "needs-analysis", "plan-approval");
        (Person owner, Person li, Person clara) = (house.Staff["chen.jing"], house.Staff["li.wei"], house.Staff["clara.brandt"]);
        PlayedIntake engagement = await PlayedIntake.StartAsync(house);

        await engagement.AnswerAsync();
        await engagement.CompleteAsync(owner, "Complete");
        await engagement.CompleteAsync(li, "Approved");
        await engagement.SettleAsync();

        (await engagement.StageAsync()).Should().Be("needs", "the yes of the intake begins the needs analysis");
        await engagement.AnswerAsync(new() { ["answer"] = "accept" });
        await engagement.AnswerAsync(new() { ["better"] = "安静的办公环境。" });
        await house.PassAsync(TimeSpan.FromDays(14));
        await engagement.CompleteAsync("Write the needs down", owner, "Held", Needs("二层"));
        await engagement.AnswerAsync(new() { ["answer"] = "correct", ["remarks"] = "三层也包括在内。" });
        await engagement.CompleteAsync("Write the needs down", owner, "Done", Needs("二层和三层"));
        await engagement.AnswerAsync(new() { ["answer"] = "agree" });
        await engagement.SettleAsync();

        (await engagement.StageAsync()).Should().Be("planning", "the signed needs begin the plan");
        await engagement.CompleteAsync("Write the plan", owner, "Done", Plan());
        await engagement.CompleteAsync("Approve the plan", clara, "Returned", comment: "The build needs a month more.");
        await engagement.CompleteAsync("Approve the plan", li, "Approved");
        await engagement.CompleteAsync("Write the plan", owner, "Done", Plan("2027-07-31"));
        await engagement.CompleteAsync("Approve the plan", clara, "Approved");
        await engagement.CompleteAsync("Approve the plan", li, "Approved");
        await ApproveAsync(house, engagement);
        await engagement.SettleAsync();

        (await engagement.StageAsync()).Should().Be("delivery");
        await house.PassAsync(TimeSpan.FromDays(90));
        (await engagement.TemplatesAsync()).Should().Equal(
            "welcome", "ask", "confirm", "invitation", "meeting-reminder", "interview", "agreement", "agreement", "signed", "plan", "link-code", "approved");
        (await engagement.MailsAsync("staff")).Should().HaveCount(2 + 2 + 2 + 4 + 4, "each task tells its holder once, the meeting its two people, whom it reminds");
        IReadOnlyList<DocumentVersion> documents = await new ReadDocuments(house.Queries).OfEngagementAsync(engagement.EngagementId, default);
        documents.Select(version => (version.Kind, version.Number, version.State)).Should().Equal(
            ("needs", 2, DocumentState.Frozen), ("needs", 1, DocumentState.Replaced), ("plan", 2, DocumentState.Frozen), ("plan", 1, DocumentState.Replaced));
        documents.Where(version => version.State == DocumentState.Frozen).Should().OnlyContain(version => version.FrozenBy == "王芳");
        (await house.ViolationsAsync()).Should().BeEmpty();
    }

    private static async Task ApproveAsync(PlayedHouse house, PlayedIntake engagement)
    {
        Guid link = await engagement.LatestLinkAsync();
        PlainObject yes = new() { ["answer"] = "approve" };
        (await house.AnswerAsync(link, yes)).Prepared.Code.Should().Be(CodeVerdict.Missing, "whoever has the letter alone cannot bind the client");
        (await house.SendCodeAsync(link)).Should().Be(CodeOutcome.Sent);
        (PreparedLinkAnswer prepared, StimulusResult? result) = await house.AnswerAsync(link, yes, code: await house.LatestCodeAsync(link));
        prepared.Code.Should().Be(CodeVerdict.Right);
        result!.Kind.Should().Be(TransitionKind.Applied);
    }

    private static PlainObject Needs(string floors) => new()
    {
        ["summary"] = "六十人需要更安静的办公环境。",
        ["goals"] = new PlainList([new PlainObject { ["goal"] = "降低噪音", ["indicator"] = "工位处声级", ["target"] = "45 分贝以下", ["until"] = "2027-03-31" }]),
        ["scopeIn"] = new PlainList([new PlainObject { ["what"] = floors }]),
    };

    private static PlainObject Plan(string until = "2027-06-30") => new()
    {
        ["summary"] = "两层办公室的静音改造。",
        ["phases"] = new PlainList(
        [
            new PlainObject { ["title"] = "设计", ["architect"] = "li.wei@linden.example", ["from"] = "2027-01-04", ["until"] = "2027-03-31" },
            new PlainObject { ["title"] = "施工", ["architect"] = "clara.brandt@linden.example", ["from"] = "2027-04-01", ["until"] = until },
        ]),
        ["milestones"] = new PlainList([new PlainObject { ["title"] = "设计定稿", ["due"] = "2027-03-31" }]),
        ["deliverables"] = new PlainList([new PlainObject { ["title"] = "施工图" }]),
    };
}
