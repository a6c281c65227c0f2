using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>Escapes, classes and names.</summary>
internal sealed partial class PatternParser
{
    /// <summary>Gets whether the pattern has named groups: then <c>\k</c> is a reference even outside Unicode mode (§B.1.2).</summary>
    private bool HasNames { get; set; }

    private PatternNode AtomEscape()
    {
        int begin = _at++;
        if (_at >= _source.Length)
            throw new PatternException("\\ at end of pattern", begin);
        char next = _source[_at];
        if (next is >= '1' and <= '9' && BackReference() is { } reference)
            return reference;
        if (next == 'k' && (_isUnicode || HasNames))
        {
            _at++;
            if (!Take('<'))
                throw Fault("Invalid named reference");
            string name = GroupName();
            int number = NumberOf(name);
            if (number <= 0)
                throw Fault("Invalid named capture referenced");
            return new ReferenceNode(number);
        }

        if (ClassEscape(next) is { } set)
            return Of(set);
        return Literal(CharacterEscape(inClass: false));
    }

    private ReferenceNode? BackReference()
    {
        int begin = _at;
        int number = Number();
        if (number <= _groupCount)
            return new ReferenceNode(number);
        if (_isUnicode)
            throw new PatternException("Invalid escape", begin);
        _at = begin;
        return null;
    }

    // A reference may stand before its group, so names are looked for in the source.
    private int NumberOf(string name)
    {
        PatternParser names = new(_source, _isUnicode, false, false, false) { _at = 0 };
        names.CollectNames();
        return names._groupNames.IndexOf(name);
    }

    private void CollectNames()
    {
        bool inClass = false;
        for (_at = 0; _at < _source.Length; _at++)
        {
            switch (_source[_at])
            {
                case '\\':
                    _at++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass && Follows("(?<") && !Follows("(?<=") && !Follows("(?<!"):
                    _at += 3;
                    _groupNames.Add(GroupName());
                    _at--;
                    break;
                case '(' when !inClass && !Follows("(?"):
                    _groupNames.Add(null);
                    break;
            }
        }
    }

    private string GroupName()
    {
        int begin = _at;
        System.Text.StringBuilder name = new();
        while (_at < _source.Length && _source[_at] != '>')
        {
            int point = _source[_at] == '\\' ? UnicodeEscapeInName() : NamePoint();
            bool fits = name.Length == 0
                ? point is '$' or '_' || UnicodeSets.Property("ID_Start")!.Ranges.Any(range => point >= range.From && point <= range.To)
                : point is '$' or 0x200C or 0x200D || UnicodeSets.Property("ID_Continue")!.Ranges.Any(range => point >= range.From && point <= range.To);
            if (!fits)
                throw new PatternException("Invalid capture group name", begin);
            name.Append(char.IsSurrogate((char)point) && point <= 0xFFFF ? "\uFFFD" : char.ConvertFromUtf32(point));
        }

        if (name.Length == 0 || !Take('>'))
            throw new PatternException("Invalid capture group name", begin);
        return name.ToString();
    }

    private int NamePoint()
    {
        char unit = _source[_at++];
        return char.IsHighSurrogate(unit) && _at < _source.Length && char.IsLowSurrogate(_source[_at]) ? char.ConvertToUtf32(unit, _source[_at++]) : unit;
    }

    private int UnicodeEscapeInName()
    {
        _at++;
        if (Take('u') && UnicodeEscape(true) is { } point)
            return point;
        throw Fault("Invalid Unicode escape");
    }

    private CodePointSet? ClassEscape(char letter)
    {
        CodePointSet? set = letter switch
        {
            'd' => UnicodeSets.Digits,
            'D' => UnicodeSets.Digits.Complement(),
            's' => UnicodeSets.Spaces,
            'S' => UnicodeSets.Spaces.Complement(),
            'w' => WordSet(),
            'W' => WordSet().Complement(),
            _ => null,
        };
        if (set is not null)
        {
            _at++;
            return set;
        }

        if (letter is not ('p' or 'P') || !_isUnicode)
            return null;
        int close = _source.IndexOf('}', _at);
        if (_at + 1 >= _source.Length || _source[_at + 1] != '{' || close < 0)
            throw Fault("Invalid property name");
        CodePointSet property = UnicodeSets.Property(_source[(_at + 2)..close]) ?? throw Fault("Invalid property name");
        _at = close + 1;
        return letter == 'P' ? property.Complement() : property;
    }

    // In Unicode mode without case, the long s and the Kelvin sign fold to word characters (§22.2.2.9.3).
    private CodePointSet WordSet()
    {
        if (!_isUnicode || !_ignoresCase)
            return UnicodeSets.Words;
        CodePointSet words = CodePointSet.Of((0x17F, 0x17F), (0x212A, 0x212A));
        words.Add(UnicodeSets.Words);
        return words;
    }

