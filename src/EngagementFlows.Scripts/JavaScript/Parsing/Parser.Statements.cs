namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Statements (ECMA-262 §14).</summary>
internal sealed partial class Parser
{
    private StatementSyntax ParseStatementListItem()
    {
        if (_token.Kind == TokenKind.Keyword)
        {
            switch (_token.Text)
            {
                case "class": return ParseClassDeclaration();
                case "const": return ParseVariableStatement(VariableKind.Const);
                case "function": return ParseFunctionDeclaration(isAsync: false);
            }
        }
        else if (_token.IsWord("let") && StartsLetDeclaration())
        {
            return ParseVariableStatement(VariableKind.Let);
        }
        else if (_token.IsWord("async") && PeekToken() is { AfterLineTerminator: false } next && next.IsKeyword("function"))
        {
            return ParseFunctionDeclaration(isAsync: true);
        }

        return ParseStatement();
    }

    private bool StartsLetDeclaration()
    {
        Token next = PeekToken();
        return next.Kind == TokenKind.Identifier || next.Is("[") || next.Is("{") || next.Kind == TokenKind.Keyword && !next.IsKeyword("in") && !next.IsKeyword("instanceof");
    }

    private StatementSyntax ParseStatement()
    {
        Descend();
        int start = _token.Start;
        int suspensions = Function.Suspensions;
        StatementSyntax statement = ParseStatementCore(start);
        statement.End = _previousEnd;
        statement.Suspends = Function.Suspensions != suspensions;
        Ascend();
        return statement;
    }

    private StatementSyntax ParseStatementCore(int start)
    {
        if (_token.Kind == TokenKind.Punctuator)
        {
            if (_token.Is("{"))
                return ParseBlock();
            if (TryTake(";"))
                return new EmptySyntax(start);
        }
        else if (_token.Kind == TokenKind.Keyword)
        {
            switch (_token.Text)
            {
                case "var": return ParseVariableStatement(VariableKind.Var);
                case "if": return ParseIf();
                case "for": return ParseFor();
                case "while": return ParseWhile();
                case "do": return ParseDoWhile();
                case "break": return ParseJump(isBreak: true);
                case "continue": return ParseJump(isBreak: false);
                case "return": return ParseReturn();
                case "switch": return ParseSwitch();
                case "throw": return ParseThrow();
                case "try": return ParseTry();
                case "debugger":
                    Next();
                    TakeSemicolon();
                    return new EmptySyntax(start);
                case "class" or "const" or "function":
                    throw new SyntaxException("A declaration cannot stand alone as the body of a statement; put it in a block.", start);
                case "with":
                    throw new SyntaxException("'with' is not available in strict code, and all scripts are strict.", start);
                case "import" or "export":
                    throw new SyntaxException("Modules are not available in scripts: 'import' and 'export' cannot be used.", start);
            }
        }
        else if (_token.Kind == TokenKind.Identifier)
        {
            Token next = PeekToken();
            if (next.Is(":"))
                return ParseLabeled();
            if (_token.IsWord("let") && next.Is("["))
                throw new SyntaxException("A declaration cannot stand alone as the body of a statement; put it in a block.", start);
            if (_token.IsWord("async") && next.IsKeyword("function") && !next.AfterLineTerminator)
                throw new SyntaxException("A declaration cannot stand alone as the body of a statement; put it in a block.", start);
        }

        ExpressionSyntax expression = ParseExpression();
        TakeSemicolon();
        return new ExpressionStatementSyntax(start, expression);
    }

    private BlockSyntax ParseBlock()
    {
        int start = _token.Start;
        Take("{");
        Scope scope = OpenScope(isFunction: false);
        int suspensions = Function.Suspensions;
        List<StatementSyntax> body = ParseStatementList();
        CloseScope(scope);
        return new BlockSyntax(start, scope, body) { End = _previousEnd, Suspends = Function.Suspensions != suspensions };
    }

    /// <summary>Parses statements up to and with the closing brace.</summary>
    private List<StatementSyntax> ParseStatementList()
    {
        List<StatementSyntax> body = [];
        while (!_token.Is("}"))
        {
            if (_token.Kind == TokenKind.End)
                throw Unexpected("'}'");
            if (_faults.Count >= MostFaults)
                throw Unexpected();
            ParseStatementInto(body);
        }

        Next();
        return body;
    }

