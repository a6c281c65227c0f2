namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A statement or declaration (ECMA-262 §14).</summary>
internal abstract class StatementSyntax(int start) : Syntax(start)
{
    /// <summary>Gets or sets whether an <c>await</c> or <c>yield</c> of the same function stands in it.</summary>
    public bool Suspends { get; set; }
}

internal sealed class EmptySyntax(int start) : StatementSyntax(start);

internal sealed class ExpressionStatementSyntax(int start, ExpressionSyntax expression) : StatementSyntax(start)
{
    public ExpressionSyntax Expression { get; } = expression;
}

internal sealed class VariablesSyntax(int start, VariableKind kind, List<DeclaratorSyntax> declarators) : StatementSyntax(start)
{
    public VariableKind Kind { get; } = kind;

    public List<DeclaratorSyntax> Declarators { get; } = declarators;
}

/// <summary>One <c>target = value</c> of a declaration.</summary>
internal sealed record DeclaratorSyntax(ExpressionSyntax Target, ExpressionSyntax? Value);

/// <summary>A function declaration; hoisted, so it does nothing where it stands.</summary>
internal sealed class FunctionDeclarationSyntax(int start, NameSyntax name, FunctionInfo info) : StatementSyntax(start)
{
    public NameSyntax Name { get; } = name;

    public FunctionInfo Info { get; } = info;
}

internal sealed class ClassDeclarationSyntax(int start, NameSyntax name, ClassInfo info) : StatementSyntax(start)
{
    public NameSyntax Name { get; } = name;

    public ClassInfo Info { get; } = info;
}

internal sealed class BlockSyntax(int start, Scope scope, List<StatementSyntax> body) : StatementSyntax(start)
{
    public Scope Scope { get; } = scope;

    public List<StatementSyntax> Body { get; } = body;
}

internal sealed class IfSyntax(int start, ExpressionSyntax test, StatementSyntax whenTrue, StatementSyntax? whenFalse) : StatementSyntax(start)
{
    public ExpressionSyntax Test { get; } = test;

    public StatementSyntax WhenTrue { get; } = whenTrue;

    public StatementSyntax? WhenFalse { get; } = whenFalse;
}

/// <summary>A statement that <c>break</c> and <c>continue</c> may aim at; its number is unique in the program.</summary>
internal abstract class LoopSyntax(int start, int label) : StatementSyntax(start)
{
    public int Label { get; } = label;
}

internal sealed class ForSyntax(int start, int label, Scope scope, Syntax? start0, ExpressionSyntax? test, ExpressionSyntax? update, StatementSyntax body) : LoopSyntax(start, label)
{
    public Scope Scope { get; } = scope;

    /// <summary>Gets the first clause: a declaration, an expression, or nothing.</summary>
    public Syntax? First { get; } = start0;

    public ExpressionSyntax? Test { get; } = test;

    public ExpressionSyntax? Update { get; } = update;

    public StatementSyntax Body { get; } = body;
}

internal enum EachKind
{
    In,
    Of,
}

/// <summary>A <c>for … in</c> or <c>for … of</c>; the target is a declaration of one variable or an assignment target.</summary>
internal sealed class ForEachSyntax(int start, int label, EachKind kind, Scope scope, Syntax target, ExpressionSyntax subject, StatementSyntax body) : LoopSyntax(start, label)
{
    public EachKind Kind { get; } = kind;

    public Scope Scope { get; } = scope;

    public Syntax Target { get; } = target;

    public ExpressionSyntax Subject { get; } = subject;

    public StatementSyntax Body { get; } = body;
}

internal sealed class WhileSyntax(int start, int label, ExpressionSyntax test, StatementSyntax body, bool testsLast) : LoopSyntax(start, label)
{
    public ExpressionSyntax Test { get; } = test;

    public StatementSyntax Body { get; } = body;

    public bool TestsLast { get; } = testsLast;
}

internal sealed class SwitchSyntax(int start, int label, Scope scope, ExpressionSyntax subject, List<CaseSyntax> cases) : LoopSyntax(start, label)
{
    public Scope Scope { get; } = scope;

    public ExpressionSyntax Subject { get; } = subject;

    public List<CaseSyntax> Cases { get; } = cases;
}

/// <summary>A case of a switch; <see cref="Test"/> is <see langword="null"/> for <c>default</c>.</summary>
internal sealed record CaseSyntax(ExpressionSyntax? Test, List<StatementSyntax> Body);

internal sealed class LabeledSyntax(int start, int label, StatementSyntax body) : LoopSyntax(start, label)
{
    public StatementSyntax Body { get; } = body;
}

/// <summary>A <c>break</c> or <c>continue</c>.</summary>
internal sealed class JumpSyntax(int start, bool isBreak, int label) : StatementSyntax(start)
{
    public bool IsBreak { get; } = isBreak;

    public int Label { get; } = label;
}

internal sealed class ReturnSyntax(int start, ExpressionSyntax? value) : StatementSyntax(start)
{
    public ExpressionSyntax? Value { get; } = value;
}

internal sealed class ThrowSyntax(int start, ExpressionSyntax value) : StatementSyntax(start)
{
    public ExpressionSyntax Value { get; } = value;
}

internal sealed class TrySyntax(int start, BlockSyntax block, Scope? catchScope, ExpressionSyntax? parameter, BlockSyntax? handler, BlockSyntax? final) : StatementSyntax(start)
{
    public BlockSyntax Block { get; } = block;

    public Scope? CatchScope { get; } = catchScope;

    public ExpressionSyntax? Parameter { get; } = parameter;

    public BlockSyntax? Handler { get; } = handler;

    public BlockSyntax? Final { get; } = final;
}
