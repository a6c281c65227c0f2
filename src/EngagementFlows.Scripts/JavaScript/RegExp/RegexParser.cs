namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Reads a pattern (ECMA-262 §22.2.1), with the leniency of Annex B.1.2 unless the u flag is set.</summary>
internal sealed partial class RegexParser
{
    private const int DeepestNesting = 200;

    private readonly string _pattern;
    private readonly bool _isUnicode;
    private readonly bool _isDotAll;
    private readonly bool _hasNames;
    private readonly int _groupTotal;
    private readonly List<(string Name, int Index, int[] Path)> _names = [];
    private readonly List<int> _path = [];
    private int _at;
    private int _groups;
    private int _depth;
    private int _choices;

    public RegexParser(string pattern, bool isUnicode, bool isDotAll)
    {
        _pattern = pattern;
        _isUnicode = isUnicode;
        _isDotAll = isDotAll;
        (_groupTotal, _hasNames) = CountGroups(pattern);
    }

    /// <summary>Gets the number of capturing groups.</summary>
    public int Groups => _groups;

    /// <summary>Gets the names of groups in the order of the groups.</summary>
    public IReadOnlyList<(string Name, int Index)> Names => [.. _names.Select(name => (name.Name, name.Index))];

    public RegexNode Parse()
    {
        RegexNode node = ParseChoice();
        if (_at < _pattern.Length)
            throw new RegexException(_pattern[_at] == ')' ? "Unmatched ')'" : $"Unexpected '{_pattern[_at]}'");
        return node;
    }

    private static (int Total, bool HasNames) CountGroups(string pattern)
    {
        int total = 0;
        bool hasNames = false;
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\')
                i++;
            else if (c == '[')
                inClass = true;
            else if (c == ']')
                inClass = false;
            else if (c == '(' && !inClass)
            {
                bool isNamed = i + 3 < pattern.Length && pattern[i + 1] == '?' && pattern[i + 2] == '<' && pattern[i + 3] is not ('=' or '!');
                hasNames |= isNamed;
                if (isNamed || i + 1 >= pattern.Length || pattern[i + 1] != '?')
                    total++;
            }
        }