    private int CharacterEscape(bool inClass)
    {
        char next = _source[_at++];
        switch (next)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'b' when inClass:
                return '\b';
            case '-' when inClass && _isUnicode:
                return '-';
            case '0' when _isUnicode || _at >= _source.Length || !char.IsAsciiDigit(_source[_at]):
                if (_at < _source.Length && char.IsAsciiDigit(_source[_at]))
                    throw Fault("Invalid decimal escape");
                return 0;
            case 'c':
                if (_at < _source.Length && (char.IsAsciiLetter(_source[_at]) || (inClass && !_isUnicode && (char.IsAsciiDigit(_source[_at]) || _source[_at] == '_'))))
                    return _source[_at++] % 32;
                if (_isUnicode)
                    throw Fault("Invalid unicode escape");

                // Annex B: the backslash stands for itself and the c is read again.
                _at--;
                return '\\';
            case 'x':
                if (Hex(2) is { } unit)
                    return unit;
                return _isUnicode ? throw Fault("Invalid escape") : 'x';
            case 'u':
                if (UnicodeEscape(_isUnicode) is { } point)
                    return point;
                return _isUnicode ? throw Fault("Invalid Unicode escape") : 'u';
            case >= '0' and <= '7' when !_isUnicode:
                return LegacyOctal(next - '0');
            default:
                if (_isUnicode && !"^$\\.*+?()[]{}|/".Contains(next))
                    throw Fault("Invalid escape");
                _at--;
                return NextPoint();
        }
    }

    private int LegacyOctal(int value)
    {
        int most = value <= 3 ? 2 : 1;
        for (int i = 0; i < most && _at < _source.Length && _source[_at] is >= '0' and <= '7'; i++)
            value = (value * 8) + (_source[_at++] - '0');
        return value;
    }

    private int? UnicodeEscape(bool allowsPoints)
    {
        if (allowsPoints && _at < _source.Length && _source[_at] == '{')
        {
            int close = _source.IndexOf('}', _at);
            if (close <= _at + 1 || !int.TryParse(_source.AsSpan(_at + 1, close - _at - 1).TrimStart('0') is { Length: > 0 } digits ? digits : "0", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int point)
                || point is < 0 or > CodePointSet.Last)
                return null;
            _at = close + 1;
            return point;
        }

        if (Hex(4) is not { } unit)
            return null;
        if (allowsPoints && unit is >= 0xD800 and <= 0xDBFF && Follows("\\u"))
        {
            int before = _at;
            _at += 2;
            if (Hex(4) is { } low and >= 0xDC00 and <= 0xDFFF)
                return char.ConvertToUtf32((char)unit, (char)low);
            _at = before;
        }

        return unit;
    }

    private int? Hex(int digits)
    {
        if (_at + digits > _source.Length)
            return null;
        int value = 0;
        for (int i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(_source[_at + i]))
                return null;
            value = (value * 16) + Convert.ToInt32(_source[_at + i].ToString(), 16);
        }

        _at += digits;
        return value;
    }

    private CodePointSet CharacterClass()
    {
        int begin = _at++;
        bool isNegated = Take('^');
        CodePointSet set = new();
        while (true)
        {
            if (_at >= _source.Length)
                throw new PatternException("Unterminated character class", begin);
            if (Take(']'))
                break;
            (int from, CodePointSet? left) = ClassAtom();
            if (_at + 1 < _source.Length && _source[_at] == '-' && _source[_at + 1] != ']')
            {
                _at++;
                (int to, CodePointSet? right) = ClassAtom();
                if (left is null && right is null)
                {
                    if (to < from)
                        throw Fault("Range out of order in character class");
                    set.Add(from, to);
                    continue;
                }

                if (_isUnicode)
                    throw Fault("Invalid character class");
                set.Add('-', '-');
                AddAtom(set, to, right);
            }

            AddAtom(set, from, left);
        }

        set = Closed(set);
        return isNegated ? set.Complement() : set;
    }

    private static void AddAtom(CodePointSet set, int point, CodePointSet? escape)
    {
        if (escape is null)
            set.Add(point, point);
        else
            set.Add(escape);
    }

    private (int Point, CodePointSet? Set) ClassAtom()
    {
        if (_source[_at] != '\\')
            return (NextPoint(), null);
        int begin = _at++;
        if (_at >= _source.Length)
            throw new PatternException("\\ at end of pattern", begin);
        return ClassEscape(_source[_at]) is { } set ? (0, set) : (CharacterEscape(inClass: true), null);
    }
}
