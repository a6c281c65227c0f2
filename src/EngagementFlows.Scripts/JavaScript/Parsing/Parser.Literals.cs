namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Array and object literals, and parentheses that may turn out to be parameters (ECMA-262 §13.2.4, §13.2.5, §15.3).</summary>
internal sealed partial class Parser
{
    /// <summary>Where <c>{ name = value }</c> stands, which is good in patterns only.</summary>
    private readonly List<int> _coverFaults = [];

    /// <summary>Where a spread of an object literal is followed by a comma, which is good in literals only.</summary>
    private readonly HashSet<int> _commasAfterSpread = [];

    private void ReportCoverFaults()
    {
        foreach (int position in _coverFaults)
            Fault("'=' in an object literal is allowed in patterns only; write ':'.", position);
        _coverFaults.Clear();
    }

    private ArraySyntax ParseArray()
    {
        int start = _token.Start;
        Next();
        List<ExpressionSyntax?> elements = [];
        ArraySyntax array = new(start, elements);
        while (!TryTake("]"))
        {
            if (TryTake(","))
            {
                elements.Add(null);
                continue;
            }

            int at = _token.Start;
            elements.Add(TryTake("...") ? new SpreadSyntax(at, ParseWithIn(isSequence: false)) { End = _previousEnd } : ParseWithIn(isSequence: false));
            array.HasTrailingComma = _token.Is(",");
            if (!_token.Is("]"))
                Take(",");
        }

        return array;
    }

    private ObjectSyntax ParseObject()
    {
        int start = _token.Start;
        Next();
        List<PropertySyntax> properties = [];
        bool hasPrototype = false;
        while (!TryTake("}"))
        {
            PropertySyntax property = ParseProperty();
            if (property is { Kind: PropertyKind.Value, Name: "__proto__", IsShorthand: false })
            {
                if (hasPrototype)
                    _coverFaults.Add(property.Start);
                hasPrototype = true;
            }

            properties.Add(property);
            if (_token.Is("}"))
                continue;
            Take(",");
            if (property.Kind == PropertyKind.Spread)
                _commasAfterSpread.Add(property.Start);
        }

        return new ObjectSyntax(start, properties);
    }

    private PropertySyntax ParseProperty()
    {
        int start = _token.Start;
        if (TryTake("..."))
            return new PropertySyntax(start, PropertyKind.Spread) { Value = ParseWithIn(isSequence: false) };
        Modifiers modifiers = ParseModifiers(inClass: false);
        bool isWord = _token.Kind is TokenKind.Identifier or TokenKind.Keyword;
        Token word = _token;
        ParsePropertyName(out string? name, out ExpressionSyntax? key, out NameSyntax? privateName);
        if (privateName is not null)
            Fault("Private names can be declared in classes only.", start);
        if (modifiers.Kind != PropertyKind.Value || modifiers.IsAsync || modifiers.IsGenerator || _token.Is("("))
            return ParseMethod(start, modifiers, name, key, null);
        if (TryTake(":"))
        {
            ExpressionSyntax value = ParseWithIn(isSequence: false);
            if (name is not null && name != "__proto__")
                NameFunction(value, name);
            return new PropertySyntax(start, PropertyKind.Value) { Name = name, ComputedKey = key, Value = value };
        }

        if (!isWord || word.Kind == TokenKind.Keyword)
            throw Unexpected("':'");
        if (Words.Reserved.Contains(word.Text))
            Fault($"'{word.Text}' is a reserved word and cannot be a name.", start);
        ExpressionSyntax shorthand = Refer(word.Text, start);
        if (_token.Is("="))
        {
            _coverFaults.Add(_token.Start);
            Next();
            ExpressionSyntax value = ParseWithIn(isSequence: false);
            NameFunction(value, shorthand);
            shorthand = new AssignSyntax(start, "=", shorthand, value) { End = _previousEnd };
        }

        return new PropertySyntax(start, PropertyKind.Value) { Name = name, Value = shorthand, IsShorthand = true };
    }

    private void ParsePropertyName(out string? name, out ExpressionSyntax? key, out NameSyntax? privateName)
    {
        key = null;
        name = null;
        privateName = null;
        switch (_token.Kind)
        {
            case TokenKind.Identifier or TokenKind.Keyword:
                name = TakePropertyWord();
                break;
            case TokenKind.String:
                name = _token.Text;
                Next();
                break;
            case TokenKind.Number:
                name = NumberText.Of(_token.Number);
                Next();
                break;
            case TokenKind.PrivateName:
                privateName = new NameSyntax(_token.Start, _token.Text);
                Next();
                break;
            default:
                Take("[");
                key = ParseWithIn(isSequence: false);
                Take("]");
                break;
        }
    }

    private ExpressionSyntax ParseParenthesized()
    {
        int start = _token.Start;
        int firstReference = _references.Count;
        Next();
        List<ExpressionSyntax> parts = [];
        bool onlyParameters = false;
        while (!_token.Is(")"))
        {
            int at = _token.Start;
            if (TryTake("..."))
            {
                parts.Add(new SpreadSyntax(at, ParseBindingTarget()));
                onlyParameters = true;
                break;
            }

            parts.Add(ParseWithIn(isSequence: false));
            if (_token.Is(")"))
                break;
            Take(",");
            onlyParameters = _token.Is(")");
        }

        Take(")");
        if (_token.Is("=>") && !_token.AfterLineTerminator)
            return ParseArrow(start, firstReference, parts, isAsync: false);
        if (parts.Count == 0 || onlyParameters)
            throw Unexpected("'=>'");
        ExpressionSyntax result = parts.Count == 1 ? parts[0] : new SequenceSyntax(parts[0].Start, parts) { End = _previousEnd };
        result.IsParenthesized = true;
        return result;
    }
}
