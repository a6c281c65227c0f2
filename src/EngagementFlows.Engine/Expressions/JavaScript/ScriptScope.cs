using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>What a script sees of the execution in which it is evaluated. Made for one evaluation.</summary>
internal sealed class ScriptScope(ActivityExecution execution, PreparedScript script, PlainObject? arguments) : ScriptHost
{
    private PlainObject? _variables;
    private PlainObject? _before;

    public ActivityExecution Execution { get; } = execution;

    public InstanceRun Run => Execution.Run;

    /// <summary>Gets or sets the outcomes that the script set.</summary>
    public string[]? Outcomes { get; set; }

    public override IEnumerable<string> GlobalNames
    {
        get
        {
            List<string> names = [.. ScriptSurface.Globals.Keys, "variables", "args"];
            for (ActivityExecution? scope = Execution; scope is not null; scope = scope.Parent)
            {
                foreach (VariableSlot slot in scope.Variables ?? [])
                {
                    if (slot.HasGetter)
                        names.Add("get" + DefinitionReader.PascalCase(slot.Name));
                }
            }

            foreach (InputDeclaration input in Run.Definition.Inputs)
                names.Add("get" + DefinitionReader.PascalCase(input.Name));
            return names;
        }
    }

    public override bool TryGetGlobal(string name, out object? value)
    {
        if (ScriptValueTypes.IsDate(name))
        {
            value = ScriptValueTypes.Date(name, Run.Now, Run.Settings.Zone);
            return true;
        }

        if (ScriptSurface.Globals.TryGetValue(name, out value))
            return true;
        if (name == "variables")
        {
            value = Variables();
            return true;
        }

        if (name == "args")
        {
            value = arguments ?? new PlainObject();
            return true;
        }

        return TryGetAccessor(name, out value);
    }

    /// <summary>Stores what the script assigned to members of <c>variables</c>.</summary>
    public void WriteBack()
    {
        if (_variables is null)
            return;
        foreach ((string name, object? value) in _variables)
        {
            if (!_before!.TryGetValue(name, out object? before) || !Equals(before, value))
                Store(name, value);
        }
    }

    public object? GetVariable(string name) => Execution.FindVariable(name)?.Value;

    /// <summary>Sets the nearest variable of that name; one that nobody declared is made in the nearest container.</summary>
    public void SetVariable(string name, object? value)
    {
        Store(name, value);
        if (_variables is null || !_variables.ContainsKey(name))
            return;
        object? stored = GetVariable(name);
        _variables[name] = stored;
        _before![name] = stored;
    }

    private void Store(string name, object? value)
    {
        if (Execution.FindVariable(name) is { } slot)
        {
            try
            {
                Run.Assign(slot, value);
            }
            catch (EvaluationException failure)
            {
                throw new ScriptException(new ScriptFault("TypeError", failure.Message, 0, 0));
            }
        }
        else
        {
            Execution.Container.AddVariable(new VariableSlot(name, value, SlotOrigin.Script));
        }
    }

    public object? GetInput(string name)
    {
        if (InnerWorkflow()?.Variables?.Find(slot => slot.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } own)
            return own.Value;
        return Run.TryFindInput(Execution, name, out object? value) ? value : null;
    }

    /// <summary>Finds the latest output of an activity of the enclosing containers, from the inside out.</summary>
    public object? GetOutput(string idOrName, string output)
    {
        ActivityNode node = FindNode(idOrName)
            ?? throw new ScriptException(new ScriptFault("Error", $"The activity '{idOrName}' is not in the workflow. Give the id or the name of one.", 0, 0));
        for (ActivityExecution? scope = Execution; scope is not null; scope = scope.Parent)
        {
            if (scope.ChildOutputs is null || !scope.ChildOutputs.TryGetValue(node.Id, out PlainObject? outputs))
                continue;
            foreach ((string name, object? value) in outputs)
            {
                if (name.Equals(output, StringComparison.OrdinalIgnoreCase))
                    return value;
            }
        }

        return null;
    }

