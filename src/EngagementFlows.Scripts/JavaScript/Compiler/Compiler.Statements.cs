namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Statements.</summary>
internal sealed partial class Compiler
{
    private Statement CompileList(List<StatementSyntax> body)
    {
        List<Statement> statements = [];
        foreach (StatementSyntax statement in body)
        {
            Statement compiled = CompileStatement(statement);
            if (compiled is not EmptyStatement)
                statements.Add(compiled);
        }

        return statements.Count switch
        {
            0 => EmptyStatement.Instance,
            1 => statements[0],
            _ => new ListStatement([.. statements]),
        };
    }

    private Statement CompileStatement(StatementSyntax statement)
    {
        Statement compiled = CompileStatementCore(statement);
        return _function.IsProgram && statement is IfSyntax or LoopSyntax { } and not LabeledSyntax or TrySyntax ? new ResetValueStatement(compiled) : compiled;
    }

    private Statement CompileStatementCore(StatementSyntax statement) => statement switch
    {
        EmptySyntax or FunctionDeclarationSyntax => EmptyStatement.Instance,
        ExpressionStatementSyntax expression => CompileExpressionStatement(expression),
        VariablesSyntax variables => CompileVariables(variables),
        ClassDeclarationSyntax declaration => CompileClassDeclaration(declaration),
        BlockSyntax block => CompileBlock(block),
        IfSyntax branch => CompileIf(branch),
        ForSyntax loop => CompileFor(loop),
        ForEachSyntax loop => CompileForEach(loop),
        WhileSyntax loop => CompileWhile(loop),
        SwitchSyntax choice => CompileSwitch(choice),
        LabeledSyntax labeled => new LabeledStatement(labeled.Label, CompileStatement(labeled.Body)),
        JumpSyntax jump => new JumpStatement(jump.IsBreak ? Completion.Break : Completion.Continue, jump.Label),
        ReturnSyntax result => CompileReturn(result),
        ThrowSyntax thrown => new ThrowStatement(CompileExpression(thrown.Value), thrown.Start),
        TrySyntax attempt => CompileTry(attempt),
        _ => throw new InvalidOperationException($"EngagementFlows bug: a statement of type '{statement.GetType().Name}' has no meaning."),
    };

    private Statement CompileExpressionStatement(ExpressionStatementSyntax statement)
    {
        int before = _nodes;
        Node expression = CompileExpression(statement.Expression);
        int weight = WeightSince(before);
        return _function.IsProgram ? new ValueStatement(expression, weight) : new ExpressionStatement(expression, weight);
    }

    private ReturnStatement CompileReturn(ReturnSyntax result)
    {
        int before = _nodes;
        return new ReturnStatement(result.Value is null ? null : CompileExpression(result.Value), WeightSince(before));
    }

    private Statement CompileVariables(VariablesSyntax variables)
    {
        List<Statement> statements = [];
        foreach (DeclaratorSyntax declarator in variables.Declarators)
        {
            if (declarator.Value is null)
            {
                if (variables.Kind != VariableKind.Var)
                    statements.Add(new PatternStatement(CompileBinding(declarator.Target), new ConstantNode(Value.Undefined)));
                continue;
            }

            Node value = CompileExpression(declarator.Value);
            Pattern target = CompileBinding(declarator.Target);
            statements.Add(target is PlacePattern && declarator.Target is NameSyntax { Variable: { } variable }
                ? new InitializeStatement(PlaceOf(variable), value)
                : new PatternStatement(target, value));
        }

        return statements.Count switch
        {
            0 => EmptyStatement.Instance,
            1 => statements[0],
            _ => new ListStatement([.. statements]),
        };
    }

    private PatternStatement CompileClassDeclaration(ClassDeclarationSyntax declaration) =>
        new(CompileBinding(declaration.Name), CompileClass(declaration.Info));

    private Statement CompileBlock(BlockSyntax block)
    {
        int size = Allocate(block.Scope);
        Push(block.Scope);
        List<Statement> entry = Entry(block.Scope, clearsVars: false);
        Statement body = CompileList(block.Body);
        Pop(block.Scope);
        return size < 0 && entry.Count == 0 ? body : new BlockStatement(size, [.. entry], body);
    }

    private IfStatement CompileIf(IfSyntax branch)
    {
        int before = _nodes;
        Node test = CompileExpression(branch.Test);
        int weight = WeightSince(before);
        return new IfStatement(test, CompileStatement(branch.WhenTrue), branch.WhenFalse is null ? null : CompileStatement(branch.WhenFalse), weight);
    }

    private WhileStatement CompileWhile(WhileSyntax loop)
    {
        int before = _nodes;
        Node test = CompileExpression(loop.Test);
        int weight = WeightSince(before);
        return new WhileStatement(loop.Label, test, CompileStatement(loop.Body), loop.TestsLast, weight);
    }

