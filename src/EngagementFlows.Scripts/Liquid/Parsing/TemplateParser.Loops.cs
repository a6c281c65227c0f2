using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Nodes;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private ForNode ParseFor(Segment tag)
    {
        LoopHead head = TryHead(tag, markup => ParseLoop(markup, tag, takesColumns: false)) ?? LoopHead.Faulty;
        int item = Bind(head.Variable, tag.To);
        int loop = Bind("forloop", tag.To);
        (Node[] body, Segment end) = ParseBlock(tag, ["else", "endfor"]);
        Node[] otherwise = [];
        if (end.Name == "else")
        {
            ExpectNothing(end);
            (otherwise, _) = ParseBlock(tag, ["endfor"]);
        }

        return new ForNode(item, loop, head.Part, body, otherwise, tag.Position);
    }

    private TableRowNode ParseTableRow(Segment tag)
    {
        LoopHead head = TryHead(tag, markup => ParseLoop(markup, tag, takesColumns: true)) ?? LoopHead.Faulty;
        int item = Bind(head.Variable, tag.To);
        int loop = Bind("tablerowloop", tag.To);
        (Node[] body, _) = ParseBlock(tag, ["endtablerow"]);
        return new TableRowNode(item, loop, head.Part, head.Columns, body, tag.Position);
    }

    private LoopHead ParseLoop(ExpressionParser markup, Segment tag, bool takesColumns)
    {
        Lexer lexer = markup.Lexer;
        string variable = lexer.TakeName($"the loop's variable after '{tag.Name}'");
        if (!lexer.TryTakeName("in"))
            throw new SyntaxFault($"Expected 'in' after '{tag.Name} {variable}', found {lexer.Current.Quoted}.", lexer.Current.Position);
        int from = lexer.Current.Position;
        Expression collection = markup.ParseValue();
        string name = $"{variable}-{_text[from..lexer.Current.Position].Trim().TrimEnd(',')}";
        LoopHead head = new(variable, new LoopPart { Collection = collection, Name = name }, null);
        while (lexer.Current.Kind != TokenKind.End)
        {
            if (!lexer.TryTake(","))
                head = ParseModifier(markup, head, takesColumns);
        }

        return head;
    }

    private static LoopHead ParseModifier(ExpressionParser markup, LoopHead head, bool takesColumns)
    {
        int position = markup.Lexer.Current.Position;
        string modifier = markup.Lexer.TakeName("'limit', 'offset' or 'reversed'");
        if (modifier == "reversed")
            return head with { Part = head.Part with { IsReversed = true } };
        if (modifier is not ("limit" or "offset" or "cols") || (modifier == "cols" && !takesColumns))
            throw new SyntaxFault($"'{modifier}' is no modifier of a loop: write 'limit', 'offset'{(takesColumns ? ", 'cols'" : "")} or 'reversed'.", position);
        markup.Lexer.Expect(":", $"after '{modifier}'");
        if (modifier == "offset" && markup.Lexer.TryTakeName("continue"))
            return head with { Part = head.Part with { Continues = true } };
        Expression value = markup.ParseValue();
        return modifier switch
        {
            "limit" => head with { Part = head.Part with { Limit = value } },
            "offset" => head with { Part = head.Part with { Offset = value } },
            _ => head with { Columns = value },
        };
    }

    private FlowNode ParseFlow(Segment tag, Flow flow)
    {
        ExpectNothing(tag);
        return new FlowNode(flow, tag.Position);
    }

    private CycleNode ParseCycle(Segment tag)
    {
        ExpressionParser markup = Markup(tag);
        int from = markup.Lexer.Current.Position;
        Expression first = markup.ParseValue();
        Expression? group = null;
        if (markup.Lexer.TryTake(":"))
        {
            group = first;
            from = markup.Lexer.Current.Position;
            first = markup.ParseValue();
        }

        List<Expression> values = [first];
        while (markup.Lexer.TryTake(","))
            values.Add(markup.ParseValue());
        markup.Lexer.ExpectEnd("the values of 'cycle'");
        return new CycleNode(group, [.. values], _text[from..tag.To].Trim(), tag.Position);
    }

    /// <summary>What stands between the name of a loop's tag and its end.</summary>
    private sealed record LoopHead(string Variable, LoopPart Part, Expression? Columns)
    {
        /// <summary>Stands for a head that could not be read; the template will not be rendered.</summary>
        public static readonly LoopHead Faulty = new("", new LoopPart { Collection = Nothing, Name = "" }, null);
    }
}
