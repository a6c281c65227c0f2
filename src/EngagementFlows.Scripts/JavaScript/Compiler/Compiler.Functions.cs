using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Functions and the program (ECMA-262 §10.2.11, §16.1.7).</summary>
internal sealed partial class Compiler
{
    /// <summary>Compiles the program; its code takes no arguments and leaves the result in <see cref="Frame.LastValue"/>.</summary>
    public FunctionCode CompileProgram(FunctionInfo info)
    {
        _function = new FunctionState(info, null);
        Scope scope = info.ParameterScope;
        FunctionCode code = new() { Name = string.Empty, Kind = FunctionKind.Method, Length = 0, Text = string.Empty };
        code.ScopeSize = Allocate(scope);
        Push(scope);
        code.Prologue = [.. Entry(scope, clearsVars: true)];
        code.Body = ReferenceEquals(scope, info.BodyScope) ? CompileList(info.Body) : CompileAfterPrelude(info);
        Pop(scope);
        code.LocalCount = _function.Locals;
        return code;
    }

    private ListStatement CompileAfterPrelude(FunctionInfo info)
    {
        Statement prelude = CompileList(info.Prelude);
        int size = Allocate(info.BodyScope);
        Push(info.BodyScope);
        Statement[] entry = [.. Entry(info.BodyScope, clearsVars: true)];
        Statement body = CompileList(info.Body);
        Pop(info.BodyScope);
        return new ListStatement([prelude, new ResetValueStatement(new BlockStatement(size, entry, body))]);
    }

    private FunctionCode CompileFunction(FunctionInfo info)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        FunctionState outer = _function;
        _function = new FunctionState(info, outer);
        FunctionCode code = new()
        {
            Name = info.Name,
            Kind = info.Kind,
            IsAsync = info.IsAsync,
            IsGenerator = info.IsGenerator,
            Length = info.Parameters.TakeWhile(parameter => parameter is not (AssignSyntax or SpreadSyntax)).Count(),
            Text = _source[info.Start..Math.Max(info.Start, info.End)],
        };
        Scope scope = info.ParameterScope;
        code.ScopeSize = Allocate(scope);
        Push(scope);
        bool ownBody = !ReferenceEquals(scope, info.BodyScope);
        BindSpecial(code, scope, info);
        List<Statement> prologue = Entry(scope, clearsVars: true);
        BindParameters(code, info, prologue);
        code.Prologue = [.. prologue];
        if (ownBody)
            CompileInOwnScope(code, info);
        else
            CompileBody(code, info);
        Pop(scope);
        code.LocalCount = _function.Locals;
        _function = outer;
        return code;
    }

    private void CompileBody(FunctionCode code, FunctionInfo info)
    {
        if (info.IsAsync || info.IsGenerator)
            code.Suspendable = CompileSuspendable(code, info, []);
        else if (info.Expression is not null)
            code.Expression = CompileExpression(info.Expression);
        else
            code.Body = CompileList(info.Body);
    }

    /// <summary>Parameters with expressions: the body's variables are apart, but start with the parameters' values (ECMA-262 §10.2.11, step 28).</summary>
    private void CompileInOwnScope(FunctionCode code, FunctionInfo info)
    {
        Scope body = info.BodyScope;
        int size = Allocate(body);
        List<(Place Place, Node Value)> copies = [];
        foreach (Variable variable in body.Variables)
        {
            if (variable.Kind == VariableKind.Var && info.ParameterScope.Find(variable.Name) is { Kind: VariableKind.Parameter } parameter)
                copies.Add((PlaceOf(variable), ReadVariable(parameter, isChecked: false, info.Start, size > 0 ? 1 : 0)));
        }

        Push(body);
        List<Statement> entry = Entry(body, clearsVars: true);
        entry.InsertRange(entry.Count > 0 && entry[0] is ClearStatement ? 1 : 0, copies.Select(copy => new InitializeStatement(copy.Place, copy.Value)));
        if (info.IsAsync || info.IsGenerator)
        {
            code.Suspendable = CompileSuspendable(code, info, [new EnterScopeStatement(size), .. entry]);
        }
        else
        {
            Statement inner = info.Expression is null ? CompileList(info.Body) : new ReturnStatement(CompileExpression(info.Expression), 1);
            code.Body = new BlockStatement(size, [.. entry], inner);
        }

        Pop(body);
    }

    private static void BindSpecial(FunctionCode code, Scope scope, FunctionInfo info)
    {
        foreach (Variable variable in scope.Variables)
        {
            if (variable.Kind == VariableKind.OwnName)
                code.NamePlace = PlaceOf(variable);
            if (variable.Kind != VariableKind.Special)
                continue;
            Place place = PlaceOf(variable);
            switch (variable.Name)
            {
                case "this": code.ThisPlace = place; break;
                case "new.target": code.NewTargetPlace = place; break;
                case "%home": code.HomePlace = place; break;
                case "%func": code.SelfPlace = place; break;
                case "arguments":
                    code.ArgumentsPlace = place;
                    code.KeepsArguments = true;
                    break;
            }
        }

        _ = info;
        code.HasSpecialPlaces = code.ThisPlace.Exists || code.NewTargetPlace.Exists || code.HomePlace.Exists
            || code.SelfPlace.Exists || code.ArgumentsPlace.Exists || code.NamePlace.Exists;
    }

    private void BindParameters(FunctionCode code, FunctionInfo info, List<Statement> prologue)
    {
        if (info.HasSimpleParameters)
        {
            code.Parameters = [.. info.Parameters.Select(parameter => PlaceOf(((NameSyntax)parameter).Variable!))];
            return;
        }

        code.KeepsArguments = true;
        int at = 0;

        // Functions are hoisted over parameters of the same name, so these are bound first.
        List<Statement> binding = [];
        for (int i = 0; i < info.Parameters.Count; i++)
        {
            ExpressionSyntax parameter = info.Parameters[i];
            Node value = parameter is SpreadSyntax ? new RestArgumentsNode(i) : new ArgumentNode(i);
            ExpressionSyntax target = parameter is SpreadSyntax rest ? rest.Operand : parameter;
            binding.Add(new PatternStatement(CompileBinding(target), value));
        }

        if (prologue.Count > 0 && prologue[0] is ClearStatement)
            at = 1;
        prologue.InsertRange(at, binding);
    }
}
