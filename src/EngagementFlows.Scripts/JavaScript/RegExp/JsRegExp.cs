using System.Collections.Concurrent;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A regular expression object (ECMA-262 §22.2).</summary>
internal sealed class JsRegExp : JsObject
{
    public JsRegExp(JsObject? prototype, string source, string flags, RegexProgram program)
        : base(prototype)
    {
        Source = source;
        Flags = flags;
        Program = program;
        DefineRaw(Names.LastIndex, Value.Zero, PropertyFlags.Writable);
    }

    public override string BuiltinTag => "RegExp";

    public string Source { get; }

    public string Flags { get; }

    public RegexProgram Program { get; }

    /// <summary>Gets whether the script added no properties of its own.</summary>
    public bool HasOnlyLastIndex => Table.Count == 1;

    public bool Has(char flag) => Flags.Contains(flag, StringComparison.Ordinal);

    /// <summary>EscapeRegExpPattern (ECMA-262 §22.2.6.13.1).</summary>
    public static string Escaped(string source)
    {
        if (source.Length == 0)
            return "(?:)";
        System.Text.StringBuilder text = new();
        bool inClass = false;
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            if (c == '\\' && i + 1 < source.Length)
            {
                text.Append(c);
                c = source[++i];
            }
            else if (c == '/' && !inClass)
            {
                text.Append('\\');
            }

            inClass = c == '[' || (inClass && c != ']');
            text.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\u2028' => "\\u2028",
                '\u2029' => "\\u2029",
                _ => c.ToString(),
            });
        }

        return text.ToString();
    }

    public override string ToString() => $"/{Escaped(Source)}/{Flags}";
}

internal sealed partial class Realm
{
    private Dictionary<(string, string), RegexProgram>? _expressions;

    public JsRegExp NewRegularExpression(string pattern, string flags) => NewRegularExpression(pattern, flags, Intrinsics.RegExpPrototype);

    public JsRegExp NewRegularExpression(string pattern, string flags, JsObject prototype)
    {
        Allocate(160);
        _expressions ??= [];
        if (!_expressions.TryGetValue((pattern, flags), out RegexProgram? program))
        {
            Charge(500 + (8 * pattern.Length));
            Allocate(40L * pattern.Length);
            try
            {
                program = RegexCache.Get(pattern, flags);
            }
            catch (RegexException fault)
            {
                throw SyntaxError($"Invalid regular expression: /{pattern}/{flags}: {fault.Message}.");
            }

            _expressions.Add((pattern, flags), program);
        }

        string sorted = string.Concat(flags.Order());
        return new JsRegExp(prototype, pattern, sorted, program);
    }

    /// <summary>RegExpCreate (ECMA-262 §22.2.3.2) of any value.</summary>
    public JsRegExp NewRegExp(Value pattern, string flags) =>
        NewRegularExpression(pattern.IsUndefined ? string.Empty : Operations.ToString(this, pattern), flags);
}

/// <summary>Compiled expressions of all evaluations; pure values, so that sharing them changes nothing but the time.</summary>
internal static class RegexCache
{
    private const int Most = 512;
    private const int LongestKept = 1000;

    private static readonly ConcurrentDictionary<(string, string), RegexProgram> s_known = new();

    public static RegexProgram Get(string pattern, string flags)
    {
        if (s_known.TryGetValue((pattern, flags), out RegexProgram? known))
            return known;
        RegexProgram made = RegexProgram.Compile(pattern, flags);
        if (pattern.Length <= LongestKept)
        {
            if (s_known.Count >= Most)
                s_known.Clear();
            s_known.TryAdd((pattern, flags), made);
        }

        return made;
    }
}
