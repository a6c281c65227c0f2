namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Functions of all kinds (ECMA-262 §15.1 to §15.6, §15.8).</summary>
internal sealed partial class Parser
{
    private FunctionDeclarationSyntax ParseFunctionDeclaration(bool isAsync)
    {
        int start = _token.Start;
        if (isAsync)
            Next();
        TakeKeyword("function");
        bool isGenerator = TryTake("*");
        if (_token.Kind != TokenKind.Identifier)
            throw Unexpected("a name");
        NameSyntax name = TakeBindingName();
        name.Variable = Declare(name.Name, VariableKind.Function, name.Start);
        Scope scope = CurrentScope;
        FunctionInfo info = new(start) { Name = name.Name, IsAsync = isAsync, IsGenerator = isGenerator };
        ParseFunctionRest(info);
        FunctionDeclarationSyntax declaration = new(start, name, info) { End = _previousEnd };
        scope.Functions.Add(declaration);
        return declaration;
    }

    private FunctionSyntax ParseFunctionExpression(int start, bool isAsync)
    {
        TakeKeyword("function");
        FunctionInfo info = new(start) { IsAsync = isAsync, IsGenerator = TryTake("*") };
        if (_token.Kind == TokenKind.Identifier)
        {
            if ((info.IsGenerator && _token.Text == "yield") || (isAsync && _token.Text == "await"))
                throw Unexpected();
            CheckBindingName(_token.Text, _token.Start);
            info.Name = _token.Text;
            info.BindsOwnName = true;
            Next();
        }

        ParseFunctionRest(info);
        return new FunctionSyntax(start, info) { End = _previousEnd };
    }

    /// <summary>Parses parameters and body of anything but an arrow.</summary>
    private void ParseFunctionRest(FunctionInfo info)
    {
        Descend();
        bool outerNoIn = _noIn;
        _noIn = false;
        if (info is { IsAsync: true, IsGenerator: true })
            Fault("Async generators are not available in scripts: collect the values in an array.", info.Start);
        Scope scope = OpenScope(isFunction: true);
        info.ParameterScope = info.BodyScope = scope;
        _functions.Push(new FunctionContext(info, Function));
        Take("(");
        while (!_token.Is(")"))
        {
            int start = _token.Start;
            if (TryTake("..."))
            {
                info.Parameters.Add(new SpreadSyntax(start, ParseBindingTarget()));
                if (!_token.Is(")"))
                    throw Unexpected("')': a rest parameter comes last");
                break;
            }

            info.Parameters.Add(ParseBindingElement());
            if (!_token.Is(")"))
                Take(",");
        }

        Take(")");
        if (Function.Suspensions > 0)
            Fault("'await' and 'yield' are not allowed in parameters.", info.Start);
        DeclareParameters(info);
        ParseFunctionBody(info, scope);
        _noIn = outerNoIn;
        Ascend();
    }

    private void DeclareParameters(FunctionInfo info)
    {
        List<string> names = [];
        info.HasSimpleParameters = info.Parameters.TrueForAll(parameter => parameter is NameSyntax);
        foreach (ExpressionSyntax parameter in info.Parameters)
        {
            DeclarePattern(parameter, VariableKind.Parameter, names);
            if (info.HasSimpleParameters)
                continue;
            MarkParameter(parameter);
        }
    }

    // Defaults may read parameters to their left only.
    private void MarkParameter(ExpressionSyntax parameter)
    {
        switch (parameter)
        {
            case NameSyntax { Variable: { } variable }:
                variable.HasDeadZone = true;
                variable.InitializedAt = parameter.End;
                break;
            case AssignSyntax assign:
                MarkParameter(assign.Target);
                if (assign.Target is NameSyntax { Variable: { } withDefault })
                    withDefault.InitializedAt = assign.End;
                break;
            case SpreadSyntax spread:
                MarkParameter(spread.Operand);
                break;
            case ArraySyntax array:
                foreach (ExpressionSyntax? element in array.Elements)
                {
                    if (element is not null)
                        MarkParameter(element);
                }

                break;
            case ObjectSyntax map:
                foreach (PropertySyntax property in map.Properties)
                    MarkParameter(property.Value!);
                break;
        }
    }

    private static bool HasExpressions(ExpressionSyntax parameter) => parameter switch
    {
        NameSyntax => false,
        AssignSyntax => true,
        SpreadSyntax spread => HasExpressions(spread.Operand),
        ArraySyntax array => array.Elements.Exists(element => element is not null && HasExpressions(element)),
        ObjectSyntax map => map.Properties.Exists(property => property.ComputedKey is not null || HasExpressions(property.Value!)),
        _ => true,
    };

    private void ParseFunctionBody(FunctionInfo info, Scope scope)
    {
        Take("{");
        Scope body = scope;
        if (info.Parameters.Exists(HasExpressions))
            body = info.BodyScope = OpenScope(isFunction: true);
        ParseDirectives(info);
        info.Body = ParseStatementList();
        info.End = _previousEnd;
        CloseFunction(info, scope, body);
    }

