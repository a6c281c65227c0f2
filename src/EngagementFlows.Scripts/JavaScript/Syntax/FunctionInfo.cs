namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A function as parsed.</summary>
internal sealed class FunctionInfo(int start)
{
    public int Start { get; } = start;

    public int End { get; set; }

    public string Name { get; set; } = string.Empty;

    public FunctionKind Kind { get; set; }

    public bool IsAsync { get; set; }

    public bool IsGenerator { get; set; }

    /// <summary>Gets or sets whether the name is a binding of the function's own, as in a named function expression.</summary>
    public bool BindsOwnName { get; set; }

    /// <summary>Gets or sets whether <c>super.x</c> means something in it.</summary>
    public bool HasHome { get; set; }

    /// <summary>Gets or sets whether this holds the fields or a static block of a class.</summary>
    public bool IsClassInitializer { get; set; }

    public List<ExpressionSyntax> Parameters { get; set; } = [];

    public Scope ParameterScope { get; set; } = null!;

    /// <summary>Gets or sets the scope of the body; the same as that of the parameters unless these hold expressions.</summary>
    public Scope BodyScope { get; set; } = null!;

    public List<StatementSyntax> Body { get; set; } = [];

    /// <summary>Gets the statements of a program's prelude.</summary>
    public List<StatementSyntax> Prelude { get; } = [];

    public ExpressionSyntax? Expression { get; set; }

    public bool HasSimpleParameters { get; set; } = true;

    public bool HasUseStrict { get; set; }
}

/// <summary>A class as parsed.</summary>
internal sealed class ClassInfo(int start, string? name, Scope scope)
{
    public int Start { get; } = start;

    public int End { get; set; }

    public string? Name { get; } = name;

    /// <summary>Gets the scope of the class's own name and its private names.</summary>
    public Scope Scope { get; } = scope;

    /// <summary>Gets or sets the name of what an anonymous class is assigned to.</summary>
    public string? AssignedName { get; set; }

    public ExpressionSyntax? Heritage { get; set; }

    public FunctionInfo? Constructor { get; set; }

    public List<PropertySyntax> Members { get; } = [];
}
