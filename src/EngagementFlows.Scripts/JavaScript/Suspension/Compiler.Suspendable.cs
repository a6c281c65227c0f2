namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Lays async and generator functions out as steps; whatever holds no suspension stays a node of one call.</summary>
internal sealed partial class Compiler
{
    private SuspendState _suspend = null!;

    /// <summary>The function that is being laid out.</summary>
    private sealed class SuspendState
    {
        public List<Step> Steps { get; } = [];

        public Dictionary<(int Label, bool IsBreak), JumpTarget> Jumps { get; set; } = [];

        public int Handlers { get; set; }

        public int Scopes { get; set; }

        public int Finals { get; set; }

        public int Iterators { get; set; }

        public JumpTarget Here() => new() { Handlers = Handlers, Scopes = Scopes, Finals = Finals };
    }

    private SuspendableCode CompileSuspendable(FunctionCode code, FunctionInfo info, List<Statement> entry)
    {
        SuspendState outer = _suspend;
        _suspend = new SuspendState();
        foreach (Statement statement in entry)
            Emit(new ExecuteStep(statement, _suspend.Jumps, 0));
        if (info.Expression is not null)
        {
            ExpressionSyntax result = Spill(info.Expression);
            Emit(new ReturnStep(CompileExpression(result)));
        }
        else
        {
            EmitAll(info.Body);
            Emit(new ReturnStep(null));
        }

        SuspendableCode suspendable = new(code) { Steps = [.. _suspend.Steps], IteratorCount = _suspend.Iterators };
        _suspend = outer;
        return suspendable;
    }

    private void Emit(Step step) => _suspend.Steps.Add(step);

    private void Mark(JumpTarget target) => target.Step = _suspend.Steps.Count;

    private int NewTemporary() => _function.Locals++;

    private void EmitAll(List<StatementSyntax> body)
    {
        foreach (StatementSyntax statement in body)
            EmitStatement(statement);
    }

    private void EmitStatement(StatementSyntax statement)
    {
        if (!statement.Suspends)
        {
            Statement compiled = CompileStatement(statement);
            if (compiled is not EmptyStatement)
                EmitExecute(compiled);
            return;
        }

        switch (statement)
        {
            case ExpressionStatementSyntax expression:
                EmitExecute(new ExpressionStatement(CompileExpression(Spill(expression.Expression)), 1));
                break;
            case VariablesSyntax variables: EmitVariables(variables); break;
            case ReturnSyntax result: Emit(new ReturnStep(CompileExpression(Spill(result.Value!)))); break;
            case ThrowSyntax thrown: EmitExecute(new ThrowStatement(CompileExpression(Spill(thrown.Value)), thrown.Start)); break;
            case BlockSyntax block: EmitBlock(block); break;
            case IfSyntax branch: EmitIf(branch); break;
            case WhileSyntax loop: EmitWhile(loop); break;
            case ForSyntax loop: EmitFor(loop); break;
            case ForEachSyntax loop: EmitForEach(loop); break;
            case SwitchSyntax choice: EmitSwitch(choice); break;
            case LabeledSyntax labeled: EmitLabeled(labeled); break;
            case TrySyntax attempt: EmitTry(attempt); break;
            default: EmitExecute(CompileStatement(statement)); break;
        }
    }

    private void EmitExecute(Statement statement) => Emit(new ExecuteStep(statement, _suspend.Jumps, _suspend.Scopes));

    private void EmitVariables(VariablesSyntax variables)
    {
        foreach (DeclaratorSyntax declarator in variables.Declarators)
        {
            ExpressionSyntax? value = declarator.Value is null ? null : Spill(declarator.Value);
            EmitExecute(CompileVariables(new VariablesSyntax(variables.Start, variables.Kind, [new DeclaratorSyntax(declarator.Target, value)])));
        }
    }

    /// <summary>Opens a scope that stays open over many steps.</summary>
    private int EmitEnter(Scope scope)
    {
        int size = Allocate(scope);
        Push(scope);
        if (size >= 0)
        {
            EmitExecute(new EnterScopeStatement(size));
            _suspend.Scopes++;
        }

        foreach (Statement statement in Entry(scope, clearsVars: false))
            EmitExecute(statement);
        return size;
    }

    private void EmitLeave(Scope scope, int size)
    {
        Pop(scope);
        if (size < 0)
            return;
        Emit(new LeaveScopeStep());
        _suspend.Scopes--;
    }

