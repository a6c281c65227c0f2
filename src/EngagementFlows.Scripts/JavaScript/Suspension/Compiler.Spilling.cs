namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Takes expressions with suspensions apart: what was evaluated before one is kept in registers.</summary>
internal sealed partial class Compiler
{
    /// <summary>Emits the steps of all suspensions in the expression and returns what is left of it.</summary>
    private ExpressionSyntax Spill(ExpressionSyntax expression)
    {
        if (!Suspensions.In(expression))
            return expression;
        switch (expression)
        {
            case SuspendSyntax suspend: return SpillSuspend(suspend);
            case BinarySyntax { Operator: "&&" or "||" or "??" } logical: return SpillLogical(logical);
            case BinarySyntax binary:
                ExpressionSyntax left = SpillAndKeep(binary.Left, Suspensions.In(binary.Right));
                return new BinarySyntax(binary.Start, binary.Operator, left, Spill(binary.Right)) { End = binary.End };
            case ConditionalSyntax conditional: return SpillConditional(conditional);
            case AssignSyntax assign: return SpillAssign(assign);
            case CallSyntax call: return SpillCall(call);
            case NewSyntax creation:
                ExpressionSyntax callee = SpillAndKeep(creation.Callee, creation.Arguments.Exists(Suspensions.In));
                return new NewSyntax(creation.Start, callee, SpillAll(creation.Arguments)) { End = creation.End };
            case MemberSyntax { IsOptional: false } member: return SpillMember(member);
            case ArraySyntax array:
                return new ArraySyntax(array.Start, SpillItems(array.Elements)) { End = array.End };
            case ObjectSyntax map: return SpillObject(map);
            case TemplateSyntax { Tag: null } template:
                return new TemplateSyntax(template.Start, template.Cooked, template.Raw, SpillAll(template.Parts)) { End = template.End };
            case UnarySyntax unary: return new UnarySyntax(unary.Start, unary.Operator, Spill(unary.Operand)) { End = unary.End };
            case SpreadSyntax spread: return new SpreadSyntax(spread.Start, Spill(spread.Operand)) { End = spread.End };
            case SequenceSyntax sequence:
                foreach (ExpressionSyntax part in sequence.Parts.SkipLast(1))
                    EmitExecute(new ExpressionStatement(CompileExpression(Spill(part)), 1));
                return Spill(sequence.Parts[^1]);
            case ChainSyntax chain: return SpillChain(chain);
            case SuperCallSyntax call:
                return new SuperCallSyntax(call.Start, call.Function, call.Self, call.NewTarget, SpillAll(call.Arguments)) { End = call.End };
            default:
                Fault("'await' or 'yield' is not possible at this place; put its result into a variable first.", expression.Start);
                return new LiteralSyntax(expression.Start, Value.Undefined);
        }
    }

    private TemporarySyntax SpillSuspend(SuspendSyntax suspend)
    {
        ExpressionSyntax? operand = suspend.Operand is null ? null : Spill(suspend.Operand);
        int slot = NewTemporary();
        Node? value = operand is null ? null : CompileExpression(operand);
        if (suspend.Operator == "yield*")
        {
            int iterator = _suspend.Iterators++;
            Emit(new DelegateStep(value!, iterator));
            Emit(new DelegateNextStep(iterator, slot));
        }
        else
        {
            Emit(new SuspendStep(value, slot));
            Emit(new ResumeStep(slot));
        }

        return new TemporarySyntax(suspend.Start, slot) { End = suspend.End };
    }

    /// <summary>Spills, and keeps the value in a register if something that suspends follows.</summary>
    private ExpressionSyntax SpillAndKeep(ExpressionSyntax expression, bool keeps)
    {
        ExpressionSyntax spilled = Spill(expression);
        return keeps ? Keep(spilled) : spilled;
    }

