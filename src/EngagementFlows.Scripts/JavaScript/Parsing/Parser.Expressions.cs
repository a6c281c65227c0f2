using System.Collections.Frozen;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Operators (ECMA-262 §13.5 to §13.16).</summary>
internal sealed partial class Parser
{
    private const int CoalescePrecedence = 1;
    private const int ExponentPrecedence = 12;

    private static readonly FrozenDictionary<string, int> s_precedence = new Dictionary<string, int>
    {
        ["??"] = 1,
        ["||"] = 2,
        ["&&"] = 3,
        ["|"] = 4,
        ["^"] = 5,
        ["&"] = 6,
        ["=="] = 7,
        ["!="] = 7,
        ["==="] = 7,
        ["!=="] = 7,
        ["<"] = 8,
        [">"] = 8,
        ["<="] = 8,
        [">="] = 8,
        ["instanceof"] = 8,
        ["in"] = 8,
        ["<<"] = 9,
        [">>"] = 9,
        [">>>"] = 9,
        ["+"] = 10,
        ["-"] = 10,
        ["*"] = 11,
        ["/"] = 11,
        ["%"] = 11,
        ["**"] = 12,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> s_assignments = new[]
    {
        "=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??=",
    }.ToFrozenSet();

    private bool _noIn;

    private ExpressionSyntax ParseExpression()
    {
        int start = _token.Start;
        ExpressionSyntax first = ParseAssignment();
        if (!_token.Is(","))
            return first;
        List<ExpressionSyntax> parts = [first];
        while (TryTake(","))
            parts.Add(ParseAssignment());
        return new SequenceSyntax(start, parts) { End = _previousEnd };
    }

    /// <summary>Parses with <c>in</c> allowed again, as inside brackets of any kind.</summary>
    private ExpressionSyntax ParseWithIn(bool isSequence)
    {
        bool outer = _noIn;
        _noIn = false;
        ExpressionSyntax expression = isSequence ? ParseExpression() : ParseAssignment();
        _noIn = outer;
        return expression;
    }

    private ExpressionSyntax ParseAssignment()
    {
        Descend();
        ExpressionSyntax expression = ParseAssignmentCore();
        expression.End = _previousEnd;
        Ascend();
        return expression;
    }

    private ExpressionSyntax ParseAssignmentCore()
    {
        int start = _token.Start;
        if (_token.Kind == TokenKind.Identifier)
        {
            if (Function.Info.IsGenerator && _token.Text == "yield")
                return ParseYield();
            if (_token.IsWord("async") && TryParseAsyncArrow() is { } arrow)
                return arrow;
            if (PeekToken() is { AfterLineTerminator: false } next && next.Is("=>"))
                return ParseSingleParameterArrow(start, start, isAsync: false);
        }

        ExpressionSyntax left = ParseConditional();
        if (IsArrow(left) || _token.Kind != TokenKind.Punctuator || !s_assignments.Contains(_token.Text))
            return left;
        string op = _token.Text;
        ExpressionSyntax target = op == "=" ? ToTarget(left) : ToSimpleTarget(left);
        Next();
        ExpressionSyntax value = ParseAssignment();
        if (op is "=" or "&&=" or "||=" or "??=" && !left.IsParenthesized)
            NameFunction(value, target);
        return new AssignSyntax(start, op, target, value);
    }

    private static bool IsArrow(ExpressionSyntax expression) => expression is FunctionSyntax { Info.Kind: FunctionKind.Arrow, IsParenthesized: false };

    private ExpressionSyntax ParseConditional()
    {
        int start = _token.Start;
        ExpressionSyntax test = ParseBinary(0);
        if (!_token.Is("?") || IsArrow(test))
            return test;
        Next();
        ExpressionSyntax whenTrue = ParseWithIn(isSequence: false);
        Take(":");
        return new ConditionalSyntax(start, test, whenTrue, ParseAssignment());
    }

    private ExpressionSyntax ParseBinary(int least)
    {
        int start = _token.Start;
        ExpressionSyntax left = _token.Kind == TokenKind.PrivateName ? ParsePrivateIn(start) : ParseUnary();
        int grown = 0;
        while (!IsArrow(left) && _token.Kind is TokenKind.Punctuator or TokenKind.Keyword
            && s_precedence.TryGetValue(_token.Text, out int precedence) && precedence > least && !(_noIn && _token.IsKeyword("in")))
        {
            string op = _token.Text;
            int at = _token.Start;
            Next();

            // Left-deep chains are as deep as they are long, so they count as nesting.
            Descend();
            grown++;
            ExpressionSyntax right = ParseBinary(precedence == ExponentPrecedence ? precedence - 1 : precedence);
            if (precedence == ExponentPrecedence && left is UnarySyntax or SuspendSyntax { Operator: "await" } && !left.IsParenthesized)
                Fault("A unary operator before '**' is ambiguous; use parentheses.", start);
            if (op is "??" && (IsLogical(left) || IsLogical(right)) || (op is "||" or "&&" && (IsCoalesce(left) || IsCoalesce(right))))
                Fault("'??' cannot be mixed with '&&' or '||' without parentheses.", at);
            left = new BinarySyntax(start, op, left, right) { End = _previousEnd };
        }

        _depth -= grown;
        return left;

        static bool IsLogical(ExpressionSyntax e) => e is BinarySyntax { Operator: "||" or "&&", IsParenthesized: false };

        static bool IsCoalesce(ExpressionSyntax e) => e is BinarySyntax { Operator: "??", IsParenthesized: false };
    }

    private PrivateInSyntax ParsePrivateIn(int start)
    {
        NameSyntax name = Refer(_token.Text, start);
        Next();
        if (!_token.IsKeyword("in") || _noIn)
            throw Unexpected("'in'");
        Next();
        return new PrivateInSyntax(start, name, ParseBinary(s_precedence["in"])) { End = _previousEnd };
    }

    private ExpressionSyntax ParseUnary()
    {
        int start = _token.Start;
        if (_token.Kind == TokenKind.Punctuator ? _token.Text is "!" or "-" or "+" or "~" : _token.Kind == TokenKind.Keyword && !_token.HasEscape && _token.Text is "typeof" or "void" or "delete")
        {
            string op = _token.Text;
            Next();
            Descend();
            ExpressionSyntax operand = ParseUnary();
            Ascend();
            if (op == "delete" && operand is NameSyntax { Name: not "this" })
                Fault("A variable cannot be deleted in strict code.", start);
            if (op == "delete" && (operand is MemberSyntax { PrivateName: not null } or ChainSyntax { Expression: MemberSyntax { PrivateName: not null } }))
                Fault("A private member cannot be deleted.", start);
            return new UnarySyntax(start, op, operand) { End = _previousEnd };
        }

        if (_token.Is("++") || _token.Is("--"))
        {
            string op = _token.Text;
            Next();
            Descend();
            ExpressionSyntax target = ToSimpleTarget(ParseUnary());
            Ascend();
            return new UpdateSyntax(start, op, isPrefix: true, target) { End = _previousEnd };
        }

        if (_token.IsWord("await") && Function.Info.IsAsync)
            return ParseAwait(start);
        ExpressionSyntax expression = ParseLeftHandSide();
        if ((_token.Is("++") || _token.Is("--")) && !_token.AfterLineTerminator)
        {
            expression = new UpdateSyntax(start, _token.Text, isPrefix: false, ToSimpleTarget(expression));
            Next();
            expression.End = _previousEnd;
        }

        return expression;
    }

    private SuspendSyntax ParseAwait(int start)
    {
        if (Function.Info.IsClassInitializer)
            Fault("'await' is not allowed here.", start);
        Next();
        Function.Suspensions++;
        Descend();
        ExpressionSyntax operand = ParseUnary();
        Ascend();
        return new SuspendSyntax(start, "await", operand) { End = _previousEnd };
    }

    private SuspendSyntax ParseYield()
    {
        int start = _token.Start;
        Next();
        Function.Suspensions++;
        if (!_token.AfterLineTerminator && TryTake("*"))
            return new SuspendSyntax(start, "yield*", ParseAssignment());
        bool isBare = _token.AfterLineTerminator || _token.Kind == TokenKind.End || _token.IsKeyword("in") || _token.IsWord("of")
            || (_token.Kind == TokenKind.Punctuator && _token.Text is ")" or "]" or "}" or "," or ";" or ":");
        return new SuspendSyntax(start, "yield", isBare ? null : ParseAssignment());
    }

    /// <summary>Gives an anonymous function the name of its target (ECMA-262 §8.4.5).</summary>
    private static void NameFunction(ExpressionSyntax? value, ExpressionSyntax target)
    {
        if (target is NameSyntax name)
            NameFunction(value, name.Name);
    }

    private static void NameFunction(ExpressionSyntax? value, string name)
    {
        if (value is FunctionSyntax { Info: { Name: "", BindsOwnName: false } } function)
            function.Info.Name = name;
        else if (value is ClassSyntax { Info.Name: null } type)
            type.Info.AssignedName = name;
    }
}
