namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Turns syntax into nodes: variables become registers or slots, operators become virtual calls.</summary>
internal sealed partial class Compiler
{
    private readonly ScriptLimits _limits;
    private readonly List<(int Position, string Message)> _faults = [];

    /// <summary>The scopes that exist at run time around the code being compiled, outermost first.</summary>
    private readonly List<Scope> _chain = [];
    private readonly Dictionary<string, int> _free = new(StringComparer.Ordinal);
    private readonly string _source;
    private FunctionState _function = null!;
    private int _nodes;

    public Compiler(string source, ScriptLimits limits)
    {
        _source = source;
        _limits = limits;
    }

    /// <summary>A function that is being compiled.</summary>
    private sealed class FunctionState(FunctionInfo info, FunctionState? outer)
    {
        public FunctionInfo Info { get; } = info;

        public FunctionState? Outer { get; } = outer;

        public int Locals { get; set; }

        public bool IsProgram => Outer is null;

        /// <summary>Gets whether <c>this</c> means the frame's own.</summary>
        public bool HasThis => Outer is not null && (Info.Kind != FunctionKind.Arrow);
    }

    public IReadOnlyList<(int Position, string Message)> Faults => _faults;

    /// <summary>Gets the free names and the index of each among them.</summary>
    public IReadOnlyDictionary<string, int> FreeNames => _free;

    private void Fault(string message, int position) => _faults.Add((position, message));

    /// <summary>Gives every variable of the scope its place; returns the size of the scope at run time, or −1.</summary>
    private int Allocate(Scope scope)
    {
        foreach (Variable variable in scope.Variables)
        {
            if (variable.IsCaptured)
            {
                variable.Owner = scope;
                variable.Slot = scope.ScopedCount++;
            }
            else
            {
                variable.Slot = _function.Locals++;
            }
        }

        return scope.ScopedCount > 0 ? scope.ScopedCount : -1;
    }

    private void Push(Scope scope)
    {
        if (scope.ScopedCount > 0)
            _chain.Add(scope);
    }

    private void Pop(Scope scope)
    {
        if (scope.ScopedCount > 0)
            _chain.RemoveAt(_chain.Count - 1);
    }

    /// <summary>The place of a variable of the innermost scope.</summary>
    private static Place PlaceOf(Variable variable) => new(variable.Slot, variable.IsCaptured);

    private int HopsTo(Variable variable)
    {
        int at = _chain.LastIndexOf(variable.Owner!);
        return at < 0 ? throw new InvalidOperationException($"EngagementFlows bug: variable '{variable.Name}' is out of reach.") : _chain.Count - 1 - at;
    }

    /// <summary>What has to happen when a scope is entered: dead zones open, functions are made.</summary>
    private List<Statement> Entry(Scope scope, bool clearsVars)
    {
        List<Statement> entry = [];
        List<int> undefined = [];
        List<Place> empty = [];
        foreach (Variable variable in scope.Variables)
        {
            if (variable.HasDeadZone && variable.NeedsChecks)
                empty.Add(PlaceOf(variable));
            else if (clearsVars && variable is { Kind: VariableKind.Var, IsCaptured: false })
                undefined.Add(variable.Slot);
        }

        if (undefined.Count > 0 || empty.Count > 0)
            entry.Add(new ClearStatement([.. undefined], [.. empty]));
        foreach (FunctionDeclarationSyntax function in scope.Functions)
            entry.Add(new InitializeStatement(PlaceOf(function.Name.Variable!), new FunctionNode(CompileFunction(function.Info))));
        return entry;
    }

    private Span SpanOf(Syntax syntax) => new(syntax.Start, Math.Max(syntax.Start, syntax.End));

    private int WeightSince(int before) => 1 + ((_nodes - before) >> 4);
}
