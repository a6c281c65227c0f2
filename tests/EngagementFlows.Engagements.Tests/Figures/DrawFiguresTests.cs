using System.Globalization;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Figures;

public sealed class DrawFiguresTests
{
    private const string House = """
        { "milestones": [
            { "name": "Kick-off", "plannedOn": "2026-02-20", "reachedOn": "2026-02-19" },
            { "name": "Design", "plannedOn": "2026-02-27" },
            { "name": "Build", "plannedOn": "2026-04-30", "firstPlannedOn": "2026-04-15" } ],
          "figures": { "since": "2026-02-01", "promises": { "kept": 3, "broken": 1 }, "tasks": { "inTime": 2, "late": 2, "open": 1 }, "satisfaction": { "mean": 4.25, "answers": 4 }, "questions": { "toUs": 1, "toClient": 2 } } }
        """;

    [Fact]
    public void Execute_OfAnEngagement_TellsThemAsAnObject()
    {
        PlainObject figures = (PlainObject)Draw().Outputs!["figures"]!;

        PlainJson.Write(figures).Should().Contain("\"since\":\"2026-02-01\"").And.Contain("\"until\":\"2026-03-02\"")
            .And.Contain("\"promises\":{\"kept\":3,\"broken\":1,\"running\":0,\"overdue\":0,\"keptPercent\":75}")
            .And.Contain("\"questions\":{\"open\":3,\"toUs\":1,\"toClient\":2}")
            .And.Contain("\"satisfaction\":{\"mean\":4.2,\"answers\":4}")
            .And.Contain("\"inTime\":1,\"late\":0,\"ahead\":1,\"overdue\":1,\"moved\":1,\"next\":{");
        ((figures["milestones"] as PlainObject)!["next"] as PlainObject)!["name"].Should().Be("Build");
    }

    [Fact]
    public void Execute_ReachedBeforeThePeriod_IsListedButNotCounted()
    {
        PlainObject milestones = (PlainObject)((PlainObject)Draw(("since", "2026-02-20")).Outputs!["figures"]!)["milestones"]!;

        (milestones["inTime"], milestones["overdue"], ((PlainList)milestones["list"]!).Count).Should().Be((0L, 1L, 3));
    }

    [Fact]
    public void Execute_Text_HasALineForEachInBothLanguages()
    {
        ActivityResult result = Draw();

        string[] english = ((string)result.Outputs!["text"]!).Split('\n');
        string[] chinese = ((string)result.Outputs["textZh"]!).Split('\n');
        english.Should().HaveSameCount(chinese).And.Contain("Promises kept: 3").And.Contain("Milestone Build: Planned, Thu 30 Apr 2026").And.HaveElementAt(0, "Period: Sun 1 Feb 2026 – Mon 2 Mar 2026");
        chinese.Should().Contain("已守约的承诺：3").And.Contain("里程碑“Design”：已逾期，2026年2月27日（周五）").And.OnlyContain(line => line.Contains('：'));
    }

    [Fact]
    public void Execute_ForAClient_LeavesOutWhatIsOurOwnMatter()
    {
        ActivityResult result = Draw(("audience", "client"));

        ((string)result.Outputs!["text"]!).Should().Contain("Promises kept: 3").And.NotContain("Task");
        PlainJson.Write(result.Outputs["content"]).Should().Contain("milestonesInTime").And.NotContain("tasks").And.Contain("milestonesOverdue");
        ((PlainObject)result.Outputs["figures"]!).Select(member => member.Key).Should().Contain("tasks");
    }

    [Fact]
    public void Execute_OfAPerson_HasNoMilestonesAndCountsTheLastYear()
    {
        PlainObject figures = (PlainObject)Draw(("person", "li.wei@linden.example")).Outputs!["figures"]!;

        (figures["subject"], figures["engagements"], figures["milestones"]).Should().Be(("li.wei@linden.example", 1L, null));
        figures["since"].Should().Be("2026-02-01", "the case says since when");
    }

