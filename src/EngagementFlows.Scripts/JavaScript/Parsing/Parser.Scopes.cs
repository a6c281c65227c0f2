namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Declares names, and binds uses to them when a scope closes.</summary>
internal sealed partial class Parser
{
    private readonly List<Scope> _scopes = [];
    private readonly List<(NameSyntax Name, bool IsCrossed)> _references = [];
    private readonly Stack<FunctionContext> _functions = new();

    /// <summary>A function that is being parsed.</summary>
    private sealed class FunctionContext(FunctionInfo info, FunctionContext? outer)
    {
        public FunctionInfo Info { get; } = info;

        public FunctionContext? Outer { get; } = outer;

        public List<Label> Labels { get; } = [];

        /// <summary>The number of awaits and yields so far: statements compare it to learn whether they hold one.</summary>
        public int Suspensions { get; set; }

        public bool IsArrow => Info.Kind == FunctionKind.Arrow;
    }

    /// <summary>A label in force, or an unnamed loop or switch.</summary>
    private sealed class Label(string? name, int id)
    {
        public string? Name { get; } = name;

        public int Id { get; } = id;

        public int LoopId { get; set; } = -1;

        public bool IsSwitch { get; set; }
    }

    private FunctionContext Function => _functions.Peek();

    /// <summary>The nearest function that has a <c>this</c> of its own, or the program.</summary>
    private FunctionContext ThisFunction
    {
        get
        {
            FunctionContext function = Function;
            while (function.IsArrow && function.Outer is { } outer)
                function = outer;
            return function;
        }
    }

    private bool InFunction => Function.Outer is not null;

    private Scope CurrentScope => _scopes[^1];

    private Scope OpenScope(bool isFunction) => OpenScope(isFunction, _references.Count);

    private Scope OpenScope(bool isFunction, int firstReference)
    {
        Scope scope = new(isFunction, firstReference);
        _scopes.Add(scope);
        return scope;
    }

    private NameSyntax Refer(string name, int start)
    {
        NameSyntax reference = new(start, name) { End = start + name.Length };
        _references.Add((reference, false));
        return reference;
    }

    /// <summary>Binds the uses made inside the scope; what it does not declare goes on to the scope around it.</summary>
    private void CloseScope(Scope scope)
    {
        _scopes.RemoveAt(_scopes.Count - 1);
        int kept = scope.FirstReference;
        for (int i = kept; i < _references.Count; i++)
        {
            (NameSyntax name, bool crossed) = _references[i];
            if (scope.Find(name.Name) is not { } variable)
            {
                _references[kept++] = (name, crossed || scope.IsFunction);
                continue;
            }

            name.Variable = variable;
            variable.IsCaptured |= crossed;
            if (variable.HasDeadZone && (crossed || scope.AlwaysChecks || name.Start < variable.InitializedAt))
                name.NeedsCheck = variable.NeedsChecks = true;
        }

        _references.RemoveRange(kept, _references.Count - kept);
    }

    /// <summary>Declares the names that a function binds by itself, as far as its body or arrows in it use them.</summary>
    private void BindSpecialNames(Scope scope, FunctionInfo function)
    {
        int kept = scope.FirstReference;
        for (int i = kept; i < _references.Count; i++)
        {
            (NameSyntax name, bool crossed) = _references[i];
            if (name.Name is not ("this" or "arguments" or "new.target" or "%home" or "%func") || scope.Find(name.Name) is not null)
            {
                _references[kept++] = (name, crossed);
                continue;
            }

            bool derivedThis = name.Name == "this" && function.Kind == FunctionKind.DerivedConstructor;
            if (name.Name == "arguments" && function.IsClassInitializer)
                Fault("'arguments' is not allowed in the fields of a class.", name.Start);
            if (name.Name != "arguments" && !crossed && !derivedThis && !HasCrossed(i, name.Name))
                continue;
            Variable variable = scope.Add(name.Name, VariableKind.Special);
            if (derivedThis)
            {
                variable.HasDeadZone = true;
                variable.InitializedAt = int.MaxValue;
            }

            _references[kept++] = (name, crossed);
        }

        _references.RemoveRange(kept, _references.Count - kept);
    }

    private bool HasCrossed(int from, string name)
    {
        for (int i = from; i < _references.Count; i++)
        {
            if (_references[i].IsCrossed && _references[i].Name.Name == name)
                return true;
        }

        return false;
    }

