using System.Text;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Reads JSON text into values; nesting is bounded.</summary>
internal sealed class JsonReader(Realm realm, string text)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _at;

    public Value Read()
    {
        realm.Charge(text.Length >> 3);
        Value value = ReadValue();
        SkipSpace();
        return _at < text.Length ? throw Unexpected() : value;
    }

    private Value ReadValue()
    {
        SkipSpace();
        if (_at >= text.Length)
            throw realm.SyntaxError("Unexpected end of JSON input.");
        switch (text[_at])
        {
            case '{': return ReadObject();
            case '[': return ReadArray();
            case '"': return ReadString();
            case 't': return ReadWord("true", Value.True);
            case 'f': return ReadWord("false", Value.False);
            case 'n': return ReadWord("null", Value.Null);
            default: return ReadNumber();
        }
    }

    private JsObject ReadObject()
    {
        realm.Descend();
        JsObject o = realm.NewObject();
        _at++;
        SkipSpace();
        bool first = true;
        while (!TryTake('}'))
        {
            if (!first)
                Take(',');
            first = false;
            SkipSpace();
            if (_at >= text.Length || text[_at] != '"')
                throw Unexpected();
            string name = ReadString();
            if (_names.TryGetValue(name, out string? known))
                name = known;
            else
                _names.Add(name, name = string.IsInterned(name) ?? name);
            SkipSpace();
            Take(':');
            o.CreateDataProperty(realm, name, ReadValue());
            SkipSpace();
        }

        realm.Ascend();
        return o;
    }

    private JsArray ReadArray()
    {
        realm.Descend();
        JsArray array = realm.NewArray();
        _at++;
        SkipSpace();
        bool first = true;
        while (!TryTake(']'))
        {
            if (!first)
                Take(',');
            first = false;
            array.Add(realm, ReadValue());
            SkipSpace();
        }

        realm.Ascend();
        return array;
    }

    private string ReadString()
    {
        int start = ++_at;
        int plain = text.AsSpan(_at).IndexOfAny('"', '\\');
        if (plain >= 0 && text[_at + plain] == '"' && text.AsSpan(_at, plain).IndexOfAnyInRange('\0', '\u001f') < 0)
        {
            _at += plain + 1;
            realm.Allocate(24 + (2 * plain));
            return text.Substring(start, plain);
        }

        StringBuilder result = new();
        while (true)
        {
            if (_at >= text.Length)
                throw realm.SyntaxError("Unterminated string in JSON.");
            char c = text[_at++];
            if (c == '"')
                break;
            if (c < ' ')
            {
                _at--;
                throw realm.SyntaxError($"Bad control character in string literal in JSON at position {_at}.");
            }

            result.Append(c == '\\' ? ReadEscape() : c);
        }

        realm.Allocate(24 + (2 * result.Length));
        return result.ToString();
    }

    private char ReadEscape()
    {
        char c = _at < text.Length ? text[_at++] : throw realm.SyntaxError("Unterminated string in JSON.");
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                int value = 0;
                for (int i = 0; i < 4; i++, _at++)
                {
                    if (_at >= text.Length || !char.IsAsciiHexDigit(text[_at]))
                        throw realm.SyntaxError($"Bad Unicode escape in JSON at position {_at}.");
                    value = (value * 16) + NumberText.DigitOf(text[_at]);
                }

                return (char)value;
            default:
                _at--;
                throw realm.SyntaxError($"Bad escaped character in JSON at position {_at}.");
        }
    }

    private Value ReadNumber()
    {
        int start = _at;
        if (_at < text.Length && text[_at] == '-')
            _at++;
        int digits = _at;
        SkipDigits();
        if (_at == digits || (text[digits] == '0' && _at > digits + 1))
        {
            _at = _at == digits ? start : digits + 1;
            throw Unexpected();
        }

        if (_at < text.Length && text[_at] == '.')
        {
            int fraction = ++_at;
            SkipDigits();
            if (_at == fraction)
                throw Unexpected();
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-')
                _at++;
            int exponent = _at;
            SkipDigits();
            if (_at == exponent)
                throw Unexpected();
        }

        return NumberText.ParseDecimal(text.AsSpan(start, _at - start));
    }

    private void SkipDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
    }

    private Value ReadWord(string word, Value value)
    {
        for (int i = 0; i < word.Length; i++, _at++)
        {
            if (_at >= text.Length || text[_at] != word[i])
                throw Unexpected();
        }

        return value;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private bool TryTake(char c)
    {
        if (_at >= text.Length || text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void Take(char c)
    {
        if (!TryTake(c))
            throw Unexpected();
    }

    private JsThrow Unexpected() => _at >= text.Length
        ? realm.SyntaxError("Unexpected end of JSON input.")
        : realm.SyntaxError($"Unexpected token '{text[_at]}' at position {_at} is not valid JSON.");
}