    [Theory]
    [InlineData("content", false)]
    [InlineData("content", true)]
    public void Execute_Content_FitsTheBuiltInFormAndIsReadInBothLanguages(string output, bool isForClient)
    {
        FormReading reading = FormReader.Read(System.Text.Encoding.UTF8.GetString(BuiltInForms.Find(BuiltInForms.Figures)!));
        FormDefinition form = reading.Form!;
        PlainObject content = (PlainObject)Draw(("audience", isForClient ? "client" : "internal")).Outputs![output]!;

        AnswerDocument document = AnswerDocument.Of(form, content);

        reading.Faults.Should().BeEmpty();
        form.Questions.Select(question => question.Name).Should().Contain(content.Select(member => member.Key));
        document.ToText("en").Should().Contain("- Promises kept\n  Figure: Promises kept\n  Number: 3\n").And.Contain("Satisfaction, 1 to 5\n  Number: 4.2").And.Contain("- Build").And.Contain("Standing: Late");
        document.ToText("zh-CN").Should().Contain("项目：已守约的承诺\n  数值：3\n").And.Contain("状态：已逾期");
        document.Parts.Should().OnlyContain(part => part.Columns.Count <= 4, "pages show that as tables");
        form.Questions.Single(question => question.Name == "figures").Group!.Questions[0].Choices.Select(choice => choice.Value)
            .Should().Contain(((PlainList)content["figures"]!).Cast<PlainObject>().Select(row => (string)row["figure"]!));
    }

    [Fact]
    public void Execute_Content_CanBeProposedAsAVersion()
    {
        PlainObject inputs = new() { ["kind"] = "figures", ["form"] = "built-in/figures.json", ["content"] = Draw().Outputs!["content"] };

        VersionProposed version = new ProposeVersion().Execute(new FakeContext(inputs)).Effects.OfType<VersionProposed>().Single();

        (version.Kind, version.FormPath).Should().Be(("figures", BuiltInForms.Figures));
    }

    [Theory]
    [InlineData("2026-01-01", "2025-12-31T16:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("3 months", "2025-12-01T16:00:00Z")]
    [InlineData("3个月", "2025-12-01T16:00:00Z")]
    [InlineData("2 weeks", "2026-02-15T16:00:00Z")]
    [InlineData("1年", "2025-03-01T16:00:00Z")]
    [InlineData("1 day", "2026-02-28T16:00:00Z")]
    [InlineData("90.00:00:00", "2025-12-02T09:00:00Z")]
    public void Read_APeriod_BeginsWithItsDay(string text, string since) =>
        FiguresPeriod.Read(text, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), FakeContext.Start).Should().Be(DateTimeOffset.Parse(since, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-03-03")]
    [InlineData("0 months")]
    [InlineData("-3.00:00:00")]
    [InlineData("1000 years")]
    [InlineData("10 working days")]
    [InlineData("lately")]
    public void Execute_APeriodThatCannotBeRead_SaysTheRule(string since)
    {
        Action draw = () => Draw(("since", since));

        draw.Should().Throw<ActivityFaultException>().WithMessage($"*'since' is '{since}'*3 months*");
    }

    [Theory]
    [InlineData("role:architect")]
    [InlineData("somebody")]
    public void Execute_APersonWhoIsNone_SaysTheRule(string person)
    {
        Action draw = () => Draw(("person", person));

        draw.Should().Throw<ActivityFaultException>().WithMessage("*'person'*mail address*");
    }

    private static ActivityResult Draw(params (string Name, object? Value)[] inputs)
    {
        PlainObject all = new();
        foreach ((string name, object? value) in inputs)
            all[name] = value;
        return new DrawFigures().Execute(new FakeContext(all) { House = new RehearsedHouse((PlainObject)PlainJson.Parse(House)!) });
    }
}