    private void EmitBlock(BlockSyntax block)
    {
        int size = EmitEnter(block.Scope);
        EmitAll(block.Body);
        EmitLeave(block.Scope, size);
    }

    private void EmitIf(IfSyntax branch)
    {
        JumpTarget otherwise = _suspend.Here();
        JumpTarget end = _suspend.Here();
        Emit(new BranchStep(CompileExpression(Spill(branch.Test)), otherwise, jumpsIf: false));
        EmitStatement(branch.WhenTrue);
        if (branch.WhenFalse is not null)
            Emit(new JumpStep(end, _suspend.Scopes));
        Mark(otherwise);
        if (branch.WhenFalse is not null)
            EmitStatement(branch.WhenFalse);
        Mark(end);
    }

    private (JumpTarget Again, JumpTarget End) OpenLoop(int label)
    {
        JumpTarget again = _suspend.Here();
        JumpTarget end = _suspend.Here();
        _suspend.Jumps[(label, false)] = again;
        _suspend.Jumps[(label, true)] = end;
        return (again, end);
    }

    private void EmitWhile(WhileSyntax loop)
    {
        (JumpTarget again, JumpTarget end) = OpenLoop(loop.Label);
        JumpTarget body = _suspend.Here();
        if (loop.TestsLast)
        {
            Mark(body);
            EmitStatement(loop.Body);
            Mark(again);
            Emit(new BranchStep(CompileExpression(Spill(loop.Test)), end, jumpsIf: false));
            Emit(new JumpStep(body, _suspend.Scopes));
        }
        else
        {
            Mark(again);
            Emit(new BranchStep(CompileExpression(Spill(loop.Test)), end, jumpsIf: false));
            EmitStatement(loop.Body);
            Emit(new JumpStep(again, _suspend.Scopes));
        }

        Mark(end);
    }

    private void EmitFor(ForSyntax loop)
    {
        int size = EmitEnter(loop.Scope);
        bool copies = size >= 0 && loop.First is VariablesSyntax { Kind: VariableKind.Let };
        switch (loop.First)
        {
            case VariablesSyntax variables: EmitVariables(variables); break;
            case ExpressionSyntax expression: EmitExecute(new ExpressionStatement(CompileExpression(Spill(expression)), 1)); break;
        }

        if (copies)
            EmitExecute(new CopyScopeStatement());
        (JumpTarget again, JumpTarget end) = OpenLoop(loop.Label);
        JumpTarget test = _suspend.Here();
        Mark(test);
        if (loop.Test is not null)
            Emit(new BranchStep(CompileExpression(Spill(loop.Test)), end, jumpsIf: false));
        EmitStatement(loop.Body);
        Mark(again);
        if (copies)
            EmitExecute(new CopyScopeStatement());
        if (loop.Update is not null)
            EmitExecute(new ExpressionStatement(CompileExpression(Spill(loop.Update)), 1));
        Emit(new JumpStep(test, _suspend.Scopes));
        Mark(end);
        EmitLeave(loop.Scope, size);
    }

    private void EmitForEach(ForEachSyntax loop)
    {
        int iterator = _suspend.Iterators++;
        int size = Allocate(loop.Scope);
        ExpressionSyntax subject = Spill(loop.Subject);
        Push(loop.Scope);
        Node subjectNode = new ScopedSubjectNode(size, [.. Entry(loop.Scope, clearsVars: false)], CompileExpression(subject));
        Pop(loop.Scope);
        Emit(loop.Kind == EachKind.In ? new OpenKeysStep(subjectNode, iterator) : new OpenIteratorStep(subjectNode, iterator));
        JumpTarget after = _suspend.Here();
        Emit(new PushIteratorStep(iterator, _suspend.Scopes));
        _suspend.Handlers++;
        JumpTarget again = _suspend.Here();
        JumpTarget exit = _suspend.Here();
        _suspend.Jumps[(loop.Label, false)] = again;
        _suspend.Jumps[(loop.Label, true)] = after;
        Push(loop.Scope);
        Statement[] entry = [.. Entry(loop.Scope, clearsVars: false)];
        Pattern target = loop.Target is VariablesSyntax declaration
            ? CompileBinding(declaration.Declarators[0].Target)
            : CompilePattern((ExpressionSyntax)loop.Target, isDeclaration: false);
        Mark(again);
        Emit(new NextItemStep(iterator, new EachBinding(size, entry, target), exit));
        if (size >= 0)
            _suspend.Scopes++;
        EmitStatement(loop.Body);
        Emit(new JumpStep(again, _suspend.Scopes));
        if (size >= 0)
            _suspend.Scopes--;
        Pop(loop.Scope);
        Mark(exit);
        Emit(new PopHandlerStep());
        _suspend.Handlers--;
        Mark(after);
    }

