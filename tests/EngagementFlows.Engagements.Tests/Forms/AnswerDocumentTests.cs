using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Forms;

/// <summary>Answers as a document, with what became of earlier ones.</summary>
public sealed class AnswerDocumentTests
{
    private static readonly FormDefinition Form = MinutesForm.Read();

    [Fact]
    public void Of_Answers_SaysThemInBothLanguagesAndLeavesOutWhatIsMissing()
    {
        AnswerDocument document = AnswerDocument.Of(Form, new() { ["signed"] = true, ["actions"] = Rows(("Measure", "2026-03-03"), ("Draw", null)) });

        document.Parts.Select(part => part.Title.En).Should().Equal("Signed", "Actions");
        document.Parts[0].Line!.Text.ZhCn.Should().Be("是");
        document.Parts[1].Columns.Select(column => column.En).Should().Equal("What", "Date");
        document.Parts[1].Rows[0].Lines[1].Text.Should().BeEquivalentTo(new { En = "Tue 3 Mar 2026", ZhCn = "2026年3月3日（周二）" });
        document.Parts[1].Rows[1].Lines[1].Text.En.Should().BeEmpty();
        document.ToText("en").Should().Be("Signed: Yes\nActions:\n- Action 1: Measure\n  What: Measure\n  Date: Tue 3 Mar 2026\n- Action 2: Draw\n  What: Draw");
    }

    [Fact]
    public void Of_EarlierAnswers_MarksWhatWasAddedRemovedAndChanged()
    {
        PlainObject before = new() { ["signed"] = true, ["actions"] = Rows(("Measure", "2026-03-03"), ("Ask", null), ("Draw", "2026-04-01")), ["thanks"] = "a" };
        PlainObject now = new() { ["actions"] = Rows(("Measure", "2026-03-05"), ("Draw", "2026-04-01"), ("Build", null)), ["thanks"] = "b" };

        AnswerDocument document = AnswerDocument.Of(Form, now, before);

        document.Parts[0].Line.Should().BeEquivalentTo(new { Change = AnswerChange.Removed, Before = new { En = "Yes" } });
        document.Parts[1].Rows.Select(row => (row.Change, row.Title.En)).Should().Equal(
            (AnswerChange.Changed, "Action 1: Measure"), (AnswerChange.Removed, "Action 2: Ask"), (AnswerChange.None, "Action 2: Draw"), (AnswerChange.Added, "Action 3: Build"));
        document.Parts[1].Rows[0].Lines[1].Before!.En.Should().Be("Tue 3 Mar 2026");
        document.Parts[2].Line.Should().BeEquivalentTo(new { Change = AnswerChange.Changed, Text = new { En = "b" }, Before = new { En = "a" } });
        document.ToText("zh-CN").Should().Contain("- 第 2 项：Ask [已删除]").And.Contain("[新增]").And.Contain("修改前：a");
    }

    [Fact]
    public void Of_RowThatOnlyMoved_IsNeitherAddedNorRemoved() =>
        AnswerDocument.Of(Form, new() { ["actions"] = Rows(("B", null), ("C", null), ("A", null)) }, new() { ["actions"] = Rows(("A", null), ("B", null), ("C", null)) })
            .Parts.Single().Rows.Should().OnlyContain(row => row.Change == AnswerChange.None).And.HaveCount(3);

    [Fact]
    public void Of_SameAnswers_MarksNothing() => Prop.ForAll(MinutesForm.Rows.ToArbitrary(), rows =>
        AnswerDocument.Of(Form, new() { ["actions"] = rows }, new() { ["actions"] = rows }).Parts.SelectMany(part => part.Rows)
            .All(row => row.Change == AnswerChange.None && row.Lines.All(line => line.Change == AnswerChange.None))).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AnyTwoLists_ShowsEveryRowOnceAndLaterOnesInTheirOrder()
    {
        Gen<(PlainList Before, PlainList Now)> lists = from before in MinutesForm.Rows from now in MinutesForm.Rows select (before, now);

        Prop.ForAll(lists.ToArbitrary(), lists =>
        {
            List<(int? Before, int? Now)> pairs = RowMatching.Of(Form.Questions[1].Group!, [.. lists.Before.Cast<PlainObject>()], [.. lists.Now.Cast<PlainObject>()]);

            pairs.Select(pair => pair.Now).OfType<int>().Should().Equal(Enumerable.Range(0, lists.Now.Count));
            pairs.Select(pair => pair.Before).OfType<int>().Order().Should().Equal(Enumerable.Range(0, lists.Before.Count));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ToRecords_FormulasInRows_AreTextInATableFile()
    {
        string file = System.Text.Encoding.UTF8.GetString(CsvWriter.Write(AnswerDocument.Of(Form, new() { ["actions"] = Rows(("=1+1", "2026-03-03"), ("@SUM(A1)\nx", null)), ["thanks"] = "-2" }).ToRecords("en")));

        file.Split("\r\n").Should().Equal(
            "\uFEFFActions,Action 1: =1+1,What,'=1+1",
            "Actions,Action 1: =1+1,Date,Tue 3 Mar 2026",
            "Actions,Action 2: @SUM(A1) x,What,\"'@SUM(A1)\nx\"",
            "1,,,'-2",
            "");
    }

    private static PlainList Rows(params (string What, string? Due)[] rows) => new(rows.Select(row =>
    {
        PlainObject one = new() { ["what"] = row.What };
        if (row.Due is not null)
            one["due"] = row.Due;
        return (object?)one;
    }));
}
