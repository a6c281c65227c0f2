using EngagementFlows.Engagements.Tasks;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Tasks;

public sealed class ApprovalRuleTests
{
    [Theory]
    [InlineData("all", "A", 1, null)]
    [InlineData("all", "AA", 0, "Approved")]
    [InlineData("all", "AB", 1, null)]
    [InlineData("all", "ABA", 0, "Returned")]
    [InlineData("all", "AR", 1, "Rejected")]
    [InlineData("any", "A", 2, "Approved")]
    [InlineData("any", "B", 2, null)]
    [InlineData("any", "BR", 1, null)]
    [InlineData("any", "BBR", 0, "Rejected")]
    [InlineData("any", "BBB", 0, "Returned")]
    [InlineData("2", "AB", 1, null)]
    [InlineData("2", "ABA", 0, "Approved")]
    [InlineData("2", "BB", 1, "Returned")]
    [InlineData("2", "RB", 1, "Rejected")]
    public void Decide_Answers_GiveTheOutcome(string rule, string answers, int open, string? outcome) =>
        ApprovalRule.Parse(rule)!.Decide([.. answers.Select(NameOf)], open).Should().Be(outcome);

    [Fact]
    public void Decide_AnyOrderOfAnswers_EndsOnceAndApprovesOnlyWithEnough()
    {
        Gen<(int Asked, int? Needed, string Answers)> cases =
            from asked in Gen.Choose(1, 7)
            from needed in Gen.Choose(0, asked)
            from answers in Gen.Elements('A', 'B', 'R').ArrayOf(asked)
            select (asked, needed == 0 ? (int?)null : needed, new string(answers));

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            ApprovalRule rule = new(one.Needed);
            string? decided = null;
            for (int given = 1; given <= one.Asked && decided is null; given++)
            {
                decided = rule.Decide([.. one.Answers[..given].Select(NameOf)], one.Asked - given);
                if (decided == TaskOutcomes.Approved)
                    one.Answers[..given].Count(answer => answer == 'A').Should().BeGreaterOrEqualTo(one.Needed ?? one.Asked);
            }

            decided.Should().NotBeNull("everybody has answered");
            (decided == TaskOutcomes.Approved).Should().Be(one.Answers.Count(answer => answer == 'A') >= (one.Needed ?? one.Asked));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("most")]
    [InlineData("")]
    public void Parse_SomethingElse_IsNoRule(string text) => ApprovalRule.Parse(text).Should().BeNull();

    private static string NameOf(char answer) => answer switch
    {
        'A' => TaskOutcomes.Approved,
        'B' => TaskOutcomes.Returned,
        _ => TaskOutcomes.Rejected,
    };
}
