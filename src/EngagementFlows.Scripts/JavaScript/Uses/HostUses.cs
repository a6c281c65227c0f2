using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Finds in a parsed program what it reads of names that only the host knows, and what it hands to them.</summary>
internal sealed partial class HostUses
{
    private readonly Dictionary<string, SortedSet<string>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _texts = new(StringComparer.Ordinal);
    private readonly List<ScriptWrite> _writes = [];
    private readonly Dictionary<string, SortedSet<string>> _read = new(StringComparer.Ordinal);
    private readonly HashSet<ExpressionSyntax> _certain = [];
    private readonly HashSet<ExpressionSyntax> _onlyWritten = [];
    private readonly HashSet<AssignSyntax> _defaults = [];

    private HostUses()
    {
    }

    /// <summary>Gets the members by name, as <c>x</c> of <c>variables.x</c> and <c>variables['x']</c>.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Members => _members;

    /// <summary>Gets those of the members that are read; what is only assigned is not.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> MembersRead => _read;

    /// <summary>Gets the literal texts that functions are handed first, by the function's name.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Texts => _texts;

    /// <summary>Gets what is handed out, in the order of the text.</summary>
    public IReadOnlyList<ScriptWrite> Writes => _writes;

    /// <summary>Gets what the program's result may be.</summary>
    public IReadOnlyList<ScriptSource> Result { get; private set; } = [];

    public static HostUses Of(FunctionInfo program)
    {
        HostUses uses = new();
        uses.NoteCertain(program.Body);
        uses.Result = program.Body is [ExpressionStatementSyntax { Expression: var only }] ? SourcesOf(only)
            : program.Body is [ReturnSyntax { Value: { } value }] ? SourcesOf(value)
            : [new(ScriptSourceKind.Made)];
        uses.VisitAll(program.Prelude);
        uses.VisitAll(program.Body);
        return uses;
    }

    private void NoteCertain(List<StatementSyntax> body)
    {
        foreach (StatementSyntax statement in body)
        {
            switch (statement)
            {
                case ExpressionStatementSyntax { Expression: var expression }:
                    _certain.Add(expression);
                    break;
                case EmptySyntax or VariablesSyntax or FunctionDeclarationSyntax or ClassDeclarationSyntax:
                    break;
                // A script may end with what it returns; behind anything else it may not come any more.
                default:
                    return;
            }
        }
    }

    private void NoteMember(MemberSyntax member)
    {
        if (FreeMember(member) is not var (name, of))
            return;
        Note(_members, name, of);
        if (!_onlyWritten.Contains(member))
            Note(_read, name, of);
    }

    private void NoteCall(CallSyntax call)
    {
        if (call.Callee is not NameSyntax { Variable: null, Name: var name })
            return;
        string? text = call.Arguments is [LiteralSyntax { Value: { IsString: true } value }, ..] ? value.Text : null;
        if (text is not null)
            Note(_texts, name, text);
        if (text is not null && call.Arguments.Count > 1)
            Write(call, name, text, SourcesOf(call.Arguments[1]));
        else if (call.Arguments is [var only])
            Write(call, name, null, SourcesOf(only));
    }

    private void NoteAssignment(AssignSyntax assign)
    {
        if (_defaults.Contains(assign))
            return;
        IReadOnlyList<ScriptSource> sources = assign.Operator switch
        {
            "=" => SourcesOf(assign.Value),
            "&&=" or "||=" or "??=" => [.. SourcesOf(assign.Target), .. SourcesOf(assign.Value)],
            _ => [new(ScriptSourceKind.Made)],
        };
        NoteTarget(assign, assign.Target, sources);
        if (assign.Operator != "=")
            _onlyWritten.Remove(assign.Target);
    }

