namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Members, calls and primary expressions (ECMA-262 §13.2, §13.3).</summary>
internal sealed partial class Parser
{
    private ExpressionSyntax ParseLeftHandSide()
    {
        int start = _token.Start;
        ExpressionSyntax expression = _token.IsKeyword("new") ? ParseNew() : _token.IsKeyword("super") ? ParseSuper() : ParsePrimary();
        if (IsArrow(expression))
            return expression;
        return ParseTail(start, expression, isNewCallee: false);
    }

    private ExpressionSyntax ParseTail(int start, ExpressionSyntax expression, bool isNewCallee)
    {
        bool inChain = false;
        int grown = 0;
        while (true)
        {
            int at = _token.Start;
            if (_token.Kind == TokenKind.Backtick)
            {
                if (inChain)
                    throw new SyntaxException("A template cannot follow '?.' in the same chain.", at);
                expression = ParseTemplate(expression);
            }
            else if (_token.Kind != TokenKind.Punctuator)
            {
                break;
            }
            else if (TryTake("?."))
            {
                if (isNewCallee)
                    throw new SyntaxException("'?.' cannot be used in the callee of 'new'.", at);
                inChain = true;
                expression = _token.Is("(") ? new CallSyntax(start, expression, ParseArguments(), isOptional: true)
                    : _token.Is("[") ? ParseIndex(start, expression, isOptional: true)
                    : ParseMemberName(start, expression, isOptional: true);
            }
            else if (TryTake("."))
            {
                expression = ParseMemberName(start, expression, isOptional: false);
            }
            else if (_token.Is("["))
            {
                expression = ParseIndex(start, expression, isOptional: false);
            }
            else if (_token.Is("(") && !isNewCallee)
            {
                expression = new CallSyntax(start, expression, ParseArguments(), isOptional: false);
            }
            else
            {
                break;
            }

            expression.End = _previousEnd;
            Descend();
            grown++;
        }

        _depth -= grown;
        return inChain ? new ChainSyntax(start, expression) { End = _previousEnd } : expression;
    }

    private MemberSyntax ParseMemberName(int start, ExpressionSyntax target, bool isOptional)
    {
        if (_token.Kind == TokenKind.PrivateName)
        {
            NameSyntax name = Refer(_token.Text, _token.Start);
            Next();
            return new MemberSyntax(start, target, isOptional) { PrivateName = name };
        }

        return new MemberSyntax(start, target, isOptional) { Name = TakePropertyWord() };
    }

    private string TakePropertyWord()
    {
        if (_token.Kind is not (TokenKind.Identifier or TokenKind.Keyword))
            throw Unexpected("a name");
        string name = _token.HasEscape ? string.Intern(_token.Text) : _token.Text;
        Next();
        return name;
    }

    private MemberSyntax ParseIndex(int start, ExpressionSyntax target, bool isOptional)
    {
        Take("[");
        ExpressionSyntax key = ParseWithIn(isSequence: true);
        Take("]");
        return key is LiteralSyntax { Value.IsString: true } literal && !PropertyKey.TryIndex(literal.Value.Text, out _)
            ? new MemberSyntax(start, target, isOptional) { Name = literal.Value.Text, Key = key }
            : new MemberSyntax(start, target, isOptional) { Key = key };
    }

    private List<ExpressionSyntax> ParseArguments()
    {
        Take("(");
        List<ExpressionSyntax> arguments = [];
        while (!TryTake(")"))
        {
            int start = _token.Start;
            arguments.Add(TryTake("...") ? new SpreadSyntax(start, ParseWithIn(isSequence: false)) { End = _previousEnd } : ParseWithIn(isSequence: false));
            if (!_token.Is(")"))
                Take(",");
        }

        return arguments;
    }

    private ExpressionSyntax ParseNew()
    {
        int start = _token.Start;
        Next();
        if (TryTake("."))
        {
            if (!_token.IsWord("target"))
                throw Unexpected("'target'");
            if (ThisFunction.Outer is null)
                Fault("'new.target' is allowed in functions only.", start);
            Next();
            return Refer("new.target", start);
        }

        int calleeStart = _token.Start;
        Descend();
        ExpressionSyntax callee = _token.IsKeyword("new") ? ParseNew() : _token.IsKeyword("super") ? ParseSuper() : ParsePrimary();
        if (_token.IsKeyword("import"))
            throw Unexpected();
        callee = ParseTail(calleeStart, callee, isNewCallee: true);
        Ascend();
        List<ExpressionSyntax> arguments = _token.Is("(") ? ParseArguments() : [];
        return new NewSyntax(start, callee, arguments) { End = _previousEnd };
    }

