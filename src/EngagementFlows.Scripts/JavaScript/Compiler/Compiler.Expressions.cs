using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Expressions.</summary>
internal sealed partial class Compiler
{
    private Node CompileExpression(ExpressionSyntax expression)
    {
        _nodes++;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return expression switch
        {
            LiteralSyntax literal => new ConstantNode(literal.Value),
            NameSyntax name => CompileName(name),
            MemberSyntax member => CompileMember(member),
            CallSyntax call => CompileCall(call),
            BinarySyntax binary => CompileBinary(binary),
            AssignSyntax assign => CompileAssign(assign),
            FunctionSyntax function => new FunctionNode(CompileFunction(function.Info)),
            ObjectSyntax map => CompileObject(map),
            ArraySyntax array => new ArrayNode([.. array.Elements.Select(element => element is null ? null : CompileArgument(element))]),
            TemplateSyntax template => CompileTemplate(template),
            UnarySyntax unary => CompileUnary(unary),
            UpdateSyntax update => CompileUpdate(update),
            ConditionalSyntax conditional => new ConditionalNode(CompileExpression(conditional.Test), CompileExpression(conditional.WhenTrue), CompileExpression(conditional.WhenFalse)),
            NewSyntax creation => CompileNew(creation),
            ChainSyntax chain => new ChainNode(CompileExpression(chain.Expression)),
            SequenceSyntax sequence => new SequenceNode([.. sequence.Parts.Select(CompileExpression)]),
            RegularExpressionSyntax regex => new RegularExpressionNode(regex.Pattern, regex.Flags),
            ClassSyntax type => CompileClass(type.Info),
            PrivateInSyntax privateIn => new PrivateInNode(CompileName(privateIn.Name), CompileExpression(privateIn.Target), privateIn.Start),
            SuperMemberSyntax member => CompileSuperMember(member),
            SuperCallSyntax call => CompileSuperCall(call),
            TemporaryCallSyntax call => new CallTemporaryNode(CompileExpression(call.Callee), CompileExpression(call.Self), CompileArguments(call.Arguments), SpanOf(call), SpanOf(call.Callee)),
            TemporarySyntax temporary => new LocalNode(temporary.Slot),
            SuspendSyntax suspend => throw new SyntaxException($"'{suspend.Operator}' is not possible at this place; put its result into a variable first.", suspend.Start),
            _ => throw new InvalidOperationException($"EngagementFlows bug: an expression of type '{expression.GetType().Name}' has no meaning."),
        };
    }

    private Node CompileArgument(ExpressionSyntax argument) => argument is SpreadSyntax spread
        ? new SpreadNode(CompileExpression(spread.Operand))
        : CompileExpression(argument);

    private Node[] CompileArguments(List<ExpressionSyntax> arguments) => [.. arguments.Select(CompileArgument)];

    private Node CompileMember(MemberSyntax member)
    {
        if (member.PrivateName is { } privateName)
            return new PrivateMemberNode(CompileExpression(member.Target), CompileName(privateName), member.IsOptional, SpanOf(member));
        if (member.Name is { } name)
            return new MemberNode(CompileExpression(member.Target), name, member.IsOptional, SpanOf(member));
        return new IndexNode(CompileExpression(member.Target), CompileExpression(member.Key!), member.IsOptional, SpanOf(member));
    }

    private SuperMemberNode CompileSuperMember(SuperMemberSyntax member) => new(
        CompileName(member.Home),
        CompileExpression(member.Self),
        member.Name is { } name ? new PropertyKey(name) : default(PropertyKey?),
        member.Key is null ? null : CompileExpression(member.Key),
        member.Start);

    private Node CompileCall(CallSyntax call)
    {
        Span span = SpanOf(call);
        Span calleeSpan = SpanOf(call.Callee);
        ExpressionSyntax callee = call.Callee;

        // "(a?.b)()" keeps its this.
        if (callee is ChainSyntax { IsParenthesized: true } chain && chain.Expression is MemberSyntax inner)
            callee = inner;
        if (callee is NameSyntax { Name: "Function", Variable: null })
            Fault("'Function(…)' is not available in scripts: scripts cannot make code from text.", call.Start);
        Node target = CompileExpression(callee);
        Node[] arguments = CompileArguments(call.Arguments);
        return target switch
        {
            MemberNode member => new CallMemberNode(member, arguments, call.IsOptional, span, calleeSpan),
            IndexNode index => new CallIndexNode(index, arguments, call.IsOptional, span, calleeSpan),
            PrivateMemberNode member => new CallPrivateNode(member, arguments, call.IsOptional, span, calleeSpan),
            SuperMemberNode member => new CallSuperMemberNode(member, arguments, call.IsOptional, span, calleeSpan),
            _ => new CallValueNode(target, arguments, call.IsOptional, span, calleeSpan),
        };
    }

    private NewNode CompileNew(NewSyntax creation)
    {
        if (creation.Callee is NameSyntax { Name: "Function", Variable: null })
            Fault("'new Function(…)' is not available in scripts: scripts cannot make code from text.", creation.Start);
        return new NewNode(CompileExpression(creation.Callee), CompileArguments(creation.Arguments), creation.Start, SpanOf(creation.Callee));
    }