    /// <summary>Notes the members of free names among what is assigned to; within a pattern nobody knows what each gets.</summary>
    private void NoteTarget(ExpressionSyntax? whole, ExpressionSyntax target, IReadOnlyList<ScriptSource> sources)
    {
        switch (target)
        {
            case MemberSyntax member when FreeMember(member) is var (name, of):
                _onlyWritten.Add(member);
                Write(whole, name, of, sources);
                break;
            case AssignSyntax withDefault:
                _defaults.Add(withDefault);
                NoteTarget(null, withDefault.Target, [new(ScriptSourceKind.Made)]);
                break;
            case SpreadSyntax rest:
                NoteTarget(null, rest.Operand, [new(ScriptSourceKind.Made)]);
                break;
            case ArraySyntax array:
                foreach (ExpressionSyntax element in array.Elements.OfType<ExpressionSyntax>())
                    NoteTarget(null, element, [new(ScriptSourceKind.Made)]);
                break;
            case ObjectSyntax map:
                foreach (ExpressionSyntax value in map.Properties.Select(property => property.Value).OfType<ExpressionSyntax>())
                    NoteTarget(null, value, [new(ScriptSourceKind.Made)]);
                break;
            default:
                break;
        }
    }

    private void Write(ExpressionSyntax? whole, string name, string? member, IReadOnlyList<ScriptSource> sources) =>
        _writes.Add(new(name, member, sources, whole is not null && _certain.Contains(whole)));

    private static List<ScriptSource> SourcesOf(ExpressionSyntax expression)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return expression switch
        {
            LiteralSyntax literal when ConstantOf(literal.Value) is { } constant => [constant],
            NameSyntax { Variable: null, Name: "undefined" } => [new(ScriptSourceKind.Constant)],
            TemplateSyntax { Tag: null, Parts.Count: 0, Cooked: [{ } text] } => [new(ScriptSourceKind.Constant) { Constant = text }],
            UnarySyntax { Operator: "-", Operand: LiteralSyntax { Value: { IsNumber: true } number } } => [new(ScriptSourceKind.Constant) { Constant = -number.Number }],
            // The same number, should it be one.
            UnarySyntax { Operator: "+" } unary => SourcesOf(unary.Operand),
            CallSyntax { Callee: NameSyntax { Variable: null, Name: "Number" }, Arguments: [not SpreadSyntax and var operand] } => SourcesOf(operand),
            MemberSyntax member when FreeMember(member) is var (name, of) => [new(ScriptSourceKind.Read) { FreeName = name, Member = of }],
            CallSyntax { Callee: NameSyntax { Variable: null } callee, Arguments: [] } => [new(ScriptSourceKind.Read) { FreeName = callee.Name }],
            CallSyntax { Callee: NameSyntax { Variable: null } callee, Arguments: [LiteralSyntax { Value: { IsString: true } text }] } => [new(ScriptSourceKind.Read) { FreeName = callee.Name, Member = text.Text }],
            ChainSyntax chain => SourcesOf(chain.Expression),
            ConditionalSyntax conditional => [.. SourcesOf(conditional.WhenTrue), .. SourcesOf(conditional.WhenFalse)],
            BinarySyntax { Operator: "||" or "&&" or "??" } either => [.. SourcesOf(either.Left), .. SourcesOf(either.Right)],
            SequenceSyntax sequence => SourcesOf(sequence.Parts[^1]),
            AssignSyntax { Operator: "=" } assign => SourcesOf(assign.Value),
            _ => [new(ScriptSourceKind.Made)],
        };
    }

    private static ScriptSource? ConstantOf(Value value) =>
        value.IsNumber ? new(ScriptSourceKind.Constant) { Constant = value.Number }
        : value.IsString ? new(ScriptSourceKind.Constant) { Constant = value.Text }
        : value.IsBoolean ? new(ScriptSourceKind.Constant) { Constant = value.IsTrue }
        : value.IsNull || value.IsUndefined ? new(ScriptSourceKind.Constant)
        : null;

    /// <summary>Returns a member of a free name whose own name the text gives, and that name.</summary>
    private static (string Name, string Member)? FreeMember(MemberSyntax member) => member switch
    {
        { PrivateName: not null } => null,
        { Target: NameSyntax { Variable: null } name, Name: { } own, Key: null } => (name.Name, own),
        { Target: NameSyntax { Variable: null } name, Key: LiteralSyntax { Value: { IsString: true } text } } => (name.Name, text.Text),
        { Target: NameSyntax { Variable: null } name, Key: TemplateSyntax { Tag: null, Parts.Count: 0, Cooked: [{ } text] } } => (name.Name, text),
        _ => null,
    };

    private static void Note(Dictionary<string, SortedSet<string>> notes, string name, string text)
    {
        if (!notes.TryGetValue(name, out SortedSet<string>? texts))
            notes.Add(name, texts = new(StringComparer.Ordinal));
        texts.Add(text);
    }
}