    private Variable Declare(string name, VariableKind kind, int start)
    {
        CheckBindingName(name, start);
        if (kind == VariableKind.Var)
            return DeclareVar(name, start);
        Scope scope = CurrentScope;
        if (scope.Find(name) is { } known)
        {
            if (kind == VariableKind.Parameter || (kind == VariableKind.Function && scope.IsFunction && known.Kind is VariableKind.Var or VariableKind.Function or VariableKind.Parameter))
            {
                if (kind == VariableKind.Function && known.Kind == VariableKind.Var)
                    known.Kind = VariableKind.Function;
                return known;
            }

            if (known.Kind is not (VariableKind.OwnName or VariableKind.Special))
            {
                Fault($"Identifier '{name}' has already been declared.", start);
                return known;
            }
        }

        if (scope.HasPassing(name) || (kind != VariableKind.Parameter && HidesParameter(scope, name, kind)))
            Fault($"Identifier '{name}' has already been declared.", start);
        Variable variable = scope.Add(name, kind);
        variable.HasDeadZone = kind is VariableKind.Let or VariableKind.Const or VariableKind.Class;
        variable.InitializedAt = variable.HasDeadZone ? int.MaxValue : 0;
        return variable;
    }

    // The body's own scope exists only beside parameters with expressions; a let there may not repeat a parameter.
    private bool HidesParameter(Scope scope, string name, VariableKind kind) =>
        scope.IsFunction && InFunction && ReferenceEquals(scope, Function.Info.BodyScope) && !ReferenceEquals(scope, Function.Info.ParameterScope)
        && kind is VariableKind.Let or VariableKind.Const or VariableKind.Class && Function.Info.ParameterScope.Find(name) is not null;

    private Variable DeclareVar(string name, int start)
    {
        for (int i = _scopes.Count - 1; ; i--)
        {
            Scope scope = _scopes[i];
            if (scope.IsFunction)
            {
                if (scope.Find(name) is not { } known)
                    return scope.Add(name, VariableKind.Var);
                if (known.Kind is VariableKind.Let or VariableKind.Const or VariableKind.Class)
                    Fault($"Identifier '{name}' has already been declared.", start);
                return known;
            }

            if (scope.Find(name) is { Kind: not VariableKind.CatchParameter })
                Fault($"Identifier '{name}' has already been declared.", start);
            scope.NotePassing(name);
        }
    }

    private void CheckBindingName(string name, int start)
    {
        if (Words.Reserved.Contains(name))
            Fault($"'{name}' is a reserved word and cannot be a name.", start);
        else if (name is "eval" or "arguments")
            Fault($"'{name}' cannot be declared or assigned.", start);
    }

    /// <summary>Declares every name that a pattern binds.</summary>
    private void DeclarePattern(ExpressionSyntax pattern, VariableKind kind, List<string>? names = null)
    {
        switch (pattern)
        {
            case NameSyntax name:
                if (kind is VariableKind.Let or VariableKind.Const && name.Name == "let")
                    Fault("'let' cannot be declared by let or const.", name.Start);
                if (names is not null && names.Contains(name.Name) && kind == VariableKind.Parameter)
                    Fault($"Duplicate parameter name '{name.Name}'.", name.Start);
                names?.Add(name.Name);
                Variable variable = Declare(name.Name, kind, name.Start);
                name.Variable = variable;
                break;
            case AssignSyntax assign:
                DeclarePattern(assign.Target, kind, names);
                break;
            case SpreadSyntax spread:
                DeclarePattern(spread.Operand, kind, names);
                break;
            case ArraySyntax array:
                foreach (ExpressionSyntax? element in array.Elements)
                {
                    if (element is not null)
                        DeclarePattern(element, kind, names);
                }

                break;
            case ObjectSyntax map:
                foreach (PropertySyntax property in map.Properties)
                    DeclarePattern(property.Value!, kind, names);
                break;
            default:
                Fault("A declaration or parameter can bind names only.", pattern.Start);
                break;
        }
    }

    /// <summary>Notes that the names of a pattern hold values from here on.</summary>
    private void MarkInitialized(ExpressionSyntax pattern, int at)
    {
        switch (pattern)
        {
            case NameSyntax name:
                if (name.Variable is { HasDeadZone: true } variable)
                    variable.InitializedAt = Math.Min(variable.InitializedAt, at);
                break;
            case AssignSyntax assign:
                MarkInitialized(assign.Target, at);
                break;
            case SpreadSyntax spread:
                MarkInitialized(spread.Operand, at);
                break;
            case ArraySyntax array:
                foreach (ExpressionSyntax? element in array.Elements)
                {
                    if (element is not null)
                        MarkInitialized(element, at);
                }

                break;
            case ObjectSyntax map:
                foreach (PropertySyntax property in map.Properties)
                    MarkInitialized(property.Value!, at);
                break;
        }
    }
}
