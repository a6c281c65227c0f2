using System.Collections.Frozen;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A JavaScript program, parsed and prepared once; safe to run from many threads at once.</summary>
public sealed class JavaScriptProgram
{
    private const int TextInMessage = 60;

    private readonly string _source;
    private readonly int _preludeLength;
    private readonly int[] _lineStarts;
    private readonly FunctionCode _code;
    private readonly FrozenDictionary<string, IReadOnlySet<string>> _members;
    private readonly FrozenDictionary<string, IReadOnlySet<string>> _membersRead;
    private readonly FrozenDictionary<string, IReadOnlySet<string>> _texts;

    private JavaScriptProgram(string source, int preludeLength, FunctionInfo info, FunctionCode code, Compiler compiler, HostUses uses, ScriptTypes types)
    {
        _source = source;
        _preludeLength = preludeLength;
        _lineStarts = LineStarts(source, preludeLength);
        _code = code;
        Types = types;
        FreeCount = compiler.FreeNames.Count;
        FreeNames = compiler.FreeNames.Keys.Where(name => name != "print").ToFrozenSet(StringComparer.Ordinal);
        DeclaredNames = [.. info.ParameterScope.Variables.Select(variable => variable.Name)];
        _members = Frozen(uses.Members);
        _membersRead = Frozen(uses.MembersRead);
        _texts = Frozen(uses.Texts);
        Writes = uses.Writes;
        Result = uses.Result;
    }

    /// <summary>Gets the names that neither the script nor the language defines: the host resolves them when they are read.</summary>
    public IReadOnlySet<string> FreeNames { get; }

    /// <summary>Gets what the script hands to free names, in the order of the text.</summary>
    public IReadOnlyList<ScriptWrite> Writes { get; }

    /// <summary>Gets what the result may be, as far as the text says so: that of a script of several statements is computed.</summary>
    public IReadOnlyList<ScriptSource> Result { get; }

    internal ScriptTypes Types { get; }

    internal int FreeCount { get; }

    internal IReadOnlyList<string> DeclaredNames { get; }

    /// <summary>Parses and prepares a program.</summary>
    /// <param name="source">The text; its last expression statement, or a <c>return</c>, gives the result.</param>
    /// <param name="types">The types of durations and guids that may enter.</param>
    /// <param name="limits">Budgets for source length and nesting; the default ones if <see langword="null"/>.</param>
    /// <param name="prelude">Text that runs before the program; its declarations are visible in the program.</param>
    /// <exception cref="ScriptException">The text has faults; all that were found, with their places.</exception>
    public static JavaScriptProgram Prepare(string source, ScriptTypes types, ScriptLimits? limits = null, string? prelude = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(types);
        limits ??= ScriptLimits.Default;
        if (source.Length > limits.SourceLength)
            throw new ScriptException(new ScriptFault("SourceLength", $"The script has {source.Length} characters; {limits.SourceLength} are allowed. Make it shorter.", 1, 1));
        string text = prelude is null ? source : prelude + "\n;\n" + source;
        int preludeLength = text.Length - source.Length;
        int[] lines = LineStarts(text, preludeLength);
        try
        {
            Parser parser = new(text, limits);
            FunctionInfo info = parser.ParseProgram(preludeLength);
            ThrowFaults(parser.Faults, lines);
            // Before the compiler takes suspended code apart.
            HostUses uses = HostUses.Of(info);
            Compiler compiler = new(text, limits);
            FunctionCode code = compiler.CompileProgram(info);
            ThrowFaults(compiler.Faults, lines);
            return new JavaScriptProgram(text, preludeLength, info, code, compiler, uses, types);
        }
        catch (SyntaxException fault)
        {
            throw FaultsAt([(fault.Position, fault.Message)], "Syntax", lines);
        }
        catch (NestingException fault)
        {
            throw FaultsAt([(fault.Position, $"The script nests deeper than {limits.Nesting} levels here. Make it flatter.")], "Nesting", lines);
        }
        catch (InsufficientExecutionStackException)
        {
            throw FaultsAt([(preludeLength, $"The script nests deeper than {limits.Nesting} levels. Make it flatter.")], "Nesting", lines);
        }
    }