    private void ParseDirectives(FunctionInfo info)
    {
        if (_token.Kind == TokenKind.String && !_token.HasEscape && _token.Text == "use strict" && _token.End - _token.Start == 12 && !info.HasSimpleParameters)
            Fault("'use strict' is not allowed in a function with defaults, rest or patterns as parameters.", _token.Start);
    }

    private void CloseFunction(FunctionInfo info, Scope scope, Scope body)
    {
        _functions.Pop();
        if (!ReferenceEquals(body, scope))
        {
            UncrossBody(body);
            CloseScope(body);
            UncrossParameters();
        }

        if (info.Kind != FunctionKind.Arrow)
            BindSpecialNames(scope, info);
        if (info.BindsOwnName && scope.Find(info.Name) is null)
            scope.Add(info.Name, VariableKind.OwnName);
        CloseScope(scope);
    }

    // The scope of the body belongs to the same call as that of the parameters: leaving it crosses no function.
    private int _bodyMark = -1;
    private readonly List<bool> _crossedBefore = [];

    private void UncrossBody(Scope body)
    {
        _bodyMark = body.FirstReference;
        _crossedBefore.Clear();
        for (int i = _bodyMark; i < _references.Count; i++)
        {
            if (body.Find(_references[i].Name.Name) is null)
                _crossedBefore.Add(_references[i].IsCrossed);
        }
    }

    private void UncrossParameters()
    {
        for (int i = 0; i < _crossedBefore.Count; i++)
            _references[_bodyMark + i] = (_references[_bodyMark + i].Name, _crossedBefore[i]);
    }

    private FunctionSyntax ParseArrow(int start, int firstReference, List<ExpressionSyntax> parameters, bool isAsync)
    {
        FunctionInfo info = new(start) { Kind = FunctionKind.Arrow, IsAsync = isAsync };
        Take("=>");
        Scope scope = OpenScope(isFunction: true, firstReference);
        scope.IsArrow = true;
        info.ParameterScope = info.BodyScope = scope;
        _functions.Push(new FunctionContext(info, Function));
        foreach (ExpressionSyntax parameter in parameters)
        {
            if (parameter.IsParenthesized)
                Fault("A parameter cannot stand in parentheses.", parameter.Start);
            info.Parameters.Add(parameter is SpreadSyntax ? parameter : ToTargetWithDefault(parameter));
        }

        DeclareParameters(info);
        if (_token.Is("{"))
        {
            bool outerNoIn = _noIn;
            _noIn = false;
            ParseFunctionBody(info, scope);
            _noIn = outerNoIn;
        }
        else
        {
            Scope body = scope;
            if (info.Parameters.Exists(HasExpressions))
                body = info.BodyScope = OpenScope(isFunction: true);
            info.Expression = ParseAssignment();
            info.End = _previousEnd;
            CloseFunction(info, scope, body);
        }

        return new FunctionSyntax(start, info) { End = _previousEnd };
    }

    private FunctionSyntax ParseSingleParameterArrow(int start, int nameStart, bool isAsync)
    {
        _ = nameStart;
        NameSyntax parameter = TakeBindingName();
        parameter.End = _previousEnd;
        return ParseArrow(start, _references.Count, [parameter], isAsync);
    }

    /// <summary>Parses <c>async x =></c> or <c>async (…) =></c>; gives nothing if <c>async</c> turns out to be something else.</summary>
    private FunctionSyntax? TryParseAsyncArrow()
    {
        int start = _token.Start;
        Token next = PeekToken();
        if (next.AfterLineTerminator)
            return null;
        if (next.Kind == TokenKind.Identifier)
        {
            Next();
            if (!PeekToken().Is("=>"))
                throw Unexpected();
            return ParseSingleParameterArrow(start, _token.Start, isAsync: true);
        }

        if (!next.Is("(") || !IsAsyncArrowAhead())
            return null;
        Next();
        int firstReference = _references.Count;
        List<ExpressionSyntax> parameters = ParseArguments();
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i] is SpreadSyntax rest)
                parameters[i] = new SpreadSyntax(rest.Start, ToTarget(rest.Operand));
        }

        return ParseArrow(start, firstReference, parameters, isAsync: true);
    }

    /// <summary>Looks whether the parentheses after <c>async</c> are followed by an arrow.</summary>
    private bool IsAsyncArrowAhead()
    {
        int at = _lexer.At;
        Token token = default;
        int open = 0;
        bool found = false;
        try
        {
            do
            {
                _lexer.Next(ref token);
                if (token.Is("(") || token.Is("[") || token.Is("{"))
                    open++;
                else if (token.Is(")") || token.Is("]") || token.Is("}"))
                    open--;
            }
            while (open > 0 && token.Kind != TokenKind.End);
            _lexer.Next(ref token);
            found = token.Is("=>") && !token.AfterLineTerminator;
        }
        catch (SyntaxException)
        {
            // A template or regular expression in the parentheses: such parameters are rare, a call is likely.
            found = false;
        }

        _lexer.At = at;
        return found;
    }
}
