namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Methods and classes (ECMA-262 §15.4, §15.7).</summary>
internal sealed partial class Parser
{
    /// <summary>What stands before the name of a member.</summary>
    private readonly record struct Modifiers(PropertyKind Kind, bool IsAsync, bool IsGenerator, bool IsStatic);

    private Modifiers ParseModifiers(bool inClass)
    {
        bool isStatic = inClass && TryTakeModifier("static");
        if (TryTakeModifier("get"))
            return new(PropertyKind.Get, false, false, isStatic);
        if (TryTakeModifier("set"))
            return new(PropertyKind.Set, false, false, isStatic);
        bool isAsync = false;
        if (_token.IsWord("async") && !PeekToken().AfterLineTerminator)
            isAsync = TryTakeModifier("async");
        return new(PropertyKind.Value, isAsync, TryTake("*"), isStatic);
    }

    /// <summary>Takes the word unless it is itself the name of the member.</summary>
    private bool TryTakeModifier(string word)
    {
        if (!_token.IsWord(word))
            return false;
        Token next = PeekToken();
        if (next.Kind == TokenKind.Punctuator && next.Text is "(" or "," or "}" or ":" or "=" or ";" || next.Kind == TokenKind.End)
            return false;
        if (next.Is("*") && word is "get" or "set")
            return false;
        if (next.Is("{") && word != "static")
            return false;
        Next();
        return true;
    }

    private PropertySyntax ParseMethod(int start, Modifiers modifiers, string? name, ExpressionSyntax? key, NameSyntax? privateName, bool isConstructor = false, bool isDerived = false)
    {
        PropertyKind kind = modifiers.Kind == PropertyKind.Value ? PropertyKind.Method : modifiers.Kind;
        string prefix = kind == PropertyKind.Get ? "get " : kind == PropertyKind.Set ? "set " : string.Empty;
        FunctionInfo info = new(start)
        {
            Name = prefix + (name ?? privateName?.Name),
            Kind = !isConstructor ? FunctionKind.Method : isDerived ? FunctionKind.DerivedConstructor : FunctionKind.ClassConstructor,
            IsAsync = modifiers.IsAsync,
            IsGenerator = modifiers.IsGenerator,
            HasHome = true,
        };
        ParseFunctionRest(info);
        if (kind == PropertyKind.Get && info.Parameters.Count != 0)
            Fault("A getter has no parameters.", start);
        if (kind == PropertyKind.Set && (info.Parameters.Count != 1 || info.Parameters[0] is SpreadSyntax))
            Fault("A setter has exactly one parameter.", start);
        return new PropertySyntax(start, kind)
        {
            Name = name,
            ComputedKey = key,
            PrivateName = privateName,
            IsStatic = modifiers.IsStatic,
            Value = new FunctionSyntax(start, info) { End = _previousEnd },
        };
    }

    private ClassDeclarationSyntax ParseClassDeclaration()
    {
        int start = _token.Start;
        int suspensions = Function.Suspensions;
        Next();
        if (_token.Kind != TokenKind.Identifier)
            throw Unexpected("a name");
        NameSyntax name = TakeBindingName();
        name.Variable = Declare(name.Name, VariableKind.Class, name.Start);
        ClassInfo info = ParseClassRest(start, name.Name);
        MarkInitialized(name, _previousEnd);
        return new ClassDeclarationSyntax(start, name, info) { End = _previousEnd, Suspends = Function.Suspensions != suspensions };
    }

    private ClassSyntax ParseClassExpression()
    {
        int start = _token.Start;
        Next();
        string? name = null;
        if (_token.Kind == TokenKind.Identifier)
        {
            name = _token.Text;
            CheckBindingName(name, _token.Start);
            Next();
        }

        return new ClassSyntax(start, ParseClassRest(start, name)) { End = _previousEnd };
    }

    private ClassInfo ParseClassRest(int start, string? name)
    {
        Descend();
        Scope scope = OpenScope(isFunction: false);
        ClassInfo info = new(start, name, scope);
        if (name is not null)
        {
            Variable own = scope.Add(name, VariableKind.Const);
            own.HasDeadZone = true;
            own.InitializedAt = int.MaxValue;
        }

        if (TryTakeKeyword("extends"))
            info.Heritage = ParseLeftHandSide();
        Take("{");
        while (!TryTake("}"))
        {
            if (TryTake(";"))
                continue;
            if (_token.Kind == TokenKind.End)
                throw Unexpected("'}'");
            ParseMember(info, scope);
        }

        info.End = _previousEnd;
        CloseScope(scope);
        Ascend();
        return info;
    }