    /// <summary>Returns the members that the script reads or writes by name from a free name, as <c>x</c> in <c>variables.x</c> and <c>variables['x']</c>.</summary>
    public IReadOnlySet<string> MembersOf(string freeName) => _members.GetValueOrDefault(freeName, FrozenSet<string>.Empty);

    /// <summary>Returns those members of a free name that the script reads; one that it only assigns is not among them.</summary>
    public IReadOnlySet<string> MembersReadOf(string freeName) => _membersRead.GetValueOrDefault(freeName, FrozenSet<string>.Empty);

    /// <summary>Returns the literal texts that the script hands first to the function of a free name, as <c>x</c> in <c>getVariable('x')</c>.</summary>
    public IReadOnlySet<string> TextsFor(string freeName) => _texts.GetValueOrDefault(freeName, FrozenSet<string>.Empty);

    /// <summary>Runs the program and all its promises to the end.</summary>
    /// <returns>The value as a plain one; a promise's value; <see langword="null"/> for <c>undefined</c>.</returns>
    /// <exception cref="ScriptException">The script threw, spent a budget, or its promise never settles.</exception>
    public object? Run(ScriptHost host, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(context);
        Realm realm = new(this, host, context);
        try
        {
            return realm.RunProgram(_code);
        }
        catch (JsThrow thrown)
        {
            throw FaultsAt([(thrown.Position, realm.ThrownMessage(thrown.Value))], realm.ThrownKind(thrown.Value), _lineStarts);
        }
        catch (LimitException limit)
        {
            throw FaultsAt([(limit.Position, limit.Message)], limit.Kind.ToString(), _lineStarts);
        }
        catch (InsufficientExecutionStackException)
        {
            throw FaultsAt([(realm.Position, "The script has too many calls open at once. Check its recursion.")], nameof(LimitKind.CallDepth), _lineStarts);
        }
    }

    /// <summary>A short text of the source for messages.</summary>
    internal string TextOf(Span span)
    {
        int end = Math.Min(span.End, _source.Length);
        if (span.Start >= end)
            return "the expression";
        string text = end - span.Start > TextInMessage ? string.Concat(_source.AsSpan(span.Start, TextInMessage), "…") : _source[span.Start..end];
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static void ThrowFaults(IReadOnlyList<(int Position, string Message)> faults, int[] lines)
    {
        if (faults.Count > 0)
            throw FaultsAt(faults, "Syntax", lines);
    }

    private static ScriptException FaultsAt(IEnumerable<(int Position, string Message)> faults, string kind, int[] lines) =>
        new([.. faults.OrderBy(fault => fault.Position).Select(fault => FaultAt(fault.Position, fault.Message, kind, lines))]);

    private static ScriptFault FaultAt(int position, string message, string kind, int[] lines)
    {
        int line = Array.BinarySearch(lines, position);
        if (line < 0)
            line = Math.Max(0, ~line - 1);
        return new ScriptFault(kind, message, line + 1, Math.Max(1, position - lines[line] + 1));
    }

    /// <summary>Where the lines of the program itself start; what stands in the prelude counts as its first line.</summary>
    private static FrozenDictionary<string, IReadOnlySet<string>> Frozen(IReadOnlyDictionary<string, SortedSet<string>> names) =>
        names.ToFrozenDictionary(pair => pair.Key, pair => (IReadOnlySet<string>)pair.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    private static int[] LineStarts(string text, int preludeLength)
    {
        List<int> starts = [preludeLength];
        for (int i = preludeLength; i < text.Length; i++)
        {
            if (text[i] is '\n' or '\u2028' or '\u2029' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}