    private Statement CompileFor(ForSyntax loop)
    {
        int size = Allocate(loop.Scope);
        Push(loop.Scope);
        List<Statement> entry = Entry(loop.Scope, clearsVars: false);
        bool isLet = loop.First is VariablesSyntax { Kind: VariableKind.Let };
        Statement? first = loop.First switch
        {
            null => null,
            VariablesSyntax variables => CompileVariables(variables),
            ExpressionSyntax expression => new ExpressionStatement(CompileExpression(expression), 1),
            _ => throw new InvalidOperationException("EngagementFlows bug: a loop begins with something unknown."),
        };
        int before = _nodes;
        Node? test = loop.Test is null ? null : CompileExpression(loop.Test);
        Node? update = loop.Update is null ? null : CompileExpression(loop.Update);
        int weight = WeightSince(before);
        Statement body = CompileStatement(loop.Body);
        Pop(loop.Scope);
        ForStatement statement = new(loop.Label, test, update, body, isLet ? size : -1, weight);
        if (first is null)
            return statement;
        ListStatement both = new([first, statement]);
        return size < 0 && entry.Count == 0 ? both : new BlockStatement(size, [.. entry], both);
    }

    private Statement CompileForEach(ForEachSyntax loop)
    {
        (Node subject, EachBinding binding, Statement body) = CompileForEachParts(loop);
        return loop.Kind == EachKind.In ? new ForInStatement(loop.Label, subject, binding, body) : new ForOfStatement(loop.Label, subject, binding, body);
    }

    private (Node Subject, EachBinding Binding, Statement Body) CompileForEachParts(ForEachSyntax loop)
    {
        int size = Allocate(loop.Scope);
        Push(loop.Scope);

        // The subject sees the loop's variables in their dead zone (ECMA-262 §14.7.5.6), so it needs the same scope around it.
        Node subject = new ScopedSubjectNode(size, [.. Entry(loop.Scope, clearsVars: false)], CompileExpression(loop.Subject));
        Statement[] entry = [.. Entry(loop.Scope, clearsVars: false)];
        Pattern target = loop.Target is VariablesSyntax declaration
            ? CompileBinding(declaration.Declarators[0].Target)
            : CompilePattern((ExpressionSyntax)loop.Target, isDeclaration: false);
        Statement body = CompileStatement(loop.Body);
        Pop(loop.Scope);
        return (subject, new EachBinding(size, entry, target), body);
    }

    private Statement CompileSwitch(SwitchSyntax choice)
    {
        Node subject = CompileExpression(choice.Subject);
        int size = Allocate(choice.Scope);
        Push(choice.Scope);
        List<Statement> entry = Entry(choice.Scope, clearsVars: false);
        SwitchCase[] cases = [.. choice.Cases.Select(one => new SwitchCase(one.Test is null ? null : CompileExpression(one.Test), CompileList(one.Body)))];
        Pop(choice.Scope);
        if (size < 0 && entry.Count == 0)
            return new SwitchStatement(choice.Label, subject, cases);

        // The subject stands outside of the scope of the cases.
        int slot = _function.Locals++;
        return new ListStatement([
            new InitializeStatement(new Place(slot, false), subject),
            new BlockStatement(size, [.. entry], new SwitchStatement(choice.Label, new LocalNode(slot), cases)),
        ]);
    }

    private Statement CompileTry(TrySyntax attempt)
    {
        Statement result = CompileBlock(attempt.Block);
        if (attempt.Handler is not null)
            result = new TryCatchStatement(result, CompileHandler(attempt));
        if (attempt.Final is null)
            return result;
        Statement final = CompileBlock(attempt.Final);
        return new TryFinallyStatement(result, _function.IsProgram ? new KeepValueStatement(final) : final);
    }

    private CaughtHandler CompileHandler(TrySyntax attempt)
    {
        Scope scope = attempt.CatchScope!;
        int size = Allocate(scope);
        Push(scope);
        Statement[] entry = [.. Entry(scope, clearsVars: false)];
        Pattern? parameter = attempt.Parameter is null ? null : CompileBinding(attempt.Parameter);
        Statement body = CompileBlock(attempt.Handler!);
        Pop(scope);
        return new CaughtHandler(size, entry, parameter, body);
    }
}

/// <summary>The subject of a for-in or for-of, evaluated inside a scope of its own.</summary>
internal sealed class ScopedSubjectNode(int scopeSize, Statement[] entry, Node subject) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Scoped? outer = frame.Scope;
        if (scopeSize >= 0)
            frame.Scope = new Scoped(new Value[scopeSize], outer);
        foreach (Statement statement in entry)
            statement.Execute(frame);
        Value value = subject.Evaluate(frame);
        frame.Scope = outer;
        return value;
    }
}
