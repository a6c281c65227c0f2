using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Escapes and character classes (ECMA-262 §22.2.1, CharacterEscape, ClassRanges).</summary>
internal sealed partial class RegexParser
{
    private static readonly CharacterSet s_digits = new CharacterSet().Add('0', '9').Seal();
    private static readonly CharacterSet s_words = new CharacterSet().Add('0', '9').Add('A', 'Z').Add('a', 'z').Add('_').Seal();
    private static readonly CharacterSet s_spaces = MakeSpaces();

    private static CharacterSet MakeSpaces()
    {
        CharacterSet set = new();
        for (int c = 0; c <= 0xffff; c++)
        {
            if (Characters.IsSpace((char)c))
                set.Add(c);
        }

        return set.Seal();
    }

    private RegexNode ParseEscape()
    {
        if (AtEnd)
            throw new RegexException("\\ at end of pattern");
        char c = _pattern[_at];
        if (c is >= '1' and <= '9' && TryBackreference(out RegexBackreference? reference))
            return reference!;
        if (c == 'k' && (_isUnicode || _hasNames))
        {
            _at++;
            if (!TryTake('<'))
                throw new RegexException("Invalid named reference");
            return new RegexBackreference(TakeGroupName(), 0);
        }

        if (TryClassEscape(out CharacterSet? set))
            return new RegexClass(set!);
        return new RegexChar(ParseCharacterEscape(inClass: false));
    }

    /// <summary>Names that references use must exist.</summary>
    public void CheckNames(IEnumerable<string> used)
    {
        foreach (string name in used)
        {
            if (!_names.Exists(known => known.Name == name))
                throw new RegexException("Invalid named capture referenced");
        }
    }

    private bool TryBackreference(out RegexBackreference? reference)
    {
        int start = _at;
        reference = null;
        TryNumber(out int number);
        if (number <= _groupTotal)
        {
            reference = new RegexBackreference(null, number);
            return true;
        }

        if (_isUnicode)
            throw new RegexException("Invalid escape");
        _at = start;
        return false;
    }

    private bool TryClassEscape(out CharacterSet? set)
    {
        set = null;
        char c = _pattern[_at];
        CharacterSet? plain = c switch
        {
            'd' or 'D' => s_digits,
            'w' or 'W' => s_words,
            's' or 'S' => s_spaces,
            _ => null,
        };
        if (plain is not null)
        {
            _at++;
            set = new CharacterSet { IsNegated = char.IsAsciiLetterUpper(c) };
            set.Add(plain);
            set.Seal();
            return true;
        }

        if (c is not ('p' or 'P') || !_isUnicode)
            return false;
        _at++;
        int end = _pattern.IndexOf('}', _at);
        if (!TryTake('{') || end < 0)
            throw new RegexException("Invalid property name");
        set = UnicodeProperties.Find(_pattern[_at..end]) ?? throw new RegexException("Invalid property name");
        _at = end + 1;
        if (c == 'P')
        {
            CharacterSet positive = set;
            set = new CharacterSet { IsNegated = true };
            set.Add(positive);
        }

        set.Seal();
        return true;
    }

    private int ParseCharacterEscape(bool inClass)
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'c': return ParseControl(inClass);
            case '0' when AtEnd || !char.IsAsciiDigit(_pattern[_at]): return 0;
            case >= '0' and <= '7' when !_isUnicode: return ParseOctal(c);
            case 'x':
                if (TryHex(2, out int hex))
                    return hex;
                return _isUnicode ? throw new RegexException("Invalid escape") : 'x';
            case 'u':
                if (TryUnicodeEscape(alwaysBraces: false, out int code))
                    return code;
                return _isUnicode ? throw new RegexException("Invalid Unicode escape") : 'u';
        }

        if (!_isUnicode)
            return c == 'k' && _hasNames ? throw new RegexException("Invalid escape") : c;
        if ("^$\\.*+?()[]{}|/".Contains(c, StringComparison.Ordinal) || (inClass && c == '-'))
            return c;
        throw new RegexException("Invalid escape");
    }

    private int ParseControl(bool inClass)
    {
        if (!AtEnd && (char.IsAsciiLetter(_pattern[_at]) || (inClass && !_isUnicode && (char.IsAsciiDigit(_pattern[_at]) || _pattern[_at] == '_'))))
            return _pattern[_at++] % 32;
        if (_isUnicode)
            throw new RegexException("Invalid Unicode escape");
        _at--;
        return '\\';
    }

    private int ParseOctal(char first)
    {
        int value = first - '0';
        int most = first <= '3' ? 2 : 1;
        for (int i = 0; i < most && !AtEnd && _pattern[_at] is >= '0' and <= '7'; i++)
            value = (value * 8) + _pattern[_at++] - '0';
        return value;
    }

    private bool TryHex(int count, out int value)
    {
        value = 0;
        if (_at + count > _pattern.Length || !int.TryParse(_pattern.AsSpan(_at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
            return false;
        _at += count;
        return true;
    }

    private bool TryUnicodeEscape(bool alwaysBraces, out int code)
    {
        if ((_isUnicode || alwaysBraces) && TryTake('{'))
        {
            int end = _pattern.IndexOf('}', _at);
            code = 0;
            if (end <= _at || !long.TryParse(_pattern.AsSpan(_at, Math.Min(end - _at, 16)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value) || value is < 0 or > 0x10ffff)
                throw new RegexException("Invalid Unicode escape");
            _at = end + 1;
            code = (int)value;
            return true;
        }

        if (!TryHex(4, out code))
            return false;
        int after = _at;
        if ((_isUnicode || alwaysBraces) && code is >= 0xd800 and <= 0xdbff && TryTake("\\u") && TryHex(4, out int low) && low is >= 0xdc00 and <= 0xdfff)
            code = char.ConvertToUtf32((char)code, (char)low);
        else
            _at = after;
        return true;
    }

    private RegexClass ParseClass()
    {
        CharacterSet set = new() { IsNegated = TryTake('^') };
        while (!TryTake(']'))
        {
            if (AtEnd)
                throw new RegexException("Unterminated character class");
            int first = ParseClassAtom(out CharacterSet? firstSet);
            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                int last = ParseClassAtom(out CharacterSet? lastSet);
                AddRange(set, first, firstSet, last, lastSet);
            }
            else if (firstSet is not null)
            {
                set.Add(firstSet);
            }
            else
            {
                set.Add(first);
            }
        }

        return new RegexClass(set.Seal());
    }

    private void AddRange(CharacterSet set, int first, CharacterSet? firstSet, int last, CharacterSet? lastSet)
    {
        if (firstSet is null && lastSet is null)
        {
            if (first > last)
                throw new RegexException("Range out of order in character class");
            set.Add(first, last);
            return;
        }

        // Annex B: "[\w-a]" holds the hyphen.
        if (_isUnicode)
            throw new RegexException("Invalid character class");
        set.Add('-');
        if (firstSet is not null)
            set.Add(firstSet);
        else
            set.Add(first);
        if (lastSet is not null)
            set.Add(lastSet);
        else
            set.Add(last);
    }

    private int ParseClassAtom(out CharacterSet? set)
    {
        set = null;
        if (!TryTake('\\'))
            return TakeCharacter();
        if (AtEnd)
            throw new RegexException("\\ at end of pattern");
        if (TryTake('b'))
            return '\b';
        if (TryClassEscape(out set))
            return 0;
        return ParseCharacterEscape(inClass: true);
    }
}
