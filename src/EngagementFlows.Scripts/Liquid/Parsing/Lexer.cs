using System.Globalization;
using System.Text;

namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>Reads the words of the markup inside a tag or an output, one ahead.</summary>
internal sealed class Lexer
{
    private readonly string _text;
    private readonly int _to;
    private int _at;

    public Lexer(string text, int from, int to)
    {
        _text = text;
        _at = from;
        _to = to;
        Current = Read();
    }

    /// <summary>Gets the word that is next.</summary>
    public Token Current { get; private set; }

    public Token Take()
    {
        Token token = Current;
        Current = Read();
        return token;
    }

    public bool TryTake(string mark)
    {
        if (!Current.Is(mark))
            return false;
        Take();
        return true;
    }

    public bool TryTakeName(string name)
    {
        if (!Current.IsName(name))
            return false;
        Take();
        return true;
    }

    public void Expect(string mark, string where)
    {
        if (!TryTake(mark))
            throw new SyntaxFault($"Expected '{mark}' {where}, found {Current.Quoted}.", Current.Position);
    }

    public void ExpectEnd(string what)
    {
        if (Current.Kind != TokenKind.End)
            throw new SyntaxFault($"Unexpected {Current.Quoted} after {what}.", Current.Position);
    }

    public string TakeName(string what)
    {
        if (Current.Kind != TokenKind.Name)
            throw new SyntaxFault($"Expected {what}, found {Current.Quoted}.", Current.Position);
        return Take().Text;
    }

    /// <summary>Tells whether the word after the current one begins with that character.</summary>
    public bool IsFollowedBy(char mark)
    {
        int at = _at;
        while (at < _to && char.IsWhiteSpace(_text[at]))
            at++;
        return at < _to && _text[at] == mark;
    }

    private Token Read()
    {
        while (_at < _to && char.IsWhiteSpace(_text[_at]))
            _at++;
        int from = _at;
        if (from >= _to)
            return new Token(TokenKind.End, "", null, _to);
        char c = _text[from];
        if (c is '"' or '\'')
            return ReadText(from, c);
        if (char.IsAsciiDigit(c) || (c == '-' && from + 1 < _to && char.IsAsciiDigit(_text[from + 1])))
            return ReadNumber(from);
        if (c == '_' || char.IsLetter(c))
            return ReadName(from);
        string two = from + 1 < _to ? _text.Substring(from, 2) : "";
        string mark = two is "==" or "!=" or "<>" or "<=" or ">=" or ".." ? two : c.ToString();
        if (mark.Length == 1 && !"|:,.[]()<>=".Contains(c, StringComparison.Ordinal))
        {
            _at = _to;
            throw new SyntaxFault($"Unexpected character '{c}'.", from);
        }

        _at = from + mark.Length;
        return new Token(TokenKind.Mark, mark, null, from);
    }

    private Token ReadName(int from)
    {
        while (_at < _to && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
            _at++;
        if (_at < _to && _text[_at] == '?')
            _at++;
        return new Token(TokenKind.Name, _text[from.._at], null, from);
    }

    private Token ReadNumber(int from)
    {
        _at++;
        SkipDigits();
        bool isFraction = _at + 1 < _to && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]);
        if (isFraction)
        {
            _at++;
            SkipDigits();
        }

        ReadOnlySpan<char> digits = _text.AsSpan(from, _at - from);
        object number = !isFraction && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? whole
            : (object)double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return new Token(TokenKind.Number, digits.ToString(), number, from);
    }

    private void SkipDigits()
    {
        while (_at < _to && char.IsAsciiDigit(_text[_at]))
            _at++;
    }

    private Token ReadText(int from, char quote)
    {
        StringBuilder content = new();
        for (_at = from + 1; _at < _to; _at++)
        {
            char c = _text[_at];
            if (c == quote)
            {
                _at++;
                return new Token(TokenKind.Text, content.ToString(), null, from);
            }

            if (c == '\\' && _at + 1 < _to)
                AppendEscape(content);
            else
                content.Append(c);
        }

        throw new SyntaxFault($"The text that begins with {quote} is not closed: write {quote} where it ends.", from);
    }

    private void AppendEscape(StringBuilder content)
    {
        char c = _text[++_at];
        switch (c)
        {
            case 'n':
                content.Append('\n');
                break;
            case 'r':
                content.Append('\r');
                break;
            case 't':
                content.Append('\t');
                break;
            case 'b':
                content.Append('\b');
                break;
            case 'f':
                content.Append('\f');
                break;
            case 'v':
                content.Append('\v');
                break;
            case 'u' when _at + 4 < _to && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit):
                content.Append((char)unit);
                _at += 4;
                break;
            default:
                content.Append(c);
                break;
        }
    }
}
