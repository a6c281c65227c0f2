namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Targets of declarations and assignments (ECMA-262 §13.15.5, §14.3.3).</summary>
internal sealed partial class Parser
{
    /// <summary>Parses a name or pattern that declares names.</summary>
    private ExpressionSyntax ParseBindingTarget()
    {
        Descend();
        int start = _token.Start;
        ExpressionSyntax target;
        if (_token.Is("["))
            target = ParseArrayBinding(start);
        else if (_token.Is("{"))
            target = ParseObjectBinding(start);
        else if (_token.Kind == TokenKind.Identifier)
            target = TakeBindingName();
        else
            throw Unexpected("a name");
        target.End = _previousEnd;
        Ascend();
        return target;
    }

    private NameSyntax TakeBindingName()
    {
        NameSyntax name = new(_token.Start, _token.Text);
        Next();
        return name;
    }

    private ExpressionSyntax ParseBindingElement()
    {
        int start = _token.Start;
        return WithDefault(start, ParseBindingTarget());
    }

    private ExpressionSyntax WithDefault(int start, ExpressionSyntax target)
    {
        if (!TryTake("="))
            return target;
        ExpressionSyntax value = ParseWithIn(isSequence: false);
        NameFunction(value, target);
        return new AssignSyntax(start, "=", target, value) { End = _previousEnd };
    }

    private ArraySyntax ParseArrayBinding(int start)
    {
        Next();
        List<ExpressionSyntax?> elements = [];
        while (!TryTake("]"))
        {
            if (TryTake(","))
            {
                elements.Add(null);
                continue;
            }

            int at = _token.Start;
            if (TryTake("..."))
            {
                elements.Add(new SpreadSyntax(at, ParseBindingTarget()));
                if (!_token.Is("]"))
                    throw Unexpected("']': a rest element comes last");
                continue;
            }

            elements.Add(ParseBindingElement());
            if (!_token.Is("]"))
                Take(",");
        }

        return new ArraySyntax(start, elements);
    }

    private ObjectSyntax ParseObjectBinding(int start)
    {
        Next();
        List<PropertySyntax> properties = [];
        while (!TryTake("}"))
        {
            int at = _token.Start;
            if (TryTake("..."))
            {
                if (_token.Kind != TokenKind.Identifier)
                    throw Unexpected("a name");
                properties.Add(new PropertySyntax(at, PropertyKind.Spread) { Value = TakeBindingName() });
                if (!_token.Is("}"))
                    throw Unexpected("'}': a rest element comes last");
                continue;
            }

            Token word = _token;
            ParsePropertyName(out string? name, out ExpressionSyntax? key, out NameSyntax? privateName);
            if (privateName is not null)
                throw new SyntaxException("A pattern cannot read private names.", at);
            if (TryTake(":"))
                properties.Add(new PropertySyntax(at, PropertyKind.Value) { Name = name, ComputedKey = key, Value = ParseBindingElement() });
            else if (word.Kind == TokenKind.Identifier)
                properties.Add(new PropertySyntax(at, PropertyKind.Value) { Name = name, IsShorthand = true, Value = WithDefault(at, new NameSyntax(at, word.Text) { End = word.End }) });
            else
                throw Unexpected("':'");
            if (!_token.Is("}"))
                Take(",");
        }

        return new ObjectSyntax(start, properties);
    }

    /// <summary>Turns an expression into the target of a compound assignment or update.</summary>
    private ExpressionSyntax ToSimpleTarget(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case NameSyntax { Name: "this" or "new.target" }:
                break;
            case NameSyntax name:
                if (name.Name is "eval" or "arguments")
                    Fault($"'{name.Name}' cannot be declared or assigned.", name.Start);
                return name;
            case MemberSyntax or SuperMemberSyntax:
                return expression;
        }

        Fault("This cannot be assigned to: only variables, members and patterns can.", expression.Start);
        return expression;
    }

    /// <summary>Turns an expression that was followed by <c>=</c> into a target; literals become patterns.</summary>
    private ExpressionSyntax ToTarget(ExpressionSyntax expression)
    {
        if (expression.IsParenthesized && expression is ArraySyntax or ObjectSyntax)
        {
            Fault("A pattern cannot stand in parentheses.", expression.Start);
            return expression;
        }

        switch (expression)
        {
            case ArraySyntax array:
                for (int i = 0; i < array.Elements.Count; i++)
                {
                    if (array.Elements[i] is SpreadSyntax rest)
                    {
                        if (i < array.Elements.Count - 1 || array.HasTrailingComma || rest.Operand is AssignSyntax)
                            Fault("A rest element comes last and has no default.", rest.Start);
                        array.Elements[i] = new SpreadSyntax(rest.Start, ToTarget(rest.Operand));
                    }
                    else if (array.Elements[i] is { } element)
                    {
                        array.Elements[i] = ToTargetWithDefault(element);
                    }
                }

                return array;
            case ObjectSyntax map:
                foreach (PropertySyntax property in map.Properties)
                    ToPropertyTarget(map, property);
                _coverFaults.RemoveAll(position => position >= map.Start && position < map.End);
                return map;
            default:
                return ToSimpleTarget(expression);
        }
    }

    private void ToPropertyTarget(ObjectSyntax map, PropertySyntax property)
    {
        if (property.Kind == PropertyKind.Value)
        {
            property.Value = ToTargetWithDefault(property.Value!);
            return;
        }

        if (property.Kind != PropertyKind.Spread || !ReferenceEquals(property, map.Properties[^1]) || property.Value is ArraySyntax or ObjectSyntax || _commasAfterSpread.Contains(property.Start))
            Fault("A pattern holds names, members and a last '...rest' only.", property.Start);
        else
            property.Value = ToSimpleTarget(property.Value!);
    }

    private ExpressionSyntax ToTargetWithDefault(ExpressionSyntax expression)
    {
        if (expression is AssignSyntax { Operator: "=", IsParenthesized: false } assign)
            return assign;
        return ToTarget(expression);
    }
}