    private ExpressionSyntax ParseSuper()
    {
        int start = _token.Start;
        Next();
        FunctionInfo function = ThisFunction.Info;
        if (_token.Is("("))
        {
            if (function.Kind != FunctionKind.DerivedConstructor)
                Fault("'super(…)' is allowed in the constructor of a class with 'extends' only.", start);
            NameSyntax self = Refer("this", start);
            return new SuperCallSyntax(start, Refer("%func", start), self, Refer("new.target", start), ParseArguments()) { End = _previousEnd };
        }

        if (!function.HasHome)
            Fault("'super' is allowed in methods only.", start);
        NameSyntax home = Refer("%home", start);
        NameSyntax thisName = Refer("this", start);
        if (TryTake("."))
            return new SuperMemberSyntax(start, home, thisName) { Name = TakePropertyWord(), End = _previousEnd };
        Take("[");
        ExpressionSyntax key = ParseWithIn(isSequence: true);
        Take("]");
        return new SuperMemberSyntax(start, home, thisName) { Key = key, End = _previousEnd };
    }

    private ExpressionSyntax ParsePrimary()
    {
        int start = _token.Start;
        ExpressionSyntax expression = _token.Kind switch
        {
            TokenKind.Identifier => ParseName(),
            TokenKind.Keyword => ParseKeywordExpression(start),
            TokenKind.Number => TakeLiteral(_token.Number),
            TokenKind.String => TakeLiteral(_token.Text),
            TokenKind.Backtick => ParseTemplate(tag: null),
            TokenKind.BigInt => throw new SyntaxException("BigInt is not available in scripts: write the number without 'n'.", start),
            TokenKind.Punctuator when _token.Is("(") => ParseParenthesized(),
            TokenKind.Punctuator when _token.Is("[") => ParseArray(),
            TokenKind.Punctuator when _token.Is("{") => ParseObject(),
            TokenKind.Punctuator when _token.Is("/") || _token.Is("/=") => ParseRegularExpression(),
            _ => throw Unexpected(),
        };
        expression.End = _previousEnd;
        return expression;
    }

    private LiteralSyntax TakeLiteral(Value value)
    {
        LiteralSyntax literal = new(_token.Start, value);
        Next();
        return literal;
    }

    private ExpressionSyntax ParseName()
    {
        int start = _token.Start;
        if (_token.IsWord("async") && PeekToken() is { AfterLineTerminator: false } next && next.IsKeyword("function"))
        {
            Next();
            return ParseFunctionExpression(start, isAsync: true);
        }

        string name = _token.Text;
        if (Words.Reserved.Contains(name))
        {
            Fault(
                name == "await" ? "'await' is allowed in async functions only."
                    : name == "yield" ? "'yield' is allowed in generator functions only."
                    : $"'{name}' is a reserved word and cannot be a name.",
                start);
        }

        Next();
        return Refer(name, start);
    }

    private ExpressionSyntax ParseKeywordExpression(int start)
    {
        if (_token.HasEscape)
            throw new SyntaxException($"'{_token.Text}' is a reserved word and cannot hold escapes.", start);
        switch (_token.Text)
        {
            case "this":
                Next();
                return Refer("this", start);
            case "null": return TakeLiteral(Value.Null);
            case "true": return TakeLiteral(Value.True);
            case "false": return TakeLiteral(Value.False);
            case "function": return ParseFunctionExpression(start, isAsync: false);
            case "class": return ParseClassExpression();
            case "import": throw new SyntaxException("Modules are not available in scripts: 'import' cannot be used.", start);
            default: throw Unexpected();
        }
    }

    private RegularExpressionSyntax ParseRegularExpression()
    {
        int start = _token.Start;
        _lexer.ScanRegularExpression(start, out string pattern, out string flags);
        _token.End = _lexer.At;
        Next();
        if (RegularExpression.FaultOf(pattern, flags) is { } fault)
            Fault($"Invalid regular expression: /{pattern}/{flags}: {fault}", start);
        return new RegularExpressionSyntax(start, pattern, flags);
    }

    private TemplateSyntax ParseTemplate(ExpressionSyntax? tag)
    {
        int start = tag?.Start ?? _token.Start;
        List<string?> cooked = [];
        List<string> raw = [];
        List<ExpressionSyntax> parts = [];
        while (true)
        {
            bool goesOn = _lexer.ScanTemplate(out string? text, out string rawText, out SyntaxException? fault);
            if (fault is not null && tag is null)
                Fault(fault.Message, fault.Position);
            cooked.Add(text);
            raw.Add(rawText);
            _token.End = _lexer.At;
            Next();
            if (!goesOn)
                return new TemplateSyntax(start, cooked, raw, parts) { Tag = tag, End = _previousEnd };
            parts.Add(ParseWithIn(isSequence: true));
            if (!_token.Is("}"))
                throw Unexpected("'}'");
            _lexer.At = _token.End;
        }
    }
}
