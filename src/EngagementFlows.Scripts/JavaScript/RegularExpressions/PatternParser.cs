namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>Parses an ECMAScript pattern (ECMA-262 §22.2.1, with Annex B.1.2 outside Unicode mode).</summary>
internal sealed partial class PatternParser
{
    private const int DeepestNesting = 100;

    private readonly string _source;
    private readonly bool _isUnicode;
    private readonly bool _isMultiline;
    private readonly bool _dotMatchesAll;
    private readonly bool _ignoresCase;
    private readonly int _groupCount;
    private readonly List<string?> _groupNames = [null];
    private readonly HashSet<string> _allNames = new(StringComparer.Ordinal);
    private int _at;
    private int _group;
    private int _depth;

    public PatternParser(string source, bool isUnicode, bool isMultiline, bool dotMatchesAll, bool ignoresCase)
    {
        _source = source;
        _isUnicode = isUnicode;
        _isMultiline = isMultiline;
        _dotMatchesAll = dotMatchesAll;
        _ignoresCase = ignoresCase;
        _groupCount = CountGroups();
    }

    /// <summary>Gets the names of the groups by number; group 0 and groups without a name have none.</summary>
    public IReadOnlyList<string?> GroupNames => _groupNames;

    public PatternNode Parse()
    {
        PatternNode all = Disjunction();
        if (_at < _source.Length)
            throw Fault(_source[_at] == ')' ? "Unmatched ')'" : "Unexpected character");
        return all;
    }

    private PatternNode Disjunction()
    {
        if (++_depth > DeepestNesting)
            throw Fault("Regular expression too deeply nested");
        List<PatternNode> alternatives = [Alternative()];
        while (Take('|'))
            alternatives.Add(Alternative());
        _depth--;
        return alternatives.Count == 1 ? alternatives[0] : new AlternativesNode(alternatives);
    }

    private SequenceNode Alternative()
    {
        List<PatternNode> terms = [];
        while (_at < _source.Length && _source[_at] is not ('|' or ')'))
            terms.Add(Term());
        return new(terms);
    }

    private PatternNode Term()
    {
        int firstGroup = _group + 1;
        (PatternNode atom, bool canRepeat) = Assertion() is { } assertion ? assertion : (Atom(), true);
        int begin = _at;
        if (Quantifier() is not { } quantifier)
            return atom;
        if (!canRepeat)
            throw new PatternException("Nothing to repeat", begin);
        return new RepeatNode(atom, quantifier.Min, quantifier.Max, quantifier.IsGreedy, firstGroup, _group);
    }

    private (PatternNode Node, bool CanRepeat)? Assertion()
    {
        switch (_source[_at])
        {
            case '^':
                _at++;
                return (new StartNode(_isMultiline), false);
            case '$':
                _at++;
                return (new EndNode(_isMultiline), false);
            case '\\' when _at + 1 < _source.Length && _source[_at + 1] is 'b' or 'B':
                bool isBoundary = _source[_at + 1] == 'b';
                _at += 2;
                return (new BoundaryNode(isBoundary, WordSet().Freeze()), false);
            case '(' when Follows("(?=") || Follows("(?!"):
                return (Look(3, ahead: true), !_isUnicode);
            case '(' when Follows("(?<=") || Follows("(?<!"):
                return (Look(4, ahead: false), false);
            default:
                return null;
        }
    }

    private LookNode Look(int length, bool ahead)
    {
        bool isNegative = _source[_at + length - 1] == '!';
        _at += length;
        PatternNode body = Disjunction();
        Close();
        return new(ahead, isNegative, body);
    }

    private PatternNode Atom()
    {
        char next = _source[_at];
        switch (next)
        {
            case '.':
                _at++;
                return Of(_dotMatchesAll ? CodePointSet.Of((0, CodePointSet.Last)) : UnicodeSets.LineEnds.Complement());
            case '(':
                return Group();
            case '[':
                return Of(CharacterClass());
            case '\\':
                return AtomEscape();
            case '*' or '+' or '?':
                throw Fault("Nothing to repeat");
            case '{' when _isUnicode || IsQuantifier():
                throw Fault(_isUnicode ? "Lone quantifier brackets" : "Nothing to repeat");
            case '}' or ']' when _isUnicode:
                throw Fault("Lone quantifier brackets");
            default:
                return Literal(NextPoint());
        }
    }

