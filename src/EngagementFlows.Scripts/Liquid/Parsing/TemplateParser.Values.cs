using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Nodes;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private AssignNode ParseAssign(Segment tag)
    {
        ExpressionParser markup = Markup(tag);
        string name = markup.Lexer.TakeName("a name after 'assign'");
        markup.Lexer.Expect("=", $"after 'assign {name}'");
        Expression value = markup.ParseFiltered();
        markup.Lexer.ExpectEnd("the value");
        // The name has its meaning after the tag only: {% assign a = a | upcase %} reads the given one.
        return new AssignNode(Bind(name, tag.To), value, tag.Position);
    }

    private CaptureNode ParseCapture(Segment tag)
    {
        string name = TryHead(tag, markup =>
            markup.Lexer.Current.Kind == TokenKind.Text ? markup.Lexer.Take().Text : markup.Lexer.TakeName("a name after 'capture'")) ?? "";
        (Node[] body, Segment end) = ParseBlock(tag, ["endcapture"]);
        return new CaptureNode(Bind(name, end.Position), body, tag.Position);
    }

    private CountNode ParseCount(Segment tag, bool isIncrement)
    {
        ExpressionParser markup = Markup(tag);
        string name = markup.Lexer.TakeName($"a name after '{tag.Name}'");
        markup.Lexer.ExpectEnd($"'{tag.Name} {name}'");
        return new CountNode(Bind(name, tag.To), isIncrement, tag.Position);
    }

    private PartialNode ParseRender(Segment tag)
    {
        ExpressionParser markup = Markup(tag);
        Lexer lexer = markup.Lexer;
        if (lexer.Current.Kind != TokenKind.Text)
            throw new SyntaxFault($"Expected the name of a partial in quotes after 'render', found {lexer.Current.Quoted}.", lexer.Current.Position);
        Token name = lexer.Take();
        TemplateUnit partial = _compilation.FindPartial(name.Text, _unit, tag.Position) ?? throw UnknownPartial(name);
        PartialNode.Subject? subject = ParseSubject(markup, name.Text, partial);
        List<PartialNode.Argument> arguments = [];
        while (lexer.Current.Kind != TokenKind.End)
        {
            if (lexer.TryTake(","))
                continue;
            string argument = lexer.TakeName("the name of an argument");
            lexer.Expect(":", $"after the argument's name '{argument}'");
            arguments.Add(new(partial.SlotOf(argument), markup.ParseValue()));
        }

        return new PartialNode(partial, [.. arguments], subject, tag.Position);
    }

    private static PartialNode.Subject? ParseSubject(ExpressionParser markup, string partialName, TemplateUnit partial)
    {
        // 'with' and 'for' may also be the name of an argument: then a colon follows.
        if (!(markup.Lexer.Current.IsName("with") || markup.Lexer.Current.IsName("for")) || markup.Lexer.IsFollowedBy(':'))
            return null;
        bool isEach = markup.Lexer.Take().Text == "for";
        Expression value = markup.ParseValue();
        string name = markup.Lexer.TryTakeName("as") ? markup.Lexer.TakeName("a name after 'as'") : partialName;
        return new PartialNode.Subject(value, name, partial.SlotOf(name), partial.SlotOf("forloop"), isEach);
    }

    private SyntaxFault UnknownPartial(Token name)
    {
        IEnumerable<string> known = _compilation.Options.Partials.Keys.Order(StringComparer.Ordinal);
        string names = string.Join(", ", known);
        return new SyntaxFault(
            $"Partial '{name.Text}' is not known.{NearestName.Suggest(name.Text, known)} {(names.Length == 0 ? "There are none." : $"There are: {names}.")}",
            name.Position);
    }
}