    private void EmitSwitch(SwitchSyntax choice)
    {
        int subject = NewTemporary();
        EmitExecute(new InitializeStatement(new Place(subject, false), CompileExpression(Spill(choice.Subject))));
        JumpTarget end = _suspend.Here();
        _suspend.Jumps[(choice.Label, true)] = end;
        int size = EmitEnter(choice.Scope);
        JumpTarget leave = _suspend.Here();
        List<JumpTarget> bodies = [.. choice.Cases.Select(_ => _suspend.Here())];
        for (int i = 0; i < bodies.Count; i++)
        {
            if (choice.Cases[i].Test is { } test)
                Emit(new BranchStep(new StrictEqualNode(new LocalNode(subject), CompileExpression(Spill(test)), isNegated: false), bodies[i], jumpsIf: true));
        }

        int otherwise = choice.Cases.FindIndex(one => one.Test is null);
        Emit(new JumpStep(otherwise < 0 ? leave : bodies[otherwise], _suspend.Scopes));
        for (int i = 0; i < bodies.Count; i++)
        {
            Mark(bodies[i]);
            EmitAll(choice.Cases[i].Body);
        }

        Mark(leave);
        EmitLeave(choice.Scope, size);
        Mark(end);
    }

    private void EmitLabeled(LabeledSyntax labeled)
    {
        JumpTarget end = _suspend.Here();
        _suspend.Jumps[(labeled.Label, true)] = end;
        EmitStatement(labeled.Body);
        Mark(end);
    }

    private void EmitTry(TrySyntax attempt)
    {
        JumpTarget final = _suspend.Here();
        if (attempt.Final is not null)
        {
            Emit(new PushHandlerStep(null, final, _suspend.Scopes));
            _suspend.Handlers++;
        }

        EmitTryCatch(attempt);
        if (attempt.Final is null)
            return;
        Emit(new PopHandlerStep());
        _suspend.Handlers--;
        Emit(new EnterFinallyStep());
        Mark(final);
        _suspend.Finals++;
        EmitBlock(attempt.Final);
        Emit(new LeaveFinallyStep());
        _suspend.Finals--;
    }

    private void EmitTryCatch(TrySyntax attempt)
    {
        if (attempt.Handler is null)
        {
            EmitBlock(attempt.Block);
            return;
        }

        JumpTarget handler = _suspend.Here();
        JumpTarget end = _suspend.Here();
        Emit(new PushHandlerStep(handler, null, _suspend.Scopes));
        _suspend.Handlers++;
        EmitBlock(attempt.Block);
        Emit(new PopHandlerStep());
        _suspend.Handlers--;
        Emit(new JumpStep(end, _suspend.Scopes));
        Mark(handler);
        Scope scope = attempt.CatchScope!;
        int size = Allocate(scope);
        Push(scope);
        Emit(new CatchStep(size, [.. Entry(scope, clearsVars: false)], attempt.Parameter is null ? null : CompileBinding(attempt.Parameter)));
        if (size >= 0)
            _suspend.Scopes++;
        EmitBlock(attempt.Handler);
        EmitLeave(scope, size);
        Mark(end);
    }
}

/// <summary>Opens a scope without closing it: steps close it themselves.</summary>
internal sealed class EnterScopeStatement(int size) : Statement
{
    public override Completion Execute(Frame frame)
    {
        if (size < 0)
            return Completion.Normal;
        frame.Realm.Allocate(56 + (16 * size));
        frame.Scope = new Scoped(new Value[size], frame.Scope);
        return Completion.Normal;
    }
}

internal sealed class CopyScopeStatement : Statement
{
    public override Completion Execute(Frame frame)
    {
        Scoped current = frame.Scope!;
        frame.Realm.Allocate(56 + (16 * current.Slots.Length));
        frame.Scope = new Scoped([.. current.Slots], current.Parent);
        return Completion.Normal;
    }
}
