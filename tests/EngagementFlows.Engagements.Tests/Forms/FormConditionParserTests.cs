using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Forms;

public sealed class FormConditionParserTests
{
    private static readonly PlainObject Answers = new()
    {
        ["kind"] = "office",
        ["budget"] = 120000L,
        ["rooms"] = new PlainList(["kitchen", "bath"]),
        ["heritage"] = true,
    };

    [Theory]
    [InlineData("{kind} = 'office'", true)]
    [InlineData("{kind} <> \"office\"", false)]
    [InlineData("{budget} >= 100000 and {budget} < 200000", true)]
    [InlineData("{budget} > 200000 or {heritage} = true", true)]
    [InlineData("not ({heritage} = true)", false)]
    [InlineData("!{missing} notempty", true)]
    [InlineData("{missing} empty", true)]
    [InlineData("{rooms} contains 'bath'", true)]
    [InlineData("{rooms} notcontains 'garage'", true)]
    [InlineData("{kind} anyof ['shop', 'office']", true)]
    [InlineData("{missing} > 5", false)]
    [InlineData("{kind} = 'shop' and {heritage} = true or {budget} = 120000", true)]
    public void Parse_SimpleCondition_HoldsAsSurveyJsSays(string text, bool holds) =>
        FormConditionParser.Parse(text).Holds(Answers).Should().Be(holds);

    [Theory]
    [InlineData("")]
    [InlineData("{kind}")]
    [InlineData("{kind} =")]
    [InlineData("kind = 1")]
    [InlineData("{kind = 1")]
    [InlineData("{kind} like 'x'")]
    [InlineData("{kind} = office")]
    [InlineData("({kind} = 'x'")]
    [InlineData("{kind} = 'x' {budget} = 1")]
    [InlineData("{kind} = iif(1)")]
    public void Parse_AnythingElse_IsRefused(string text)
    {
        Action parse = () => FormConditionParser.Parse(text);

        parse.Should().Throw<FormatException>();
    }

    [Fact]
    public void Parse_ThousandBrackets_IsRefusedWithoutOverflow()
    {
        Action parse = () => FormConditionParser.Parse(new string('(', 100_000));

        parse.Should().Throw<FormatException>().WithMessage("*nested*");
    }
}
