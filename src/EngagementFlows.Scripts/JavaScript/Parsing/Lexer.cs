using System.Globalization;
using System.Text;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Cuts source text into tokens (ECMA-262 §12); the parser says where a regular expression or a template goes on.</summary>
internal sealed partial class Lexer(string source)
{
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private int _at;

    public string Source { get; } = source;

    /// <summary>Gets or sets where the next token is looked for.</summary>
    public int At
    {
        get => _at;
        set => _at = value;
    }

    public void Next(ref Token token)
    {
        token.AfterLineTerminator = SkipSpace();
        token.HasEscape = false;
        token.Start = _at;
        if (_at >= Source.Length)
        {
            token.Kind = TokenKind.End;
            token.Text = string.Empty;
        }
        else
        {
            Scan(ref token, Source[_at]);
        }

        token.End = _at;
    }

    private void Scan(ref Token token, char c)
    {
        if (char.IsAsciiLetter(c) || c is '$' or '_' or '\\' || (c > '\u007f' && IsIdentifierStartAt(_at)))
        {
            ScanWord(ref token);
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < Source.Length && char.IsAsciiDigit(Source[_at + 1])))
        {
            ScanNumber(ref token);
        }
        else if (c is '"' or '\'')
        {
            ScanString(ref token, c);
        }
        else if (c == '`')
        {
            _at++;
            token.Kind = TokenKind.Backtick;
            token.Text = "`";
        }
        else if (c == '#' && _at + 1 < Source.Length && (Source[_at + 1] == '\\' || IsIdentifierStartAt(_at + 1)))
        {
            _at++;
            ScanWord(ref token);
            token.Kind = TokenKind.PrivateName;
            token.Text = Intern("#" + token.Text);
        }
        else
        {
            token.Kind = TokenKind.Punctuator;
            token.Text = Punctuators.Match(Source, _at) ?? throw Unexpected(c);
            _at += token.Text.Length;
        }
    }

    private SyntaxException Unexpected(char c)
    {
        int at = _at++;
        return new SyntaxException(char.IsControl(c) ? $"Unexpected character U+{(int)c:X4}." : $"Unexpected character '{c}'.", at);
    }

    /// <summary>Skips white space and comments; tells whether a line ended among them.</summary>
    private bool SkipSpace()
    {
        bool newLine = _at == 0;
        while (_at < Source.Length)
        {
            char c = Source[_at];
            if (Characters.IsLineTerminator(c))
                newLine = true;
            else if (c == '/' && _at + 1 < Source.Length && Source[_at + 1] is '/' or '*')
            {
                newLine |= SkipComment(Source[_at + 1] == '*');
                continue;
            }
            else if (!Characters.IsWhiteSpace(c))
                break;
            _at++;
        }

        return newLine;
    }

    private bool SkipComment(bool block)
    {
        int start = _at;
        if (!block)
        {
            while (_at < Source.Length && !Characters.IsLineTerminator(Source[_at]))
                _at++;
            return false;
        }

        int end = Source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        _at = end < 0 ? Source.Length : end + 2;
        if (end < 0)
            throw new SyntaxException("A comment has no end: write '*/'.", start);
        return Source.AsSpan(start, _at - start).IndexOfAny("\n\r\u2028\u2029") >= 0;
    }

    private bool IsIdentifierStartAt(int at) => Characters.IsIdentifierStart(CodePointAt(at));

    private int CodePointAt(int at) => char.IsHighSurrogate(Source[at]) && at + 1 < Source.Length && char.IsLowSurrogate(Source[at + 1])
        ? char.ConvertToUtf32(Source[at], Source[at + 1])
        : Source[at];

    private void ScanWord(ref Token token)
    {
        int start = _at;
        while (_at < Source.Length && (char.IsAsciiLetterOrDigit(Source[_at]) || Source[_at] is '$' or '_'))
            _at++;
        bool escaped = false;
        if (_at < Source.Length && (Source[_at] == '\\' || Source[_at] > '\u007f'))
            token.Text = ScanUnusualWord(start, out escaped);
        else if (Words.KeywordLookup.TryGetValue(Source.AsSpan(start, _at - start), out string? keyword))
            token.Text = keyword;
        else
            token.Text = Intern(Source.AsSpan(start, _at - start));
        token.HasEscape = escaped;
        token.Kind = Words.Keywords.ContainsKey(token.Text) ? TokenKind.Keyword : TokenKind.Identifier;
        if (escaped && token.Kind == TokenKind.Keyword)
            token.Text = string.Concat(token.Text); // A keyword in disguise: good as a property name only.
    }

    private string ScanUnusualWord(int start, out bool escaped)
    {
        escaped = false;
        StringBuilder word = new();
        word.Append(Source, start, _at - start);
        while (_at < Source.Length)
        {
            int at = _at;
            int c;
            if (Source[_at] == '\\')
            {
                escaped = true;
                _at++;
                if (_at >= Source.Length || Source[_at] != 'u')
                    throw new SyntaxException("A name may hold only escapes of the form \\uXXXX or \\u{X}.", at);
                _at++;
                c = ScanUnicodeEscape(at);
            }
            else
            {
                c = CodePointAt(_at);
                if (!Characters.IsIdentifierPart(c))
                    break;
                _at += c > 0xffff ? 2 : 1;
            }

            if (word.Length == 0 ? !Characters.IsIdentifierStart(c) : !Characters.IsIdentifierPart(c))
                throw new SyntaxException("A name holds a character that names may not hold there.", at);
            AppendCodePoint(word, c);
        }

        return Intern(word.ToString());
    }

    private string Intern(ReadOnlySpan<char> word)
    {
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(word, out string? known))
            return known;
        string made = word.ToString();
        made = string.IsInterned(made) ?? made;
        _words.Add(made, made);
        return made;
    }

    private static void AppendCodePoint(StringBuilder text, int c)
    {
        if (c > 0xffff)
            text.Append(char.ConvertFromUtf32(c));
        else
            text.Append((char)c);
    }

    private void ScanNumber(ref Token token)
    {
        int start = _at;
        token.Kind = TokenKind.Number;
        token.Text = string.Empty;
        if (Source[_at] == '0' && _at + 1 < Source.Length && NumberText.RadixOf(Source[_at + 1]) is var radix and > 0)
        {
            _at += 2;
            string digits = ScanDigits(c => NumberText.DigitOf(c) < radix);
            token.Number = NumberText.ParseRadix(digits, radix, out int used);
            if (used == 0)
                throw new SyntaxException("A number has no digits after its radix mark.", start);
        }
        else
        {
            string text = ScanDigits(char.IsAsciiDigit);
            if (text.Length > 1 && text[0] == '0')
                throw new SyntaxException("Octal literals and numbers with leading zeros are not allowed; write 0o… for octal.", start);
            bool integer = true;
            if (_at < Source.Length && Source[_at] == '.')
            {
                integer = false;
                _at++;
                text += "." + (_at < Source.Length && Source[_at] != '_' ? ScanDigits(char.IsAsciiDigit) : string.Empty);
            }

            if (_at < Source.Length && Source[_at] is 'e' or 'E')
            {
                integer = false;
                text += "e";
                _at++;
                if (_at < Source.Length && Source[_at] is '+' or '-')
                    text += Source[_at++];
                string exponent = ScanDigits(char.IsAsciiDigit);
                if (exponent.Length == 0)
                    throw new SyntaxException("A number has no digits in its exponent.", start);
                text += exponent;
            }

            token.Number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            _ = integer;
        }

        if (_at < Source.Length && Source[_at] == 'n')
        {
            _at++;
            token.Kind = TokenKind.BigInt;
        }

        if (_at < Source.Length && (char.IsAsciiDigit(Source[_at]) || Source[_at] == '\\' || IsIdentifierStartAt(_at)))
            throw new SyntaxException("A number is directly followed by a letter or digit.", start);
    }

    private string ScanDigits(Func<char, bool> isDigit)
    {
        int start = _at;
        bool separated = false;
        while (_at < Source.Length && (isDigit(Source[_at]) || Source[_at] == '_'))
        {
            if (Source[_at] == '_')
            {
                separated = true;
                if (_at == start || !isDigit(Source[_at - 1]) || _at + 1 >= Source.Length || !isDigit(Source[_at + 1]) || (_at == start + 1 && Source[start] == '0' && start > 0 && isDigit == char.IsAsciiDigit && !char.IsAsciiDigit(Source[start - 1])))
                    throw new SyntaxException("'_' may stand only between two digits of a number.", _at++);
            }

            _at++;
        }

        ReadOnlySpan<char> digits = Source.AsSpan(start, _at - start);
        return separated ? digits.ToString().Replace("_", string.Empty, StringComparison.Ordinal) : digits.ToString();
    }
}
