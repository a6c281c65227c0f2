namespace EngagementFlows.Scripts.JavaScript;

internal enum RegexOp : byte
{
    Match,
    Char,
    Any,
    Class,
    Split,
    Jump,
    Save,
    ClearGroups,
    Backreference,
    Assert,
    Look,
    SetCounter,
    Count,
    SavePosition,
    FailIfUnmoved,
}

/// <summary>One instruction; what the numbers mean depends on the operation.</summary>
internal readonly record struct RegexInstruction(RegexOp Op, int A = 0, int B = 0, bool IsBackward = false, CharacterSet? Set = null, int[]? Groups = null);

/// <summary>A compiled regular expression; shared by evaluations and threads.</summary>
internal sealed class RegexProgram
{
    private const int MostInstructions = 50_000;

    private readonly List<RegexInstruction> _code = [];
    private readonly IReadOnlyList<(string Name, int Index)> _names;
    private readonly bool _isIgnoreCase;
    private readonly bool _isUnicode;

    private RegexProgram(string pattern, string flags)
    {
        _isIgnoreCase = flags.Contains('i', StringComparison.Ordinal);
        _isUnicode = flags.Contains('u', StringComparison.Ordinal);
        IsMultiline = flags.Contains('m', StringComparison.Ordinal);
        RegexParser parser = new(pattern, _isUnicode, flags.Contains('s', StringComparison.Ordinal));
        RegexNode node = parser.Parse();
        Groups = parser.Groups + 1;
        _names = parser.Names;
        parser.CheckNames(UsedNames(node));
        Emit(new RegexInstruction(RegexOp.Save, 0));
        Compile(node, isBackward: false);
        Emit(new RegexInstruction(RegexOp.Save, 1));
        Emit(new RegexInstruction(RegexOp.Match));
        Code = [.. _code];
        FirstChar = !_isIgnoreCase && Code[1] is { Op: RegexOp.Char, A: < 0xd800 } first ? (char)first.A : null;
    }

    public RegexInstruction[] Code { get; }

    /// <summary>Gets the number of groups, the whole match included.</summary>
    public int Groups { get; }

    public int Registers { get; private set; }

    public bool IsIgnoreCase => _isIgnoreCase;

    public bool IsUnicode => _isUnicode;

    public bool IsMultiline { get; }

    /// <summary>Gets the character that every match begins with, if there is one.</summary>
    public char? FirstChar { get; }

    public IReadOnlyList<(string Name, int Index)> GroupNames => _names;

    /// <exception cref="RegexException">The pattern is not well-formed.</exception>
    public static RegexProgram Compile(string pattern, string flags)
    {
        if (flags.Any(flag => !"dgimsuy".Contains(flag, StringComparison.Ordinal)) || flags.Distinct().Count() != flags.Length)
            throw new RegexException("Invalid flags");
        return new RegexProgram(pattern, flags);
    }

    private static IEnumerable<string> UsedNames(RegexNode node) => node switch
    {
        RegexBackreference { Name: { } name } => [name],
        RegexSequence sequence => sequence.Parts.SelectMany(UsedNames),
        RegexChoice choice => choice.Alternatives.SelectMany(UsedNames),
        RegexGroup group => UsedNames(group.Body),
        RegexLook look => UsedNames(look.Body),
        RegexRepeat repeat => UsedNames(repeat.Body),
        _ => [],
    };

    private int Emit(RegexInstruction instruction)
    {
        if (_code.Count >= MostInstructions)
            throw new RegexException("Regular expression too large");
        _code.Add(instruction);
        return _code.Count - 1;
    }

    private void Compile(RegexNode node, bool isBackward)
    {
        switch (node)
        {
            case RegexEmpty: break;
            case RegexChar c: Emit(new(RegexOp.Char, _isIgnoreCase ? RegexCase.Canonical(c.Code, _isUnicode) : c.Code, IsBackward: isBackward)); break;
            case RegexAny any: Emit(new(RegexOp.Any, any.WithLineEnds ? 1 : 0, IsBackward: isBackward)); break;
            case RegexClass set: Emit(new(RegexOp.Class, IsBackward: isBackward, Set: set.Set)); break;
            case RegexAssert assert: Emit(new(RegexOp.Assert, (int)assert.Kind)); break;
            case RegexBackreference reference: Emit(new(RegexOp.Backreference, IsBackward: isBackward, Groups: GroupsOf(reference))); break;
            case RegexSequence sequence:
                foreach (RegexNode part in isBackward ? Enumerable.Reverse(sequence.Parts) : sequence.Parts)
                    Compile(part, isBackward);
                break;
            case RegexGroup group:
                Emit(new(RegexOp.Save, (group.Index * 2) + (isBackward ? 1 : 0)));
                Compile(group.Body, isBackward);
                Emit(new(RegexOp.Save, (group.Index * 2) + (isBackward ? 0 : 1)));
                break;
            case RegexChoice choice: CompileChoice(choice, isBackward); break;
            case RegexLook look: CompileLook(look); break;
            case RegexRepeat repeat: CompileRepeat(repeat, isBackward); break;
            default: throw new InvalidOperationException($"EngagementFlows bug: a pattern part of type '{node.GetType().Name}' has no meaning.");
        }
    }