    private void ParseMember(ClassInfo info, Scope scope)
    {
        int start = _token.Start;
        if (_token.IsWord("static") && PeekToken().Is("{"))
        {
            Next();
            info.Members.Add(new PropertySyntax(start, PropertyKind.StaticBlock) { IsStatic = true, Value = ParseStaticBlock(start) });
            return;
        }

        Modifiers modifiers = ParseModifiers(inClass: true);
        int nameStart = _token.Start;
        ParsePropertyName(out string? name, out ExpressionSyntax? key, out NameSyntax? privateName);
        bool isMethod = modifiers.Kind != PropertyKind.Value || modifiers.IsAsync || modifiers.IsGenerator || _token.Is("(");
        if (privateName is not null)
            DeclarePrivate(scope, privateName, modifiers);
        if (isMethod)
            ParseMethodMember(info, start, nameStart, modifiers, name, key, privateName);
        else
            ParseField(info, start, nameStart, modifiers.IsStatic, name, key, privateName);
    }

    private void ParseMethodMember(ClassInfo info, int start, int nameStart, Modifiers modifiers, string? name, ExpressionSyntax? key, NameSyntax? privateName)
    {
        bool isConstructor = name == "constructor" && !modifiers.IsStatic;
        if (isConstructor && (modifiers.Kind != PropertyKind.Value || modifiers.IsAsync || modifiers.IsGenerator))
            Fault("The constructor of a class cannot be an accessor, async or a generator.", nameStart);
        if (modifiers.IsStatic && name == "prototype")
            Fault("A static member cannot be named 'prototype'.", nameStart);
        PropertySyntax method = ParseMethod(start, modifiers, name, key, privateName, isConstructor, info.Heritage is not null);
        if (!isConstructor)
        {
            info.Members.Add(method);
            return;
        }

        if (info.Constructor is not null)
            Fault("A class can have one constructor only.", nameStart);
        info.Constructor = ((FunctionSyntax)method.Value!).Info;
    }

    private void ParseField(ClassInfo info, int start, int nameStart, bool isStatic, string? name, ExpressionSyntax? key, NameSyntax? privateName)
    {
        if (name == "constructor" || (isStatic && name == "prototype"))
            Fault($"A field cannot be named '{name}'.", nameStart);
        ExpressionSyntax? value = _token.Is("=") ? ParseInitializer(start, name ?? privateName?.Name) : null;
        TakeSemicolon();
        info.Members.Add(new PropertySyntax(start, PropertyKind.Field) { Name = name, ComputedKey = key, PrivateName = privateName, IsStatic = isStatic, Value = value });
    }

    /// <summary>Parses the value of a field as the body of a method of its own: <c>this</c> is the instance.</summary>
    private FunctionSyntax ParseInitializer(int start, string? name)
    {
        Next();
        FunctionInfo info = OpenInitializer(start);
        info.Expression = ParseWithIn(isSequence: false);
        if (name is not null)
            NameFunction(info.Expression, name);
        info.End = _previousEnd;
        CloseFunction(info, info.ParameterScope, info.ParameterScope);
        return new FunctionSyntax(start, info) { End = _previousEnd };
    }

    private FunctionSyntax ParseStaticBlock(int start)
    {
        FunctionInfo info = OpenInitializer(start);
        Take("{");
        info.Body = ParseStatementList();
        info.End = _previousEnd;
        CloseFunction(info, info.ParameterScope, info.ParameterScope);
        return new FunctionSyntax(start, info) { End = _previousEnd };
    }

    private FunctionInfo OpenInitializer(int start)
    {
        FunctionInfo info = new(start) { Kind = FunctionKind.Method, HasHome = true, IsClassInitializer = true };
        info.ParameterScope = info.BodyScope = OpenScope(isFunction: true);
        _functions.Push(new FunctionContext(info, Function));
        return info;
    }

    private void DeclarePrivate(Scope scope, NameSyntax name, Modifiers modifiers)
    {
        if (name.Name == "#constructor")
            Fault("A private member cannot be named '#constructor'.", name.Start);
        if (scope.Find(name.Name) is { } known)
        {
            bool isPair = _privateAccessors.Remove((known, modifiers.IsStatic, modifiers.Kind == PropertyKind.Get ? PropertyKind.Set : PropertyKind.Get))
                && modifiers.Kind is PropertyKind.Get or PropertyKind.Set;
            if (!isPair)
                Fault($"Private name '{name.Name}' has already been declared.", name.Start);
            name.Variable = known;
            return;
        }

        // Methods and initializers use it from frames of their own.
        Variable variable = scope.Add(name.Name, VariableKind.Special);
        variable.IsCaptured = true;
        name.Variable = variable;
        if (modifiers.Kind is PropertyKind.Get or PropertyKind.Set)
            _privateAccessors.Add((variable, modifiers.IsStatic, modifiers.Kind));
    }

    private readonly HashSet<(Variable Name, bool IsStatic, PropertyKind Kind)> _privateAccessors = [];
}