    private SuperCallNode CompileSuperCall(SuperCallSyntax call)
    {
        Target self = call.Self.Variable is { } variable
            ? variable.IsCaptured
                ? new ScopedTarget(HopsTo(variable), variable.Slot, false, "this", call.Start)
                : new LocalTarget(variable.Slot, false, "this", call.Start)
            : throw new InvalidOperationException("EngagementFlows bug: 'super(…)' found no 'this'.");
        return new SuperCallNode(CompileName(call.Function), CompileName(call.NewTarget), CompileArguments(call.Arguments), self, call.Start);
    }

    private Node CompileBinary(BinarySyntax binary)
    {
        Node left = CompileExpression(binary.Left);
        Node right = CompileExpression(binary.Right);
        return Combine(binary.Operator, left, right, binary.Start);
    }

    private static Node Combine(string op, Node left, Node right, int start) => op switch
    {
        "+" => new AddNode(left, right, start),
        "-" => new SubtractNode(left, right),
        "*" => new MultiplyNode(left, right),
        "<" => new CompareNode(Comparison.Less, left, right),
        ">" => new CompareNode(Comparison.Greater, left, right),
        "<=" => new CompareNode(Comparison.LessOrEqual, left, right),
        ">=" => new CompareNode(Comparison.GreaterOrEqual, left, right),
        "===" => new StrictEqualNode(left, right, isNegated: false),
        "!==" => new StrictEqualNode(left, right, isNegated: true),
        "==" => new LooseEqualNode(left, right, isNegated: false),
        "!=" => new LooseEqualNode(left, right, isNegated: true),
        "&&" => new AndNode(left, right),
        "||" => new OrNode(left, right),
        "??" => new CoalesceNode(left, right),
        _ => new BinaryNode(Operators.Of(op), left, right, start),
    };

    private Node CompileUnary(UnarySyntax unary)
    {
        if (unary.Operator == "delete")
            return CompileDelete(unary);
        if (unary.Operator == "typeof" && unary.Operand is NameSyntax name)
            return new TypeOfNode(CompileName(name, isTypeOf: true));
        Node operand = CompileExpression(unary.Operand);
        return unary.Operator switch
        {
            "!" => new NotNode(operand),
            "-" => operand is ConstantNode { Value.IsNumber: true } constant ? new ConstantNode(-constant.Value.Number) : new NegateNode(operand),
            "+" => new ToNumberNode(operand),
            "~" => new BitNotNode(operand),
            "typeof" => new TypeOfNode(operand),
            _ => new VoidNode(operand),
        };
    }

    private DeleteNode CompileDelete(UnarySyntax unary)
    {
        ExpressionSyntax operand = unary.Operand is ChainSyntax chain ? chain.Expression : unary.Operand;
        return operand switch
        {
            MemberSyntax { PrivateName: null } member => new DeleteNode(
                new DeleteTarget(CompileExpression(member.Target), member.Name is { } name ? new ConstantNode(name) : CompileExpression(member.Key!), member.IsOptional), null, unary.Start),
            SuperMemberSyntax => new DeleteNode(null, new ThrowNode("Unsupported reference to 'super'.", unary.Start), unary.Start),
            _ => new DeleteNode(null, CompileExpression(unary.Operand), unary.Start),
        };
    }

    private Node CompileUpdate(UpdateSyntax update)
    {
        double by = update.Operator == "++" ? 1 : -1;
        Target target = CompileTarget(update.Target);
        return target is LocalTarget { IsChecked: false } local
            ? new UpdateLocalNode(local.Slot, by, update.IsPrefix)
            : new UpdateNode(target, by, update.IsPrefix);
    }

    private Node CompileAssign(AssignSyntax assign)
    {
        if (assign.Operator == "=")
        {
            if (assign.Target is ArraySyntax or ObjectSyntax)
                return new PatternAssignNode(CompilePattern(assign.Target, isDeclaration: false), CompileExpression(assign.Value));
            Target target = CompileTarget(assign.Target);
            Node value = CompileExpression(assign.Value);
            return target is LocalTarget { IsChecked: false } local ? new AssignLocalNode(local.Slot, value) : new AssignNode(target, value);
        }

        Target place = CompileTarget(assign.Target);
        Node operand = CompileExpression(assign.Value);
        string op = assign.Operator[..^1];
        if (op is "&&" or "||" or "??")
            return new LogicalAssignNode(place, assign.Operator, operand);
        if (place is LocalTarget { IsChecked: false } register)
            return new AssignLocalNode(register.Slot, Combine(op, new LocalNode(register.Slot), operand, assign.Start));
        return new CompoundNode(place, Operators.Of(op), operand, assign.Start);
    }

    private Node CompileTemplate(TemplateSyntax template)
    {
        Node[] parts = [.. template.Parts.Select(CompileExpression)];
        if (template.Tag is null)
            return new TemplateNode([.. template.Cooked.Select(text => text ?? string.Empty)], parts);
        Node strings = new TemplateObjectNode([.. template.Cooked], [.. template.Raw]);
        Node tag = CompileExpression(template.Tag);
        Node[] arguments = [strings, .. parts];
        Span span = SpanOf(template);
        Span tagSpan = SpanOf(template.Tag);
        return tag switch
        {
            MemberNode member => new CallMemberNode(member, arguments, false, span, tagSpan),
            IndexNode index => new CallIndexNode(index, arguments, false, span, tagSpan),
            PrivateMemberNode member => new CallPrivateNode(member, arguments, false, span, tagSpan),
            SuperMemberNode member => new CallSuperMemberNode(member, arguments, false, span, tagSpan),
            _ => new CallValueNode(tag, arguments, false, span, tagSpan),
        };
    }
}