    private int[] GroupsOf(RegexBackreference reference) => reference.Name is null
        ? [reference.Index]
        : [.. _names.Where(name => name.Name == reference.Name).Select(name => name.Index)];

    private void CompileChoice(RegexChoice choice, bool isBackward)
    {
        List<int> exits = [];
        for (int i = 0; i < choice.Alternatives.Count; i++)
        {
            if (i == choice.Alternatives.Count - 1)
            {
                Compile(choice.Alternatives[i], isBackward);
                break;
            }

            int split = Emit(default);
            Compile(choice.Alternatives[i], isBackward);
            exits.Add(Emit(default));
            _code[split] = new(RegexOp.Split, split + 1, _code.Count);
        }

        foreach (int exit in exits)
            _code[exit] = new(RegexOp.Jump, _code.Count);
    }

    private void CompileLook(RegexLook look)
    {
        int start = Emit(default);
        Compile(look.Body, look.IsBehind);
        Emit(new(RegexOp.Match));
        _code[start] = new(RegexOp.Look, _code.Count, look.IsNegated ? 1 : 0);
    }

    /// <summary>RepeatMatcher (ECMA-262 §22.2.2.3.1): required turns are counted, an optional turn that matches nothing fails.</summary>
    private void CompileRepeat(RegexRepeat repeat, bool isBackward)
    {
        if (repeat.Most == 0)
            return;
        bool isSimple = repeat.Body is RegexChar or RegexAny or RegexClass;
        if (repeat.Least == 1 && repeat.Most == 1)
        {
            CompileTurn(repeat, isBackward);
            return;
        }

        if (repeat.Least > 0)
            CompileCounted(repeat, repeat.Least, isBackward);
        if (repeat.Most == int.MaxValue)
            CompileStar(repeat, isBackward, isSimple);
        else if (repeat.Most > repeat.Least)
            CompileOptional(repeat, repeat.Most - repeat.Least, isBackward, isSimple);
    }

    private void CompileTurn(RegexRepeat repeat, bool isBackward)
    {
        if (repeat.EndGroup > repeat.FirstGroup)
            Emit(new(RegexOp.ClearGroups, repeat.FirstGroup, repeat.EndGroup));
        Compile(repeat.Body, isBackward);
    }

    private void CompileCounted(RegexRepeat repeat, int count, bool isBackward)
    {
        if (count == 1)
        {
            CompileTurn(repeat, isBackward);
            return;
        }

        int register = Registers++;
        Emit(new(RegexOp.SetCounter, register, count));
        int start = _code.Count;
        CompileTurn(repeat, isBackward);
        Emit(new(RegexOp.Count, register, start));
    }

    private void CompileStar(RegexRepeat repeat, bool isBackward, bool isSimple)
    {
        int start = Emit(default);
        CompileOptionalTurn(repeat, isBackward, isSimple);
        Emit(new(RegexOp.Jump, start));
        _code[start] = Choice(repeat, start);
    }

    private void CompileOptional(RegexRepeat repeat, int count, bool isBackward, bool isSimple)
    {
        int register = Registers++;
        Emit(new(RegexOp.SetCounter, register, count));
        int start = Emit(default);
        CompileOptionalTurn(repeat, isBackward, isSimple);
        Emit(new(RegexOp.Count, register, start));
        _code[start] = Choice(repeat, start);
    }

    private void CompileOptionalTurn(RegexRepeat repeat, bool isBackward, bool isSimple)
    {
        int position = isSimple ? -1 : Registers++;
        if (!isSimple)
            Emit(new(RegexOp.SavePosition, position));
        CompileTurn(repeat, isBackward);
        if (!isSimple)
            Emit(new(RegexOp.FailIfUnmoved, position));
    }

    private RegexInstruction Choice(RegexRepeat repeat, int start) => repeat.IsLazy
        ? new(RegexOp.Split, _code.Count, start + 1)
        : new(RegexOp.Split, start + 1, _code.Count);
}

/// <summary>Checks regular expressions while source is parsed.</summary>
internal static class RegularExpression
{
    /// <summary>Returns what is wrong, or <see langword="null"/>.</summary>
    public static string? FaultOf(string pattern, string flags)
    {
        try
        {
            RegexProgram.Compile(pattern, flags);
            return null;
        }
        catch (RegexException fault)
        {
            return fault.Message + ".";
        }
    }
}
