using System.Globalization;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Reads the simple conditions of SurveyJS: comparisons of a question with constants, joined by and, or, not and brackets.</summary>
internal sealed class FormConditionParser
{
    private const int MaxDepth = 32;
    private static readonly string[] Symbols = ["<>", "!=", "<=", ">=", "==", "=", "<", ">", "(", ")", "[", "]", ","];
    private static readonly string[] Words = ["empty", "notempty", "contains", "notcontains", "anyof"];

    private readonly List<string> _tokens;
    private int _at;
    private int _depth;

    private FormConditionParser(List<string> tokens) => _tokens = tokens;

    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <exception cref="FormatException">It is no condition that the server can check; the message says why.</exception>
    public static FormCondition Parse(string text)
    {
        FormConditionParser parser = new(Tokens(text));
        FormCondition condition = parser.Or();
        if (parser._at < parser._tokens.Count)
            throw new FormatException($"'{parser._tokens[parser._at]}' was not expected there");
        return condition;
    }

    private FormCondition Or()
    {
        FormCondition left = And();
        while (TakeWord("or") || Take("||"))
            left = new FormCondition.Or(left, And());
        return left;
    }

    private FormCondition And()
    {
        FormCondition left = Unary();
        while (TakeWord("and") || Take("&&"))
            left = new FormCondition.And(left, Unary());
        return left;
    }

    private FormCondition Unary()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"it is nested deeper than {MaxDepth} levels");
        FormCondition condition;
        if (TakeWord("not") || Take("!"))
        {
            condition = new FormCondition.Not(Unary());
        }
        else if (Take("("))
        {
            condition = Or();
            Expect(")");
        }
        else
        {
            condition = Comparison();
        }

        _depth--;
        return condition;
    }

    private FormCondition.Comparison Comparison()
    {
        string question = Next("a question in braces");
        if (question[0] != '{')
            throw new FormatException($"'{question}' was found where a question in braces, like {{budget}}, is wanted");
        string sign = Next("a comparison").ToLowerInvariant();
        sign = sign switch { "!=" => "<>", "==" => "=", "equal" => "=", "notequal" => "<>", _ => sign };
        if (sign is not ("=" or "<>" or "<" or ">" or "<=" or ">=") && !Words.Contains(sign, StringComparer.Ordinal))
            throw new FormatException($"'{sign}' is not a comparison that the server can check. Use = <> < > <= >= {string.Join(" ", Words)}");
        return new(question[1..^1].Trim(), sign, sign is "empty" or "notempty" ? [] : Values());
    }

    private List<string> Values()
    {
        if (!Take("["))
            return [Constant()];
        List<string> values = [Constant()];
        while (Take(","))
            values.Add(Constant());
        Expect("]");
        return values;
    }

    private string Constant()
    {
        string token = Next("a value");
        if (token[0] is '\'' or '"')
            return token[1..^1];
        if (token is "true" or "false" || decimal.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return token;
        throw new FormatException($"'{token}' is not a constant. Put texts in quotation marks");
    }

    private bool Take(string token)
    {
        if (_at == _tokens.Count || _tokens[_at] != token)
            return false;
        _at++;
        return true;
    }

    private bool TakeWord(string word)
    {
        if (_at == _tokens.Count || !_tokens[_at].Equals(word, StringComparison.OrdinalIgnoreCase))
            return false;
        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
            throw new FormatException($"'{token}' is missing");
    }

    private string Next(string wanted) => _at < _tokens.Count ? _tokens[_at++] : throw new FormatException($"it ends where {wanted} is wanted");

    private static List<string> Tokens(string text)
    {
        List<string> tokens = [];
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            int length = LengthOfToken(text.AsSpan(at));
            tokens.Add(text.Substring(at, length));
            at += length;
        }

        return tokens;
    }

    private static int LengthOfToken(ReadOnlySpan<char> rest)
    {
        if (rest[0] is '{' or '\'' or '"')
        {
            char close = rest[0] == '{' ? '}' : rest[0];
            int end = rest[1..].IndexOf(close);
            return end >= 0 ? end + 2 : throw new FormatException($"'{close}' is missing");
        }

        if (rest.StartsWith("&&") || rest.StartsWith("||"))
            return 2;
        foreach (string symbol in Symbols)
        {
            if (rest.StartsWith(symbol))
                return symbol.Length;
        }

        if (rest[0] == '!')
            return 1;
        int length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '.' or '-' or '+'))
            length++;
        return length > 0 ? length : throw new FormatException($"'{rest[0]}' is not understood");
    }
}
