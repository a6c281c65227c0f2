using System.Text;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Strings, templates and regular expressions (ECMA-262 §12.9.4 to §12.9.6).</summary>
internal sealed partial class Lexer
{
    private void ScanString(ref Token token, char quote)
    {
        int start = _at++;
        token.Kind = TokenKind.String;
        int plain = Source.AsSpan(_at).IndexOfAny(quote, '\\', '\n');
        if (plain >= 0 && Source[_at + plain] == quote && Source.AsSpan(_at, plain).IndexOf('\r') < 0)
        {
            token.Text = Intern(Source.AsSpan(_at, plain));
            _at += plain + 1;
            return;
        }

        StringBuilder text = new();
        while (true)
        {
            if (_at >= Source.Length || Source[_at] is '\n' or '\r')
                throw new SyntaxException("A string has no end on its line.", start);
            char c = Source[_at++];
            if (c == quote)
                break;
            if (c != '\\')
            {
                text.Append(c);
                continue;
            }

            token.HasEscape = true;
            ScanEscape(text, start);
        }

        token.Text = text.ToString();
    }

    /// <summary>Reads what follows a backslash; line continuations add nothing.</summary>
    private void ScanEscape(StringBuilder text, int start)
    {
        if (_at >= Source.Length)
            throw new SyntaxException("A string has no end.", start);
        int at = _at - 1;
        char c = Source[_at++];
        switch (c)
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'v': text.Append('\v'); break;
            case '\r':
                if (_at < Source.Length && Source[_at] == '\n')
                    _at++;
                break;
            case '\n' or '\u2028' or '\u2029': break;
            case 'x': text.Append((char)ScanHex(2, at)); break;
            case 'u': AppendCodePoint(text, ScanUnicodeEscape(at)); break;
            case '0' when _at >= Source.Length || !char.IsAsciiDigit(Source[_at]): text.Append('\0'); break;
            case >= '0' and <= '9': throw new SyntaxException("Octal escapes are not allowed; write \\xXX or \\uXXXX.", at);
            default: text.Append(c); break;
        }
    }

    private int ScanHex(int count, int at)
    {
        int value = 0;
        for (int i = 0; i < count; i++)
        {
            if (_at >= Source.Length || !char.IsAsciiHexDigit(Source[_at]))
                throw new SyntaxException($"An escape needs {count} hexadecimal digits.", at);
            value = (value * 16) + NumberText.DigitOf(Source[_at++]);
        }

        return value;
    }

    private int ScanUnicodeEscape(int at)
    {
        if (_at >= Source.Length || Source[_at] != '{')
            return ScanHex(4, at);
        _at++;
        int value = 0;
        int start = _at;
        while (_at < Source.Length && char.IsAsciiHexDigit(Source[_at]) && value <= 0x10ffff)
            value = (value * 16) + NumberText.DigitOf(Source[_at++]);
        if (_at == start || value > 0x10ffff || _at >= Source.Length || Source[_at] != '}')
            throw new SyntaxException("An escape \\u{…} needs a code point up to 10FFFF.", at);
        _at++;
        return value;
    }

    /// <summary>Reads a template from after <c>`</c> or <c>}</c> to <c>${</c> or <c>`</c>.</summary>
    /// <param name="cooked">The value, or <see langword="null"/> if an escape is malformed (allowed in tagged templates only).</param>
    /// <param name="raw">The text as written.</param>
    /// <param name="fault">The first malformed escape.</param>
    /// <returns>Whether the template goes on with an expression.</returns>
    public bool ScanTemplate(out string? cooked, out string raw, out SyntaxException? fault)
    {
        int start = _at;
        fault = null;
        StringBuilder text = new();
        while (true)
        {
            if (_at >= Source.Length)
                throw new SyntaxException("A template has no end: write '`'.", start);
            char c = Source[_at++];
            if (c == '`' || (c == '$' && _at < Source.Length && Source[_at] == '{'))
            {
                raw = Normalized(Source[start..(_at - 1)]);
                cooked = fault is null ? text.ToString() : null;
                if (c == '$')
                    _at++;
                return c == '$';
            }

            if (c == '\r')
            {
                if (_at < Source.Length && Source[_at] == '\n')
                    _at++;
                text.Append('\n');
            }
            else if (c == '\\')
            {
                int at = _at;
                try
                {
                    ScanEscape(text, start);
                }
                catch (SyntaxException malformed)
                {
                    fault ??= malformed;
                    _at = Math.Min(at + 1, Source.Length);
                }
            }
            else
            {
                text.Append(c);
            }
        }
    }

    /// <summary>Reads a regular expression whose first slash begins at <paramref name="start"/>.</summary>
    public void ScanRegularExpression(int start, out string pattern, out string flags)
    {
        _at = start + 1;
        bool inClass = false;
        while (true)
        {
            if (_at >= Source.Length || Characters.IsLineTerminator(Source[_at]))
                throw new SyntaxException("A regular expression has no end on its line: write '/'.", start);
            char c = Source[_at++];
            if (c == '\\' && _at < Source.Length && !Characters.IsLineTerminator(Source[_at]))
                _at++;
            else if (c == '[')
                inClass = true;
            else if (c == ']')
                inClass = false;
            else if (c == '/' && !inClass)
                break;
        }

        pattern = Source[(start + 1)..(_at - 1)];
        int flagStart = _at;
        while (_at < Source.Length && Characters.IsIdentifierPart(CodePointAt(_at)))
            _at++;
        flags = Source[flagStart.._at];
    }

    private static string Normalized(string raw) => raw.Contains('\r', StringComparison.Ordinal)
        ? raw.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
        : raw;
}
