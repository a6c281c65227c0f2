namespace EngagementFlows.Scripts.JavaScript;

internal enum VariableKind
{
    Var,
    Let,
    Const,
    Class,
    Function,
    Parameter,
    CatchParameter,

    /// <summary>The name of a function expression inside it: assignment is a TypeError.</summary>
    OwnName,

    /// <summary>A private name, or one that the language binds: <c>this</c>, <c>arguments</c>, <c>new.target</c>.</summary>
    Special,
}

/// <summary>A binding.</summary>
internal sealed class Variable(string name, VariableKind kind)
{
    public string Name { get; } = name;

    public VariableKind Kind { get; set; } = kind;

    /// <summary>Gets or sets whether a closure uses it, so that it lives in a scope and not in a register.</summary>
    public bool IsCaptured { get; set; }

    /// <summary>Gets or sets whether some use has to look whether it is initialised.</summary>
    public bool NeedsChecks { get; set; }

    /// <summary>Gets or sets where in the source it is initialised; uses before that are checked.</summary>
    public int InitializedAt { get; set; }

    /// <summary>Gets or sets whether it is uninitialised at first (temporal dead zone).</summary>
    public bool HasDeadZone { get; set; }

    /// <summary>Gets or sets the index of its register, or of its slot in the scope.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Gets or sets the scope that holds it at run time, if it is captured.</summary>
    public Scope? Owner { get; set; }

    public bool IsReadOnly => Kind is VariableKind.Const or VariableKind.OwnName;
}

/// <summary>The bindings of a block, function, class or program.</summary>
internal sealed class Scope(bool isFunction, int firstReference)
{
    private const int IndexedFrom = 9;

    private Dictionary<string, Variable>? _index;
    private HashSet<string>? _passing;

    public bool IsFunction { get; } = isFunction;

    public bool IsArrow { get; set; }

    /// <summary>Gets or sets whether the order of uses says nothing about the order of execution, as in a switch.</summary>
    public bool AlwaysChecks { get; set; }

    /// <summary>Gets where the parser's list of references begins for this scope.</summary>
    public int FirstReference { get; } = firstReference;

    public List<Variable> Variables { get; } = [];

    /// <summary>Gets the function declarations, which are made when the scope is entered.</summary>
    public List<FunctionDeclarationSyntax> Functions { get; } = [];

    /// <summary>Gets or sets the number of captured variables, as the compiler counts them.</summary>
    public int ScopedCount { get; set; }

    public Variable? Find(string name)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(name);
        foreach (Variable variable in Variables)
        {
            if (variable.Name == name)
                return variable;
        }

        return null;
    }

    public Variable Add(string name, VariableKind kind)
    {
        Variable variable = new(name, kind);
        Variables.Add(variable);
        if (_index is not null)
        {
            _index[name] = variable;
        }
        else if (Variables.Count >= IndexedFrom)
        {
            _index = new(StringComparer.Ordinal);
            foreach (Variable known in Variables)
                _index[known.Name] = known;
        }

        return variable;
    }

    /// <summary>Notes that a <c>var</c> of an inner block passes through on its way to the function.</summary>
    public void NotePassing(string name) => (_passing ??= []).Add(name);

    public bool HasPassing(string name) => _passing?.Contains(name) == true;
}
