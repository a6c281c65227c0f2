namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Tells whether an expression holds an <c>await</c> or <c>yield</c> of its own function.</summary>
internal static class Suspensions
{
    public static bool In(ExpressionSyntax expression) => expression switch
    {
        SuspendSyntax => true,
        BinarySyntax binary => In(binary.Left) || In(binary.Right),
        AssignSyntax assign => In(assign.Target) || In(assign.Value),
        ConditionalSyntax conditional => In(conditional.Test) || In(conditional.WhenTrue) || In(conditional.WhenFalse),
        CallSyntax call => In(call.Callee) || call.Arguments.Exists(In),
        TemporaryCallSyntax call => call.Arguments.Exists(In),
        NewSyntax creation => In(creation.Callee) || creation.Arguments.Exists(In),
        MemberSyntax member => In(member.Target) || (member.Key is not null && In(member.Key)),
        SuperMemberSyntax member => member.Key is not null && In(member.Key),
        SuperCallSyntax call => call.Arguments.Exists(In),
        ChainSyntax chain => In(chain.Expression),
        ArraySyntax array => array.Elements.Exists(element => element is not null && In(element)),
        ObjectSyntax map => map.Properties.Exists(In),
        TemplateSyntax template => template.Parts.Exists(In) || (template.Tag is not null && In(template.Tag)),
        UnarySyntax unary => In(unary.Operand),
        UpdateSyntax update => In(update.Target),
        SpreadSyntax spread => In(spread.Operand),
        SequenceSyntax sequence => sequence.Parts.Exists(In),
        PrivateInSyntax privateIn => In(privateIn.Target),
        ClassSyntax type => (type.Info.Heritage is not null && In(type.Info.Heritage)) || type.Info.Members.Exists(member => member.ComputedKey is not null && In(member.ComputedKey)),
        _ => false,
    };

    public static bool In(PropertySyntax property) => (property.ComputedKey is not null && In(property.ComputedKey)) || (property.Value is not null && In(property.Value));
}
