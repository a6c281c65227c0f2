using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The way through the syntax: each piece of text once, in its order.</summary>
internal sealed partial class HostUses
{
    private void VisitAll(IEnumerable<Syntax?> pieces)
    {
        foreach (Syntax? piece in pieces)
            Visit(piece);
    }

    private void Visit(Syntax? syntax)
    {
        if (syntax is null)
            return;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (syntax)
        {
            case MemberSyntax member:
                NoteMember(member);
                break;
            case CallSyntax call:
                NoteCall(call);
                break;
            case AssignSyntax assign:
                NoteAssignment(assign);
                break;
            case UpdateSyntax update:
                NoteTarget(update, update.Target, [new(ScriptSourceKind.Made)]);
                _onlyWritten.Remove(update.Target);
                break;
            case ForEachSyntax { Target: ExpressionSyntax target }:
                NoteTarget(null, target, [new(ScriptSourceKind.Made)]);
                break;
            default:
                break;
        }

        VisitAll(syntax is StatementSyntax statement ? PartsOf(statement) : syntax is ExpressionSyntax expression ? PartsOf(expression) : []);
    }

    private static IEnumerable<Syntax?> PartsOf(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax one => [one.Expression],
        VariablesSyntax variables => variables.Declarators.SelectMany(declarator => new Syntax?[] { declarator.Target, declarator.Value }),
        FunctionDeclarationSyntax function => PartsOf(function.Info),
        ClassDeclarationSyntax type => PartsOf(type.Info),
        BlockSyntax block => block.Body,
        IfSyntax choice => [choice.Test, choice.WhenTrue, choice.WhenFalse],
        ForSyntax loop => [loop.First, loop.Test, loop.Update, loop.Body],
        ForEachSyntax loop => [loop.Target, loop.Subject, loop.Body],
        WhileSyntax loop => [loop.Test, loop.Body],
        SwitchSyntax choice => choice.Cases.SelectMany(one => one.Body.Prepend<Syntax?>(one.Test)).Prepend(choice.Subject),
        LabeledSyntax labeled => [labeled.Body],
        ReturnSyntax end => [end.Value],
        ThrowSyntax end => [end.Value],
        TrySyntax attempt => [attempt.Block, attempt.Parameter, attempt.Handler, attempt.Final],
        _ => [],
    };

    private static IEnumerable<Syntax?> PartsOf(ExpressionSyntax expression) => expression switch
    {
        MemberSyntax member => [member.Target, member.Key],
        CallSyntax call => call.Arguments.Prepend(call.Callee),
        AssignSyntax assign => [assign.Target, assign.Value],
        UpdateSyntax update => [update.Target],
        BinarySyntax binary => [binary.Left, binary.Right],
        UnarySyntax unary => [unary.Operand],
        ConditionalSyntax conditional => [conditional.Test, conditional.WhenTrue, conditional.WhenFalse],
        FunctionSyntax function => PartsOf(function.Info),
        ClassSyntax type => PartsOf(type.Info),
        ObjectSyntax map => map.Properties.SelectMany(PartsOf),
        ArraySyntax array => array.Elements,
        TemplateSyntax template => template.Parts.Prepend(template.Tag),
        NewSyntax creation => creation.Arguments.Prepend(creation.Callee),
        ChainSyntax chain => [chain.Expression],
        SequenceSyntax sequence => sequence.Parts,
        SpreadSyntax spread => [spread.Operand],
        PrivateInSyntax privateIn => [privateIn.Target],
        SuperMemberSyntax member => [member.Key],
        SuperCallSyntax call => call.Arguments,
        SuspendSyntax suspend => [suspend.Operand],
        _ => [],
    };

    private static IEnumerable<Syntax?> PartsOf(PropertySyntax property) => [property.ComputedKey, property.Value];

    private static IEnumerable<Syntax?> PartsOf(FunctionInfo function) => [.. function.Parameters, .. function.Body, function.Expression];

    private static IEnumerable<Syntax?> PartsOf(ClassInfo type) => [type.Heritage, .. type.Constructor is { } constructor ? PartsOf(constructor) : [], .. type.Members.SelectMany(PartsOf)];
}