        return (total, hasNames);
    }

    private bool AtEnd => _at >= _pattern.Length;

    private bool TryTake(char c)
    {
        if (AtEnd || _pattern[_at] != c)
            return false;
        _at++;
        return true;
    }

    private bool TryTake(string text)
    {
        if (string.CompareOrdinal(_pattern, _at, text, 0, text.Length) != 0)
            return false;
        _at += text.Length;
        return true;
    }

    private RegexNode ParseChoice()
    {
        if (++_depth > DeepestNesting)
            throw new RegexException("Regular expression nests too deeply");
        int choice = _choices++;
        List<RegexNode> alternatives = [];
        do
        {
            _path.Add((choice << 12) + alternatives.Count);
            alternatives.Add(ParseSequence());
            _path.RemoveAt(_path.Count - 1);
        }
        while (TryTake('|'));
        _depth--;
        return alternatives.Count == 1 ? alternatives[0] : new RegexChoice(alternatives);
    }

    private RegexNode ParseSequence()
    {
        List<RegexNode> parts = [];
        while (!AtEnd && _pattern[_at] is not ('|' or ')'))
            parts.Add(ParseTerm());
        return parts.Count switch
        {
            0 => new RegexEmpty(),
            1 => parts[0],
            _ => new RegexSequence(parts),
        };
    }

    private RegexNode ParseTerm()
    {
        int firstGroup = _groups + 1;
        char c = _pattern[_at];
        RegexNode? assertion = ParseAssertion(out bool mayRepeat);
        if (assertion is not null)
            return mayRepeat ? ParseQuantifier(assertion, firstGroup) : assertion;
        if (c is '*' or '+' or '?')
            throw new RegexException("Nothing to repeat");
        if (c == '{')
        {
            int before = _at;
            if (_isUnicode || TryBraces(out _, out _))
                throw new RegexException("Nothing to repeat");
            _at = before;
        }

        return ParseQuantifier(ParseAtom(), firstGroup);
    }

    private RegexNode? ParseAssertion(out bool mayRepeat)
    {
        mayRepeat = false;
        if (TryTake('^'))
            return new RegexAssert(RegexAssertion.Start);
        if (TryTake('$'))
            return new RegexAssert(RegexAssertion.End);
        if (TryTake("\\b"))
            return new RegexAssert(RegexAssertion.WordBoundary);
        if (TryTake("\\B"))
            return new RegexAssert(RegexAssertion.NotWordBoundary);
        bool isAhead = TryTake("(?=");
        bool isNotAhead = !isAhead && TryTake("(?!");
        bool isBehind = !isAhead && !isNotAhead && TryTake("(?<=");
        bool isNotBehind = !isAhead && !isNotAhead && !isBehind && TryTake("(?<!");
        if (!isAhead && !isNotAhead && !isBehind && !isNotBehind)
            return null;
        RegexNode body = ParseChoice();
        TakeClose();

        // Annex B lets a lookahead be repeated.
        mayRepeat = !_isUnicode && (isAhead || isNotAhead);
        return new RegexLook(isBehind || isNotBehind, isNotAhead || isNotBehind, body);
    }

    private void TakeClose()
    {
        if (!TryTake(')'))
            throw new RegexException("Unterminated group");
    }

    private RegexNode ParseQuantifier(RegexNode body, int firstGroup)
    {
        int least;
        int most;
        if (TryTake('*'))
            (least, most) = (0, int.MaxValue);
        else if (TryTake('+'))
            (least, most) = (1, int.MaxValue);
        else if (TryTake('?'))
            (least, most) = (0, 1);
        else if (AtEnd || _pattern[_at] != '{' || !TryBraces(out least, out most))
            return AtEnd || _pattern[_at] != '{' || !_isUnicode ? body : throw new RegexException("Incomplete quantifier");
        if (most < least)
            throw new RegexException("numbers out of order in {} quantifier");
        return new RegexRepeat(body, least, most, TryTake('?'), firstGroup, _groups + 1);
    }

    private bool TryBraces(out int least, out int most)
    {
        int start = _at++;
        most = 0;
        if (!TryNumber(out least))
        {
            _at = start;
            return false;
        }

        most = least;
        if (TryTake(',') && !TryNumber(out most))
            most = int.MaxValue;
        if (TryTake('}'))
            return true;
        _at = start;
        return false;
    }

    private bool TryNumber(out int value)
    {
        int start = _at;
        long sum = 0;
        while (!AtEnd && char.IsAsciiDigit(_pattern[_at]))
            sum = Math.Min(int.MaxValue, (sum * 10) + _pattern[_at++] - '0');
        value = (int)sum;
        return _at > start;
    }

    private RegexNode ParseAtom()
    {
        char c = _pattern[_at];
        switch (c)
        {
            case '.':
                _at++;
                return new RegexAny(_isDotAll);
            case '(': return ParseGroup();
            case '[':
                _at++;
                return ParseClass();
            case '\\':
                _at++;
                return ParseEscape();
            case ']' or '{' or '}' when _isUnicode:
                throw new RegexException("Lone quantifier brackets");
            default: return new RegexChar(TakeCharacter());
        }
    }

    private int TakeCharacter()
    {
        int code = _isUnicode ? Texts.CodePointAt(_pattern, _at) : _pattern[_at];
        _at += code > 0xffff ? 2 : 1;
        return code;
    }

    private RegexNode ParseGroup()
    {
        _at++;
        if (TryTake("?:"))
        {
            RegexNode plain = ParseChoice();
            TakeClose();
            return plain;
        }

        int index = ++_groups;
        if (TryTake("?<"))
            AddName(TakeGroupName(), index);
        else if (!AtEnd && _pattern[_at] == '?')
            throw new RegexException("Invalid group");
        RegexNode body = ParseChoice();
        TakeClose();
        return new RegexGroup(index, body);
    }

    private void AddName(string name, int index)
    {
        // The same name may stand in different alternatives of one choice only.
        foreach ((string known, _, int[] path) in _names)
        {
            if (known == name && !AreAlternatives(path, _path))
                throw new RegexException("Duplicate capture group name");
        }

        _names.Add((name, index, [.. _path]));
    }

    private static bool AreAlternatives(int[] left, List<int> right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Count); i++)
        {
            if (left[i] != right[i])
                return left[i] >> 12 == right[i] >> 12;
        }

        return false;
    }

    private string TakeGroupName()
    {
        System.Text.StringBuilder name = new();
        while (!TryTake('>'))
        {
            if (AtEnd)
                throw new RegexException("Invalid capture group name");
            int code = Texts.CodePointAt(_pattern, _at);
            _at += code > 0xffff ? 2 : 1;
            if (code == '\\')
            {
                if (!TryTake('u') || !TryUnicodeEscape(alwaysBraces: true, out code))
                    throw new RegexException("Invalid Unicode escape");
            }

            if (name.Length == 0 ? !Characters.IsIdentifierStart(code) : !Characters.IsIdentifierPart(code))
                throw new RegexException("Invalid capture group name");
            name.Append(Texts.OfCodePoint(code));
        }

        return name.Length == 0 ? throw new RegexException("Invalid capture group name") : name.ToString();
    }
}
