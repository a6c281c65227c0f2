namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A piece of source text with a meaning; <see cref="Start"/> is where a fault in it is shown.</summary>
internal abstract class Syntax(int start)
{
    public int Start { get; } = start;

    /// <summary>Gets or sets the end of the text.</summary>
    public int End { get; set; }

    /// <summary>Gets or sets whether the text stands in parentheses of its own.</summary>
    public bool IsParenthesized { get; set; }
}

/// <summary>An expression, or a pattern that an expression turned out to be (ECMA-262 §13).</summary>
internal abstract class ExpressionSyntax(int start) : Syntax(start);

internal sealed class NameSyntax(int start, string name) : ExpressionSyntax(start)
{
    public string Name { get; } = name;

    /// <summary>Gets or sets the variable that the name means; <see langword="null"/> for a free name.</summary>
    public Variable? Variable { get; set; }

    /// <summary>Gets or sets whether the variable may be uninitialised when the name is read here.</summary>
    public bool NeedsCheck { get; set; }
}

internal sealed class LiteralSyntax(int start, Value value) : ExpressionSyntax(start)
{
    public Value Value { get; } = value;
}

internal sealed class RegularExpressionSyntax(int start, string pattern, string flags) : ExpressionSyntax(start)
{
    public string Pattern { get; } = pattern;

    public string Flags { get; } = flags;
}

internal sealed class TemplateSyntax(int start, List<string?> cooked, List<string> raw, List<ExpressionSyntax> parts) : ExpressionSyntax(start)
{
    public List<string?> Cooked { get; } = cooked;

    public List<string> Raw { get; } = raw;

    public List<ExpressionSyntax> Parts { get; } = parts;

    public ExpressionSyntax? Tag { get; init; }
}

/// <summary>An array literal or array pattern; <see langword="null"/> elements are holes.</summary>
internal sealed class ArraySyntax(int start, List<ExpressionSyntax?> elements) : ExpressionSyntax(start)
{
    public List<ExpressionSyntax?> Elements { get; } = elements;

    /// <summary>Gets or sets whether a comma follows the last element: no rest element may then end a pattern.</summary>
    public bool HasTrailingComma { get; set; }
}

internal sealed class ObjectSyntax(int start, List<PropertySyntax> properties) : ExpressionSyntax(start)
{
    public List<PropertySyntax> Properties { get; } = properties;
}

internal enum PropertyKind
{
    Value,
    Get,
    Set,
    Method,
    Spread,
    Field,
    StaticBlock,
}

/// <summary>A member of an object literal, object pattern or class.</summary>
internal sealed class PropertySyntax(int start, PropertyKind kind)
{
    public int Start { get; } = start;

    public PropertyKind Kind { get; } = kind;

    public string? Name { get; init; }

    public ExpressionSyntax? ComputedKey { get; init; }

    public NameSyntax? PrivateName { get; init; }

    public ExpressionSyntax? Value { get; set; }

    public bool IsStatic { get; init; }

    public bool IsShorthand { get; init; }
}

internal sealed class FunctionSyntax(int start, FunctionInfo info) : ExpressionSyntax(start)
{
    public FunctionInfo Info { get; } = info;
}

internal sealed class ClassSyntax(int start, ClassInfo info) : ExpressionSyntax(start)
{
    public ClassInfo Info { get; } = info;
}

internal sealed class UnarySyntax(int start, string op, ExpressionSyntax operand) : ExpressionSyntax(start)
{
    public string Operator { get; } = op;

    public ExpressionSyntax Operand { get; } = operand;
}

internal sealed class UpdateSyntax(int start, string op, bool isPrefix, ExpressionSyntax target) : ExpressionSyntax(start)
{
    public string Operator { get; } = op;

    public bool IsPrefix { get; } = isPrefix;

    public ExpressionSyntax Target { get; } = target;
}

/// <summary>A binary or logical operation.</summary>
internal sealed class BinarySyntax(int start, string op, ExpressionSyntax left, ExpressionSyntax right) : ExpressionSyntax(start)
{
    public string Operator { get; } = op;

    public ExpressionSyntax Left { get; } = left;

    public ExpressionSyntax Right { get; } = right;
}

/// <summary>An assignment, or a pattern's target with its default (operator <c>=</c>).</summary>
internal sealed class AssignSyntax(int start, string op, ExpressionSyntax target, ExpressionSyntax value) : ExpressionSyntax(start)
{
    public string Operator { get; } = op;