    private SetNode Literal(int point) => Of(Closed(CodePointSet.Of((point, point))));

    private CodePointSet Closed(CodePointSet set) => _ignoresCase ? CaseFolds.Close(set, _isUnicode) : set;

    private static SetNode Of(CodePointSet set) => new(set.Freeze());

    private PatternNode Group()
    {
        if (Follows("(?:"))
        {
            _at += 3;
            PatternNode inside = Disjunction();
            Close();
            return inside;
        }

        string? name = null;
        if (Follows("(?<"))
        {
            _at += 3;
            name = GroupName();
            if (!_allNames.Add(name))
                throw Fault("Duplicate capture group name");
        }
        else if (Follows("(?"))
        {
            throw Fault("Invalid group");
        }
        else
        {
            _at++;
        }

        int number = ++_group;
        _groupNames.Add(name);
        PatternNode body = Disjunction();
        Close();
        return new GroupNode(number, body);
    }

    private void Close()
    {
        if (!Take(')'))
            throw Fault("Unterminated group");
    }

    private (int Min, int Max, bool IsGreedy)? Quantifier()
    {
        if (_at >= _source.Length)
            return null;
        (int min, int max) = (0, int.MaxValue);
        switch (_source[_at])
        {
            case '*':
                _at++;
                break;
            case '+':
                min = 1;
                _at++;
                break;
            case '?':
                max = 1;
                _at++;
                break;
            case '{' when IsQuantifier():
                int begin = _at++;
                max = min = Number();
                if (Take(','))
                    max = _source[_at] == '}' ? int.MaxValue : Number();
                _at++;
                if (max < min)
                    throw new PatternException("numbers out of order in {} quantifier", begin);
                break;
            default:
                return null;
        }

        return (min, max, !Take('?'));
    }

    private bool IsQuantifier()
    {
        int at = _at + 1;
        int digits = at;
        while (at < _source.Length && char.IsAsciiDigit(_source[at]))
            at++;
        if (at == digits)
            return false;
        if (at < _source.Length && _source[at] == ',')
        {
            at++;
            while (at < _source.Length && char.IsAsciiDigit(_source[at]))
                at++;
        }

        return at < _source.Length && _source[at] == '}';
    }

    // Larger counts mean the same as the largest that we keep: no text is that long.
    private int Number()
    {
        long number = 0;
        for (; _at < _source.Length && char.IsAsciiDigit(_source[_at]); _at++)
            number = Math.Min((number * 10) + (_source[_at] - '0'), int.MaxValue);
        return (int)number;
    }

    private int CountGroups()
    {
        int count = 0;
        bool inClass = false;
        for (int i = 0; i < _source.Length; i++)
        {
            switch (_source[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    bool isNamed = Follows("(?<", i) && !Follows("(?<=", i) && !Follows("(?<!", i);
                    if (isNamed)
                        HasNames = true;
                    if (isNamed || !Follows("(?", i))
                        count++;
                    break;
            }
        }

        return count;
    }

    private bool Follows(string text) => Follows(text, _at);

    private bool Follows(string text, int at) => string.CompareOrdinal(_source, at, text, 0, text.Length) == 0;

    private bool Take(char expected)
    {
        if (_at >= _source.Length || _source[_at] != expected)
            return false;
        _at++;
        return true;
    }

    private int NextPoint()
    {
        char unit = _source[_at++];
        if (_isUnicode && char.IsHighSurrogate(unit) && _at < _source.Length && char.IsLowSurrogate(_source[_at]))
            return char.ConvertToUtf32(unit, _source[_at++]);
        return unit;
    }

    private PatternException Fault(string message) => new(message, _at);
}
