namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Object literals and classes.</summary>
internal sealed partial class Compiler
{
    private Node CompileObject(ObjectSyntax map)
    {
        if (map.Properties.TrueForAll(property => property is { Kind: PropertyKind.Value, Name: not (null or "__proto__") })
            && map.Properties.DistinctBy(property => property.Name).Count() == map.Properties.Count)
        {
            PropertyTable layout = new(map.Properties.Count) { IsShared = true };
            foreach (PropertySyntax property in map.Properties)
                layout.Add(property.Name!, PropertyFlags.All);
            return new PlainObjectNode(layout, [.. map.Properties.Select(property => CompileExpression(property.Value!))]);
        }

        return new ObjectNode([.. map.Properties.Select(CompileMemberPart)]);
    }

    private MemberPart CompileMemberPart(PropertySyntax property)
    {
        Node? key = property.ComputedKey is null ? null : CompileExpression(property.ComputedKey);
        bool names = property.IsShorthand || (property.Name is null && IsAnonymousFunction(property.Value));
        return new MemberPart(property.Kind, property.Name, key, CompileExpression(property.Value!), names);
    }

    private static bool IsAnonymousFunction(ExpressionSyntax? value) =>
        value is FunctionSyntax { Info.BindsOwnName: false, IsParenthesized: false or true } or ClassSyntax { Info.Name: null };

    private ClassNode CompileClass(ClassInfo info)
    {
        Scope scope = info.Scope;
        int size = Allocate(scope);
        Push(scope);
        string name = info.Name ?? info.AssignedName ?? string.Empty;
        bool isDerived = info.Heritage is not null;
        Node? heritage = isDerived ? CompileExpression(info.Heritage!) : null;
        FunctionCode constructor = info.Constructor is null
            ? DefaultConstructor(info, name, isDerived)
            : CompileConstructor(info, name);
        List<ClassMember> members = [];
        List<Statement> fields = [];
        int computed = 0;
        FunctionCode? fieldCode = HasFields(info) ? OpenFieldCode(name) : null;
        foreach (PropertySyntax property in info.Members)
            CompileClassMember(property, members, fields, ref computed);
        if (fieldCode is not null)
            fieldCode.Body = new ListStatement([.. fields]);
        ClassPlan plan = new()
        {
            Name = name,
            Span = new Span(info.Start, info.End),
            Constructor = constructor,
            Heritage = heritage,
            Members = [.. members],
            ScopeSize = size,
            OwnName = info.Name is not null && scope.Find(info.Name) is { } own ? PlaceOf(own) : Place.None,
            PrivateNames = [.. scope.Variables.Where(variable => variable.Name[0] == '#').Select(variable => (variable.Name, PlaceOf(variable)))],
            Fields = fieldCode,
        };
        Pop(scope);
        return new ClassNode(plan);
    }

    private static bool HasFields(ClassInfo info) => info.Members.Exists(member => member is { Kind: PropertyKind.Field, IsStatic: false });

    // Fields are defined one by one by a method that has no variables of its own.
    private static FunctionCode OpenFieldCode(string name) => new() { Name = name, Kind = FunctionKind.Method, Length = 0, Text = string.Empty, Parameters = [] };

    private FunctionCode CompileConstructor(ClassInfo info, string name)
    {
        info.Constructor!.Name = name;
        FunctionCode code = CompileFunction(info.Constructor);
        return code.WithText(_source[info.Start..info.End]);
    }

    private FunctionCode DefaultConstructor(ClassInfo info, string name, bool isDerived)
    {
        string text = _source[info.Start..info.End];
        FunctionCode code = new()
        {
            Name = name,
            Kind = isDerived ? FunctionKind.DerivedConstructor : FunctionKind.ClassConstructor,
            Length = 0,
            Text = text,
            Parameters = [],
        };
        if (!isDerived)
        {
            code.Body = EmptyStatement.Instance;
            return code;
        }

        code.KeepsArguments = true;
        code.LocalCount = 1;
        code.ThisPlace = new Place(0, false);
        code.HasSpecialPlaces = true;
        code.Body = new DefaultSuperStatement(info.Start);
        return code;
    }

    private void CompileClassMember(PropertySyntax property, List<ClassMember> members, List<Statement> fields, ref int computed)
    {
        Node? key = property.ComputedKey is null ? null : CompileExpression(property.ComputedKey);
        Node? privateName = property.PrivateName is null ? null : CompileName(property.PrivateName);
        bool isInstanceField = property is { Kind: PropertyKind.Field, IsStatic: false };
        Node? value = property.Value is null ? null : CompileExpression(property.Value);
        bool names = property.ComputedKey is not null && property.Kind == PropertyKind.Field && property.Value is FunctionSyntax initializer && IsAnonymousFunction(initializer.Info.Expression);
        if (isInstanceField)
        {
            fields.Add(new FieldStatement(property.Name, computed, privateName, value, names));
            if (key is null)
                return;
            computed++;
        }

        members.Add(new ClassMember(property.Kind, property.IsStatic, property.Name, key, privateName, value, names));
    }
}

/// <summary>The constructor that a derived class has by default: it hands its arguments on.</summary>
internal sealed class DefaultSuperStatement(int start) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        realm.Position = start;
        ScriptFunction self = frame.Function!;
        if (self.Prototype is not { IsConstructor: true })
            throw realm.TypeError("Super constructor is not a constructor.");
        Value instance = ((JsFunction)self.Prototype).Construct(realm, frame.Arguments, frame.NewTarget.Object);
        frame.Locals[0] = instance;
        self.Elements?.Initialize(realm, instance.Object);
        return Completion.Normal;
    }
}