    public ExpressionSyntax Target { get; } = target;

    public ExpressionSyntax Value { get; } = value;
}

internal sealed class ConditionalSyntax(int start, ExpressionSyntax test, ExpressionSyntax whenTrue, ExpressionSyntax whenFalse) : ExpressionSyntax(start)
{
    public ExpressionSyntax Test { get; } = test;

    public ExpressionSyntax WhenTrue { get; } = whenTrue;

    public ExpressionSyntax WhenFalse { get; } = whenFalse;
}

internal sealed class CallSyntax(int start, ExpressionSyntax callee, List<ExpressionSyntax> arguments, bool isOptional) : ExpressionSyntax(start)
{
    public ExpressionSyntax Callee { get; } = callee;

    public List<ExpressionSyntax> Arguments { get; } = arguments;

    public bool IsOptional { get; } = isOptional;
}

internal sealed class NewSyntax(int start, ExpressionSyntax callee, List<ExpressionSyntax> arguments) : ExpressionSyntax(start)
{
    public ExpressionSyntax Callee { get; } = callee;

    public List<ExpressionSyntax> Arguments { get; } = arguments;
}

/// <summary>A member by name, by expression or by private name.</summary>
internal sealed class MemberSyntax(int start, ExpressionSyntax target, bool isOptional) : ExpressionSyntax(start)
{
    public ExpressionSyntax Target { get; } = target;

    public bool IsOptional { get; } = isOptional;

    public string? Name { get; init; }

    public ExpressionSyntax? Key { get; init; }

    public NameSyntax? PrivateName { get; init; }
}

/// <summary>A whole chain that <c>?.</c> may cut short.</summary>
internal sealed class ChainSyntax(int start, ExpressionSyntax expression) : ExpressionSyntax(start)
{
    public ExpressionSyntax Expression { get; } = expression;
}

internal sealed class PrivateInSyntax(int start, NameSyntax name, ExpressionSyntax target) : ExpressionSyntax(start)
{
    public NameSyntax Name { get; } = name;

    public ExpressionSyntax Target { get; } = target;
}

/// <summary>A read of <c>super.x</c> or <c>super[x]</c>, or the target of an assignment to it.</summary>
internal sealed class SuperMemberSyntax(int start, NameSyntax home, ExpressionSyntax self) : ExpressionSyntax(start)
{
    public NameSyntax Home { get; } = home;

    public ExpressionSyntax Self { get; } = self;

    public string? Name { get; init; }

    public ExpressionSyntax? Key { get; init; }
}

internal sealed class SuperCallSyntax(int start, NameSyntax function, NameSyntax self, NameSyntax newTarget, List<ExpressionSyntax> arguments) : ExpressionSyntax(start)
{
    public NameSyntax Function { get; } = function;

    public NameSyntax Self { get; } = self;

    public NameSyntax NewTarget { get; } = newTarget;

    public List<ExpressionSyntax> Arguments { get; } = arguments;
}

internal sealed class SequenceSyntax(int start, List<ExpressionSyntax> parts) : ExpressionSyntax(start)
{
    public List<ExpressionSyntax> Parts { get; } = parts;
}

internal sealed class SpreadSyntax(int start, ExpressionSyntax operand) : ExpressionSyntax(start)
{
    public ExpressionSyntax Operand { get; } = operand;
}

/// <summary>A value that the compiler put into a register, because a suspension follows before it is used.</summary>
internal sealed class TemporarySyntax(int start, int slot) : ExpressionSyntax(start)
{
    public int Slot { get; } = slot;
}

/// <summary>A call of a function in a register with a <c>this</c> in another.</summary>
internal sealed class TemporaryCallSyntax(int start, ExpressionSyntax callee, ExpressionSyntax self, List<ExpressionSyntax> arguments) : ExpressionSyntax(start)
{
    public ExpressionSyntax Callee { get; } = callee;

    public ExpressionSyntax Self { get; } = self;

    public List<ExpressionSyntax> Arguments { get; } = arguments;
}

/// <summary>A place where a function is suspended: <c>await</c>, <c>yield</c> or <c>yield*</c>.</summary>
internal sealed class SuspendSyntax(int start, string op, ExpressionSyntax? operand) : ExpressionSyntax(start)
{
    public string Operator { get; } = op;

    public ExpressionSyntax? Operand { get; } = operand;
}