    private bool TryGetAccessor(string name, out object? value)
    {
        value = null;
        if (name.Length < 4 || name[0] is not ('g' or 's') || name[1] != 'e' || name[2] != 't')
            return false;
        bool isGetter = name[0] == 'g';
        ReadOnlySpan<char> rest = name.AsSpan(3);
        if (FindByPascalName(rest) is { } variable)
        {
            value = script.Function((isGetter ? "g:" : "s:") + variable, isGetter ? ScriptSurface.Getter : ScriptSurface.Setter);
            return true;
        }

        if (!isGetter)
            return false;
        if (arguments is not null && FindMember(arguments, rest) is { } argument)
        {
            value = script.Function("a:" + argument, _ => new NativeFunction("get" + argument, (host, _) => ((ScriptScope)host).Argument(argument)));
            return true;
        }

        if (FindInputName(rest) is { } input)
        {
            value = script.Function("i:" + input, _ => new NativeFunction("get" + input, (host, _) => ((ScriptScope)host).GetInput(input)));
            return true;
        }

        return TryGetOutputAccessor(name, out value);
    }

    private object? Argument(string name) => arguments?[name];

    private bool TryGetOutputAccessor(string name, out object? value)
    {
        value = null;
        for (int at = name.IndexOf("From", 3, StringComparison.Ordinal); at > 3; at = name.IndexOf("From", at + 1, StringComparison.Ordinal))
        {
            string output = name[3..at];
            if (FindNamedNode(name.AsSpan(at + 4)) is not { } node)
                continue;
            value = script.Function("o:" + name, _ => new NativeFunction(name, (host, _) => ((ScriptScope)host).GetOutput(node.Id, output)));
            return true;
        }

        return false;
    }

    private string? FindByPascalName(ReadOnlySpan<char> pascal)
    {
        for (ActivityExecution? scope = Execution; scope is not null; scope = scope.Parent)
        {
            if (scope.Variables is null)
                continue;
            foreach (VariableSlot slot in scope.Variables)
            {
                if (slot.HasGetter && IsPascalOf(slot.Name, pascal))
                    return slot.Name;
            }
        }

        return null;
    }

    private string? FindInputName(ReadOnlySpan<char> pascal)
    {
        foreach (InputDeclaration input in Run.Definition.Inputs)
        {
            if (IsPascalOf(input.Name, pascal))
                return input.Name;
        }

        return null;
    }

    private static string? FindMember(PlainObject map, ReadOnlySpan<char> pascal)
    {
        foreach ((string name, _) in map)
        {
            if (IsPascalOf(name, pascal))
                return name;
        }

        return null;
    }

    /// <summary>Tells whether a name of letters and digits has that form with a capital first.</summary>
    private static bool IsPascalOf(string name, ReadOnlySpan<char> pascal)
    {
        if (name.Length != pascal.Length || name.Length == 0 || char.ToUpperInvariant(name[0]) != pascal[0])
            return false;
        for (int i = 1; i < name.Length; i++)
        {
            if (name[i] != pascal[i])
                return false;
        }

        return true;
    }

    private ActivityNode? FindNode(string idOrName)
    {
        for (ActivityExecution? scope = Execution; scope is not null; scope = scope.Parent)
        {
            if (!scope.IsContainer)
                continue;
            ActivityNode around = scope.Composite?.Root ?? scope.Node;
            foreach (ActivityNode node in around.SelfAndDescendants())
            {
                if (string.Equals(node.Id, idOrName, StringComparison.Ordinal) || string.Equals(node.Name, idOrName, StringComparison.Ordinal))
                    return node;
            }
        }

        return null;
    }

    private ActivityNode? FindNamedNode(ReadOnlySpan<char> pascal)
    {
        for (ActivityExecution? scope = Execution; scope is not null; scope = scope.Parent)
        {
            if (!scope.IsContainer)
                continue;
            ActivityNode around = scope.Composite?.Root ?? scope.Node;
            foreach (ActivityNode node in around.SelfAndDescendants())
            {
                if (node.Name is { } name && pascal.SequenceEqual(DefinitionReader.PascalCase(name)))
                    return node;
            }
        }

        return null;
    }

    /// <summary>Returns the workflow used as activity around the execution, or <see langword="null"/>.</summary>
    private ActivityExecution? InnerWorkflow()
    {
        for (ActivityExecution? scope = Execution; scope?.Parent is not null; scope = scope.Parent)
        {
            if (scope.Composite is not null && scope != Execution)
                return scope;
        }

        return null;
    }

    /// <summary>Returns an object with the variables that the script's text names.</summary>
    private PlainObject Variables()
    {
        if (_variables is not null)
            return _variables;
        _variables = new();
        _before = new();
        foreach (string name in script.Program.MembersOf("variables"))
        {
            if (Execution.FindVariable(name) is not { } slot)
                continue;
            _variables[name] = slot.Value;
            _before[name] = slot.Value;
        }

        return _variables;
    }
}
