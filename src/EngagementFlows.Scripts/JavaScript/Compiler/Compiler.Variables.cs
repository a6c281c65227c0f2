namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Names, assignment targets and patterns.</summary>
internal sealed partial class Compiler
{
    private Node CompileName(NameSyntax name, bool isTypeOf = false)
    {
        if (name.Variable is { } variable)
            return ReadVariable(variable, name.NeedsCheck, name.Start);
        switch (name.Name)
        {
            case "this": return IsInFunction() ? new ThisNode() : new GlobalThisNode();
            case "new.target": return new NewTargetNode();
            case "%home": return new HomeNode();
            case "%func": return new SelfNode();
            case "globalThis": return new GlobalThisNode();
        }

        if (Intrinsics.Shared.Globals.TryGetValue(name.Name, out Value value))
            return new ConstantNode(value);
        if (!isTypeOf && Unavailable.Names.TryGetValue(name.Name, out string? reason))
            Fault($"'{name.Name}' is not available in scripts: {reason}", name.Start);
        return new FreeNode(FreeIndex(name.Name), name.Name, name.Start, isTypeOf);
    }

    private bool IsInFunction()
    {
        for (FunctionState? state = _function; state is not null; state = state.Outer)
        {
            if (state.HasThis)
                return true;
        }

        return false;
    }

    private int FreeIndex(string name)
    {
        if (!_free.TryGetValue(name, out int index))
            _free.Add(name, index = _free.Count);
        return index;
    }

    private Node ReadVariable(Variable variable, bool isChecked, int start, int extraHops = 0)
    {
        if (!variable.IsCaptured)
            return isChecked ? new CheckedLocalNode(variable.Slot, variable.Name, start) : new LocalNode(variable.Slot);
        int hops = HopsTo(variable);
        _ = extraHops;
        return isChecked ? new CheckedScopedNode(hops, variable.Slot, variable.Name, start) : new ScopedNode(hops, variable.Slot);
    }

    private Target CompileTarget(ExpressionSyntax target)
    {
        switch (target)
        {
            case NameSyntax name:
                return CompileNameTarget(name);
            case MemberSyntax { PrivateName: { } privateName } member:
                return new PrivateTarget(CompileExpression(member.Target), CompileName(privateName), member.Start);
            case MemberSyntax { Name: { } memberName } member:
                return new MemberTarget(CompileExpression(member.Target), memberName, SpanOf(member));
            case MemberSyntax member:
                return new IndexTarget(CompileExpression(member.Target), CompileExpression(member.Key!), SpanOf(member));
            case SuperMemberSyntax member:
                PropertyKey? key = member.Name is { } known ? new PropertyKey(known) : default(PropertyKey?);
                Node? keyNode = member.Key is null ? null : CompileExpression(member.Key);
                SuperMemberNode read = new(CompileName(member.Home), CompileExpression(member.Self), key, keyNode, member.Start);
                return new SuperTarget(read, CompileName(member.Home), key, keyNode, member.Start);
            default:
                Fault("This cannot be assigned to: only variables, members and patterns can.", target.Start);
                return new LocalTarget(0, false, string.Empty, 0);
        }
    }

    private Target CompileNameTarget(NameSyntax name)
    {
        if (name.Variable is not { } variable)
        {
            Node read = CompileName(name);
            return read is FreeNode ? new FreeTarget(read, FreeIndex(name.Name), name.Name, name.Start) : new ReadOnlyTarget(read, name.Name, name.Start);
        }

        if (variable.IsReadOnly)
            return new ReadOnlyTarget(ReadVariable(variable, name.NeedsCheck, name.Start), name.Name, name.Start);
        return variable.IsCaptured
            ? new ScopedTarget(HopsTo(variable), variable.Slot, name.NeedsCheck, name.Name, name.Start)
            : new LocalTarget(variable.Slot, name.NeedsCheck, name.Name, name.Start);
    }

    /// <summary>Compiles a pattern that initialises declared variables.</summary>
    private Pattern CompileBinding(ExpressionSyntax pattern) => CompilePattern(pattern, isDeclaration: true);

    private Pattern CompilePattern(ExpressionSyntax pattern, bool isDeclaration)
    {
        _nodes++;
        switch (pattern)
        {
            case NameSyntax { Variable: { } variable } when isDeclaration:
                return variable.IsCaptured && HopsTo(variable) is var hops and > 0
                    ? new TargetPattern(new ScopedTarget(hops, variable.Slot, false, variable.Name, pattern.Start))
                    : new PlacePattern(PlaceOf(variable));
            case AssignSyntax { Operator: "=" } assign:
                return new DefaultPattern(CompilePattern(assign.Target, isDeclaration), CompileExpression(assign.Value));
            case ArraySyntax array when !array.IsParenthesized:
                ExpressionSyntax? last = array.Elements.Count > 0 ? array.Elements[^1] : null;
                Pattern? rest = last is SpreadSyntax spread ? CompilePattern(spread.Operand, isDeclaration) : null;
                IEnumerable<ExpressionSyntax?> plain = rest is null ? array.Elements : array.Elements.SkipLast(1);
                return new ArrayPattern([.. plain.Select(element => element is null ? null : CompilePattern(element, isDeclaration))], rest, array.Start);
            case ObjectSyntax map when !map.IsParenthesized:
                return CompileObjectPattern(map, isDeclaration);
            default:
                return new TargetPattern(CompileTarget(pattern));
        }
    }

    private ObjectPattern CompileObjectPattern(ObjectSyntax map, bool isDeclaration)
    {
        List<MemberPattern> members = [];
        Pattern? rest = null;
        foreach (PropertySyntax property in map.Properties)
        {
            if (property.Kind == PropertyKind.Spread)
            {
                rest = CompilePattern(property.Value!, isDeclaration);
                continue;
            }

            Node? key = property.ComputedKey is null ? null : CompileExpression(property.ComputedKey);
            members.Add(new MemberPattern(property.Name, key, CompilePattern(property.Value!, isDeclaration)));
        }

        return new ObjectPattern([.. members], rest, SpanOf(map));
    }
}
