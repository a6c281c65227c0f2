using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Nodes;

namespace EngagementFlows.Scripts.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private static readonly Literal Nothing = new(null, 0);

    private ConditionNode ParseCondition(Segment tag, bool wanted, string endName)
    {
        List<ConditionBranch> branches = [];
        Expression? condition = TryHead(tag, markup => markup.ParseLogical()) ?? Nothing;
        bool isWanted = wanted;
        bool hasElse = false;
        for (; ; )
        {
            (Node[] body, Segment end) = ParseBlock(tag, ["elsif", "else", endName]);
            if (!hasElse || branches.All(branch => branch.Condition is not null))
                branches.Add(new ConditionBranch(condition, isWanted, body));
            if (end.Name == "elsif" && !hasElse)
            {
                condition = TryHead(end, markup => markup.ParseLogical()) ?? Nothing;
                isWanted = true;
            }
            else if (end.Name == "else" && !hasElse)
            {
                ExpectNothing(end);
                condition = null;
                hasElse = true;
            }
            else if (end.Name is "elsif" or "else")
                Report($"Tag '{end.Name}' comes after 'else', which is the last branch.", end.Position);
            else
                return new ConditionNode([.. branches], tag.Position);
        }
    }

    private CaseNode ParseCase(Segment tag)
    {
        Expression subject = TryHead(tag, markup => markup.ParseValue()) ?? Nothing;
        List<CaseBranch> branches = [];
        // What stands before the first 'when' is never rendered.
        (_, Segment end) = ParseBlock(tag, ["when", "else", "endcase"]);
        while (end.Name is "when" or "else")
        {
            Expression[]? values = null;
            if (end.Name == "when")
                values = TryHead(end, ParseWhen) ?? [];
            else
                ExpectNothing(end);
            (Node[] body, end) = ParseBlock(tag, ["when", "else", "endcase"]);
            branches.Add(new CaseBranch(values, body));
        }

        return new CaseNode(subject, [.. branches], tag.Position);
    }

    private static Expression[] ParseWhen(ExpressionParser markup)
    {
        List<Expression> values = [];
        do
        {
            values.Add(markup.ParseValue());
        }
        while (markup.Lexer.TryTake(",") || markup.Lexer.TryTakeName("or"));
        return [.. values];
    }

    private void ExpectNothing(Segment tag) => TryHead(tag, _ => "");
}
