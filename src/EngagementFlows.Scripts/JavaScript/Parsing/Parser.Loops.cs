namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Loops, switch and labels (ECMA-262 §14.7, §14.12, §14.13).</summary>
internal sealed partial class Parser
{
    private readonly List<Label> _pendingLabels = [];

    private LabeledSyntax ParseLabeled()
    {
        int start = _token.Start;
        string name = _token.Text;
        if (Words.Reserved.Contains(name))
            Fault($"'{name}' is a reserved word and cannot be a label.", start);
        Next();
        Take(":");
        if (Function.Labels.Exists(known => known.Name == name))
            Fault($"Label '{name}' has already been declared.", start);
        Label label = new(name, _labels++);
        Function.Labels.Add(label);
        _pendingLabels.Add(label);
        if (!_token.IsKeyword("for") && !_token.IsKeyword("while") && !_token.IsKeyword("do") && !(_token.Kind == TokenKind.Identifier && PeekToken().Is(":")))
            _pendingLabels.Clear();
        if (_token.IsKeyword("function") || _token.IsKeyword("class") || _token.IsKeyword("const"))
            throw new SyntaxException("A declaration cannot have a label.", _token.Start);
        StatementSyntax body = ParseStatement();
        Function.Labels.Remove(label);
        return new LabeledSyntax(start, label.Id, body);
    }

    /// <summary>Opens a loop or switch for <c>break</c> and <c>continue</c>; labels directly before it mean it, too.</summary>
    private Label OpenLoop(bool isSwitch)
    {
        int id = _labels++;
        Label loop = new(null, id) { LoopId = isSwitch ? -1 : id, IsSwitch = isSwitch };
        foreach (Label label in _pendingLabels)
            label.LoopId = id;
        _pendingLabels.Clear();
        Function.Labels.Add(loop);
        return loop;
    }

    private StatementSyntax ParseLoopBody(Label loop)
    {
        StatementSyntax body = ParseStatement();
        Function.Labels.Remove(loop);
        return body;
    }

    private WhileSyntax ParseWhile()
    {
        int start = _token.Start;
        Next();
        Label loop = OpenLoop(isSwitch: false);
        ExpressionSyntax test = ParseInParentheses();
        return new WhileSyntax(start, loop.Id, test, ParseLoopBody(loop), testsLast: false);
    }

    private WhileSyntax ParseDoWhile()
    {
        int start = _token.Start;
        Next();
        Label loop = OpenLoop(isSwitch: false);
        StatementSyntax body = ParseLoopBody(loop);
        TakeKeyword("while");
        ExpressionSyntax test = ParseInParentheses();
        TryTake(";");
        return new WhileSyntax(start, loop.Id, test, body, testsLast: true);
    }

    private LoopSyntax ParseFor()
    {
        int start = _token.Start;
        Next();
        Label loop = OpenLoop(isSwitch: false);
        if (_token.IsWord("await"))
            throw new SyntaxException("'for await' is not available in scripts: use 'for' over 'await Promise.all(…)'.", _token.Start);
        Take("(");
        Scope scope = OpenScope(isFunction: false);
        Syntax? first = ParseForFirst(out bool isAsyncOf);
        LoopSyntax result;
        if (first is not null && !isAsyncOf && (_token.IsKeyword("in") || _token.IsWord("of")) && CanBeEachTarget(ref first))
            result = ParseForEach(start, loop, scope, first);
        else
            result = ParseForThree(start, loop, scope, first);
        CloseScope(scope);
        return result;
    }

    private Syntax? ParseForFirst(out bool isAsyncOf)
    {
        isAsyncOf = false;
        if (_token.Is(";"))
            return null;
        int start = _token.Start;
        VariableKind? kind = _token.IsKeyword("var") ? VariableKind.Var
            : _token.IsKeyword("const") ? VariableKind.Const
            : _token.IsWord("let") && StartsLetDeclaration() && !PeekToken().IsWord("of") ? VariableKind.Let
            : _token.IsWord("let") && PeekToken().IsWord("of") ? VariableKind.Let : null;
        bool outer = _noIn;
        _noIn = true;
        Syntax first;
        if (kind is { } declared)
        {
            Next();
            first = new VariablesSyntax(start, declared, ParseDeclarators(declared, inFor: true));
        }
        else
        {
            isAsyncOf = _token.IsWord("async") && PeekToken().IsWord("of");
            first = ParseExpression();
            isAsyncOf &= first is NameSyntax;
        }

        _noIn = outer;
        return first;
    }

    private bool CanBeEachTarget(ref Syntax first)
    {
        if (first is VariablesSyntax declaration)
        {
            if (declaration.Declarators.Count == 1 && declaration.Declarators[0].Value is null)
                return true;
            throw new SyntaxException("A for-in or for-of declares exactly one variable, without a value.", first.Start);
        }

        first = ToTarget((ExpressionSyntax)first);
        return true;
    }

    private ForEachSyntax ParseForEach(int start, Label loop, Scope scope, Syntax target)
    {
        bool isIn = _token.IsKeyword("in");
        Next();
        ExpressionSyntax subject = isIn ? ParseExpression() : ParseAssignment();
        Take(")");
        if (target is VariablesSyntax declaration)
            MarkInitialized(declaration.Declarators[0].Target, _previousEnd);
        EachKind kind = isIn ? EachKind.In : EachKind.Of;
        return new ForEachSyntax(start, loop.Id, kind, scope, target, subject, ParseLoopBody(loop));
    }

    private ForSyntax ParseForThree(int start, Label loop, Scope scope, Syntax? first)
    {
        Take(";");
        ExpressionSyntax? test = _token.Is(";") ? null : ParseExpression();
        Take(";");
        ExpressionSyntax? update = _token.Is(")") ? null : ParseExpression();
        Take(")");
        return new ForSyntax(start, loop.Id, scope, first, test, update, ParseLoopBody(loop));
    }

    private SwitchSyntax ParseSwitch()
    {
        int start = _token.Start;
        Next();
        ExpressionSyntax subject = ParseInParentheses();
        Label loop = OpenLoop(isSwitch: true);
        Take("{");
        Scope scope = OpenScope(isFunction: false);
        scope.AlwaysChecks = true;
        List<CaseSyntax> cases = [];
        while (!TryTake("}"))
        {
            ExpressionSyntax? test = null;
            if (TryTakeKeyword("case"))
                test = ParseExpression();
            else if (cases.Exists(known => known.Test is null))
                throw new SyntaxException("A switch can have one default only.", _token.Start);
            else
                TakeKeyword("default");
            Take(":");
            List<StatementSyntax> body = [];
            while (!_token.IsKeyword("case") && !_token.IsKeyword("default") && !_token.Is("}"))
            {
                if (_token.Kind == TokenKind.End || _faults.Count >= MostFaults)
                    throw Unexpected("'}'");
                ParseStatementInto(body);
            }

            cases.Add(new CaseSyntax(test, body));
        }

        CloseScope(scope);
        Function.Labels.Remove(loop);
        return new SwitchSyntax(start, loop.Id, scope, subject, cases);
    }
}
