using System.Runtime.CompilerServices;
using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Filters;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>Parses values: literals, names with members, ranges, conditions, filters.</summary>
internal sealed partial class ExpressionParser(Lexer lexer, TemplateUnit unit, TemplateCompilation compilation)
{
    private int _depth;

    public Lexer Lexer { get; } = lexer;

    /// <summary>Parses a value with its filters.</summary>
    public Expression ParseFiltered()
    {
        Expression input = ParseLogical();
        if (!Lexer.Current.Is("|"))
            return input;
        List<FilterCall> calls = [];
        while (Lexer.TryTake("|"))
            calls.Add(ParseFilter());
        return new FilterExpression(input, [.. calls], input.Position);
    }

    /// <summary>Parses a condition: comparisons with <c>and</c>, <c>or</c> and <c>not</c>.</summary>
    public Expression ParseLogical()
    {
        Expression first = ParseNot();
        if (!IsLogical(Lexer.Current))
            return first;
        List<Expression> operands = [first];
        List<bool> isAnd = [];
        while (IsLogical(Lexer.Current))
        {
            isAnd.Add(Lexer.Take().Text == "and");
            operands.Add(ParseNot());
        }

        return new LogicalExpression([.. operands], [.. isAnd], first.Position);
    }

    /// <summary>Parses one value without operators.</summary>
    public Expression ParseValue()
    {
        Token token = Lexer.Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                Lexer.Take();
                return new Literal(token.Text, token.Position);
            case TokenKind.Number:
                Lexer.Take();
                return new Literal(token.Number, token.Position);
            case TokenKind.Name:
                return ParseName();
            case TokenKind.Mark when token.Text == "(":
                return ParseRange();
            case TokenKind.Mark when token.Text == "[":
                return ParsePath(null, token.Position);
            default:
                throw new SyntaxFault($"Expected a value, found {token.Quoted}.", token.Position);
        }
    }

    private static bool IsLogical(Token token) => token.IsName("and") || token.IsName("or");

    private Expression ParseNot()
    {
        int position = Lexer.Current.Position;
        bool isNegated = false;
        bool hasNot = false;
        while (Lexer.Current.IsName("not"))
        {
            Lexer.Take();
            hasNot = true;
            isNegated = !isNegated;
        }

        Expression operand = ParseComparison();
        if (!hasNot)
            return operand;
        NotExpression negated = new(operand, position);
        return isNegated ? negated : new NotExpression(negated, position);
    }

    private Expression ParseComparison()
    {
        Expression left = ParseValue();
        if (ComparisonOf(Lexer.Current) is not { } comparison)
            return left;
        int position = Lexer.Take().Position;
        Expression right = ParseValue();
        if (ComparisonOf(Lexer.Current) is not null)
            throw new SyntaxFault($"Unexpected {Lexer.Current.Quoted}: comparisons cannot be chained; join two of them with 'and'.", Lexer.Current.Position);
        return new ComparisonExpression(left, comparison, right, position);
    }

    private static Comparison? ComparisonOf(Token token) => token switch
    {
        { Kind: TokenKind.Mark, Text: "==" } => Comparison.Equal,
        { Kind: TokenKind.Mark, Text: "!=" or "<>" } => Comparison.NotEqual,
        { Kind: TokenKind.Mark, Text: "<" } => Comparison.Less,
        { Kind: TokenKind.Mark, Text: "<=" } => Comparison.LessOrEqual,
        { Kind: TokenKind.Mark, Text: ">" } => Comparison.Greater,
        { Kind: TokenKind.Mark, Text: ">=" } => Comparison.GreaterOrEqual,
        { Kind: TokenKind.Name, Text: "contains" } => Comparison.Contains,
        _ => null,
    };

    private Expression ParseName()
    {
        Token token = Lexer.Take();
        bool hasMembers = Lexer.Current.Is(".") || Lexer.Current.Is("[");
        if (!hasMembers)
        {
            switch (token.Text)
            {
                case "true":
                    return new Literal(true, token.Position);
                case "false":
                    return new Literal(false, token.Position);
                case "nil" or "null":
                    return new Literal(null, token.Position);
                case "empty":
                    return new Literal(Emptiness.Empty, token.Position);
                case "blank":
                    return new Literal(Emptiness.Blank, token.Position);
            }
        }

        return ParsePath(token.Text, token.Position);
    }

    private Expression ParsePath(string? root, int position)
    {
        if (root is null)
        {
            // ["a name with blanks"] reads a name that cannot be written plainly.
            Lexer.Take();
            if (Lexer.Current.Kind != TokenKind.Text)
                throw new SyntaxFault($"Expected a name in quotes after '[', found {Lexer.Current.Quoted}.", Lexer.Current.Position);
            root = Lexer.Take().Text;
            Lexer.Expect("]", "after the name");
        }

        List<string> members = [root];
        bool isLiteral = true;
        Expression path = new NameExpression(root, unit.SlotOf(root), position);
        for (int count = 1; Lexer.Current.Is(".") || Lexer.Current.Is("["); count++)
        {
            // Evaluation goes down one level per member.
            CheckDepth(count, position);
            Expression member = ParseMember();
            isLiteral = isLiteral && member is Literal { Value: string };
            if (isLiteral)
                members.Add((string)((Literal)member).Value!);
            path = new MemberExpression(path, member, position);
        }

        compilation.NoteRead(unit, members, position);
        return path;
    }

    private Expression ParseMember()
    {
        if (Lexer.TryTake("."))
        {
            int position = Lexer.Current.Position;
            return new Literal(Lexer.TakeName("a member's name after '.'"), position);
        }

        Lexer.Take();
        Enter();
        Expression index = ParseValue();
        _depth--;
        Lexer.Expect("]", "after the index");
        return index;
    }

    private RangeExpression ParseRange()
    {
        int position = Lexer.Take().Position;
        Enter();
        Expression from = ParseValue();
        Lexer.Expect("..", "between the ends of a range; parentheses mean nothing else");
        Expression to = ParseValue();
        _depth--;
        Lexer.Expect(")", "after a range");
        return new RangeExpression(from, to, position);
    }

    private void Enter() => CheckDepth(++_depth, Lexer.Current.Position);

    private void CheckDepth(int depth, int position)
    {
        if (depth > compilation.Options.Limits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw compilation.TooDeep(unit, position);
    }
}