    private ExpressionSyntax Keep(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case LiteralSyntax or TemporarySyntax: return expression;
            case SpreadSyntax spread:
                return new SpreadSyntax(spread.Start, Keep(new ArraySyntax(spread.Start, [spread]) { End = spread.End })) { End = spread.End };
        }

        int slot = NewTemporary();
        EmitExecute(new InitializeStatement(new Place(slot, false), CompileExpression(expression)));
        return new TemporarySyntax(expression.Start, slot) { End = expression.End };
    }

    private List<ExpressionSyntax> SpillAll(List<ExpressionSyntax> expressions) => [.. SpillItems([.. expressions]).Select(item => item!)];

    private List<ExpressionSyntax?> SpillItems(List<ExpressionSyntax?> expressions)
    {
        int last = expressions.FindLastIndex(item => item is not null && Suspensions.In(item));
        return [.. expressions.Select((item, at) => item is null ? null : SpillAndKeep(item, at < last))];
    }

    private TemporarySyntax SpillLogical(BinarySyntax logical)
    {
        int slot = NewTemporary();
        TemporarySyntax result = new(logical.Start, slot) { End = logical.End };
        EmitExecute(new InitializeStatement(new Place(slot, false), CompileExpression(Spill(logical.Left))));
        JumpTarget end = _suspend.Here();
        Node test = logical.Operator == "??" ? new LooseEqualNode(new LocalNode(slot), new ConstantNode(Value.Null), isNegated: false) : new LocalNode(slot);
        Emit(new BranchStep(test, end, jumpsIf: logical.Operator == "||"));
        EmitExecute(new InitializeStatement(new Place(slot, false), CompileExpression(Spill(logical.Right))));
        Mark(end);
        return result;
    }

    private TemporarySyntax SpillConditional(ConditionalSyntax conditional)
    {
        int slot = NewTemporary();
        JumpTarget otherwise = _suspend.Here();
        JumpTarget end = _suspend.Here();
        Emit(new BranchStep(CompileExpression(Spill(conditional.Test)), otherwise, jumpsIf: false));
        EmitExecute(new InitializeStatement(new Place(slot, false), CompileExpression(Spill(conditional.WhenTrue))));
        Emit(new JumpStep(end, _suspend.Scopes));
        Mark(otherwise);
        EmitExecute(new InitializeStatement(new Place(slot, false), CompileExpression(Spill(conditional.WhenFalse))));
        Mark(end);
        return new TemporarySyntax(conditional.Start, slot) { End = conditional.End };
    }

    private ExpressionSyntax SpillAssign(AssignSyntax assign)
    {
        ExpressionSyntax target = assign.Target switch
        {
            MemberSyntax member => KeepMember(member, Suspensions.In(assign.Value)),
            NameSyntax name => name,
            _ => assign.Target,
        };
        if (Suspensions.In(target))
            Fault("'await' or 'yield' is not possible in a pattern; put its result into a variable first.", assign.Start);
        if (assign.Operator == "=" || !Suspensions.In(assign.Value))
            return new AssignSyntax(assign.Start, assign.Operator, target, Spill(assign.Value)) { End = assign.End };
        string op = assign.Operator[..^1];
        ExpressionSyntax old = Keep(target);
        if (op is "&&" or "||" or "??")
        {
            AssignSyntax inner = new(assign.Start, "=", target, assign.Value) { End = assign.End };
            return SpillLogical(new BinarySyntax(assign.Start, op, old, inner) { End = assign.End });
        }

        BinarySyntax sum = new(assign.Start, op, old, Spill(assign.Value)) { End = assign.End };
        return new AssignSyntax(assign.Start, "=", target, sum) { End = assign.End };
    }

    /// <summary>Keeps the object (and key) of a member, so that it can be read and written later.</summary>
    private MemberSyntax KeepMember(MemberSyntax member, bool keeps)
    {
        ExpressionSyntax target = SpillAndKeep(member.Target, keeps || (member.Key is not null && Suspensions.In(member.Key)));
        ExpressionSyntax? key = member.Key is null ? null : SpillAndKeep(member.Key, keeps);
        return new MemberSyntax(member.Start, target, member.IsOptional) { Name = member.Name, Key = key, PrivateName = member.PrivateName, End = member.End };
    }

    private MemberSyntax SpillMember(MemberSyntax member) => KeepMember(member, keeps: false);

    private ExpressionSyntax SpillCall(CallSyntax call)
    {
        bool argumentsSuspend = call.Arguments.Exists(Suspensions.In);
        if (call.Callee is MemberSyntax member)
        {
            MemberSyntax kept = KeepMember(member, argumentsSuspend);
            if (!argumentsSuspend)
                return new CallSyntax(call.Start, kept, call.Arguments, call.IsOptional) { End = call.End };
            ExpressionSyntax function = Keep(kept);
            return new TemporaryCallSyntax(call.Start, function, kept.Target, SpillAll(call.Arguments)) { End = call.End };
        }

        ExpressionSyntax callee = SpillAndKeep(call.Callee, argumentsSuspend);
        return new CallSyntax(call.Start, callee, SpillAll(call.Arguments), call.IsOptional) { End = call.End };
    }

    private ObjectSyntax SpillObject(ObjectSyntax map)
    {
        int last = map.Properties.FindLastIndex(property => Suspensions.In(property));
        List<PropertySyntax> properties = [];
        for (int i = 0; i < map.Properties.Count; i++)
        {
            PropertySyntax property = map.Properties[i];
            ExpressionSyntax? key = property.ComputedKey is null ? null : SpillAndKeep(property.ComputedKey, i < last || (property.Value is not null && Suspensions.In(property.Value)));
            ExpressionSyntax value = property.Kind is PropertyKind.Value or PropertyKind.Spread ? SpillAndKeep(property.Value!, i < last) : property.Value!;
            properties.Add(new PropertySyntax(property.Start, property.Kind) { Name = property.Name, ComputedKey = key, Value = value, IsShorthand = property.IsShorthand });
        }

        return new ObjectSyntax(map.Start, properties) { End = map.End };
    }

    /// <summary>A chain whose arguments or keys suspend: each <c>?.</c> becomes a branch.</summary>
    private TemporarySyntax SpillChain(ChainSyntax chain)
    {
        int slot = NewTemporary();
        JumpTarget cut = _suspend.Here();
        EmitExecute(new InitializeStatement(new Place(slot, false), new ConstantNode(Value.Undefined)));
        ExpressionSyntax result = SpillLink(chain.Expression, cut, out _);
        EmitExecute(new InitializeStatement(new Place(slot, false), CompileExpression(result)));
        Mark(cut);
        return new TemporarySyntax(chain.Start, slot) { End = chain.End };
    }

    private ExpressionSyntax SpillLink(ExpressionSyntax link, JumpTarget cut, out ExpressionSyntax? self)
    {
        self = null;
        switch (link)
        {
            case MemberSyntax member:
                self = Keep(SpillLink(member.Target, cut, out _));
                CutIf(member.IsOptional, self, cut);
                ExpressionSyntax? key = member.Key is null ? null : Spill(member.Key);
                return new MemberSyntax(member.Start, self, false) { Name = member.Name, Key = key, PrivateName = member.PrivateName, End = member.End };
            case CallSyntax call:
                ExpressionSyntax function = Keep(SpillLink(call.Callee, cut, out ExpressionSyntax? thisValue));
                CutIf(call.IsOptional, function, cut);
                return new TemporaryCallSyntax(call.Start, function, thisValue ?? new LiteralSyntax(call.Start, Value.Undefined), SpillAll(call.Arguments)) { End = call.End };
            default: return Spill(link);
        }
    }

    private void CutIf(bool isOptional, ExpressionSyntax value, JumpTarget cut)
    {
        if (isOptional)
            Emit(new BranchStep(new LooseEqualNode(CompileExpression(value), new ConstantNode(Value.Null), isNegated: false), cut, jumpsIf: true));
    }
}