    private VariablesSyntax ParseVariableStatement(VariableKind kind)
    {
        int start = _token.Start;
        int suspensions = Function.Suspensions;
        Next();
        List<DeclaratorSyntax> declarators = ParseDeclarators(kind, inFor: false);
        TakeSemicolon();
        return new VariablesSyntax(start, kind, declarators) { End = _previousEnd, Suspends = Function.Suspensions != suspensions };
    }

    private List<DeclaratorSyntax> ParseDeclarators(VariableKind kind, bool inFor)
    {
        List<DeclaratorSyntax> declarators = [];
        do
        {
            int start = _token.Start;
            ExpressionSyntax target = ParseBindingTarget();
            DeclarePattern(target, kind);
            ExpressionSyntax? value = TryTake("=") ? ParseAssignment() : null;
            bool isEach = inFor && declarators.Count == 0 && value is null && (_token.IsKeyword("in") || _token.IsWord("of"));
            if (value is null && !isEach)
            {
                if (kind == VariableKind.Const)
                    Fault("A const declaration needs a value.", start);
                else if (target is not NameSyntax)
                    Fault("A destructuring declaration needs a value.", start);
            }

            NameFunction(value, target);
            if (!isEach)
                MarkInitialized(target, _previousEnd);
            declarators.Add(new DeclaratorSyntax(target, value));
        }
        while (TryTake(","));
        return declarators;
    }

    private IfSyntax ParseIf()
    {
        int start = _token.Start;
        Next();
        ExpressionSyntax test = ParseInParentheses();
        StatementSyntax whenTrue = ParseStatement();
        StatementSyntax? whenFalse = TryTakeKeyword("else") ? ParseStatement() : null;
        return new IfSyntax(start, test, whenTrue, whenFalse);
    }

    private ExpressionSyntax ParseInParentheses()
    {
        Take("(");
        ExpressionSyntax expression = ParseExpression();
        Take(")");
        return expression;
    }

    private JumpSyntax ParseJump(bool isBreak)
    {
        int start = _token.Start;
        Next();
        string? name = null;
        if (_token.Kind == TokenKind.Identifier && !_token.AfterLineTerminator)
        {
            name = _token.Text;
            Next();
        }

        TakeSemicolon();
        Label? label = name is not null
            ? Function.Labels.FindLast(known => known.Name == name)
            : Function.Labels.FindLast(known => known.Name is null && (isBreak || known.LoopId >= 0));
        int id = isBreak ? label?.Id ?? -1 : label?.LoopId ?? -1;
        if (id < 0)
        {
            string word = isBreak ? "break" : "continue";
            Fault(name is null ? $"'{word}' stands outside of a loop." : $"'{word} {name}' names no label around it that it could go to.", start);
        }

        return new JumpSyntax(start, isBreak, id);
    }

    private ReturnSyntax ParseReturn()
    {
        int start = _token.Start;
        Next();
        if (Function.Info.IsClassInitializer)
            Fault("'return' is not allowed here.", start);
        ExpressionSyntax? value = null;
        if (!_token.Is(";") && !_token.Is("}") && _token.Kind != TokenKind.End && !_token.AfterLineTerminator)
            value = ParseExpression();
        TakeSemicolon();
        return new ReturnSyntax(start, value);
    }

    private ThrowSyntax ParseThrow()
    {
        int start = _token.Start;
        Next();
        if (_token.AfterLineTerminator)
            throw new SyntaxException("'throw' needs a value on its own line.", start);
        ExpressionSyntax value = ParseExpression();
        TakeSemicolon();
        return new ThrowSyntax(start, value);
    }

    private TrySyntax ParseTry()
    {
        int start = _token.Start;
        Next();
        BlockSyntax block = ParseBlock();
        Scope? scope = null;
        ExpressionSyntax? parameter = null;
        BlockSyntax? handler = null;
        if (TryTakeKeyword("catch"))
        {
            scope = OpenScope(isFunction: false);
            if (TryTake("("))
            {
                parameter = ParseBindingTarget();
                DeclarePattern(parameter, parameter is NameSyntax ? VariableKind.CatchParameter : VariableKind.Let, []);
                MarkInitialized(parameter, _previousEnd);
                Take(")");
            }

            handler = ParseBlock();
            foreach (Variable bound in scope.Variables)
            {
                if (handler.Scope.Find(bound.Name) is not null)
                    Fault($"Identifier '{bound.Name}' has already been declared.", handler.Start);
            }

            CloseScope(scope);
        }

        BlockSyntax? final = TryTakeKeyword("finally") ? ParseBlock() : null;
        if (handler is null && final is null)
            throw Unexpected("'catch' or 'finally'");
        return new TrySyntax(start, block, scope, parameter, handler, final);
    }
}
