using System.Text.RegularExpressions;

namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>A compiled ECMAScript regular expression. Immutable; safe for use by many threads.</summary>
/// <remarks>
/// A backtracking machine with counted steps gives the language's exact meaning. Where a match takes it too long and the pattern means the same to .NET's engine without
/// backtracking, that one ends it in time proportional to the text.
/// </remarks>
internal sealed class Pattern
{
    private const long StepsBeforeHandingOver = 200_000;

    private readonly MatchInstruction[] _code;
    private readonly int _loops;
    private readonly Lazy<Regex?> _linear;

    private Pattern(string source, string flags, PatternNode root, IReadOnlyList<string?> groupNames)
    {
        Source = source;
        Flags = flags;
        GroupNames = groupNames;
        MatchProgram program = MatchProgram.Compile(root);
        _code = [.. program.Code];
        _loops = program.Loops;
        bool isUnicode = IsUnicode;
        _linear = new(() => DotNetPattern.Translate(root, isUnicode));
    }

    /// <summary>Gets the text between the slashes.</summary>
    public string Source { get; }

    /// <summary>Gets the flags in the order in which <c>RegExp.prototype.flags</c> lists them.</summary>
    public string Flags { get; }

    public bool HasIndices => Flags.Contains('d');

    public bool IsGlobal => Flags.Contains('g');

    public bool IgnoresCase => Flags.Contains('i');

    public bool IsMultiline => Flags.Contains('m');

    public bool DotMatchesAll => Flags.Contains('s');

    public bool IsUnicode => Flags.Contains('u');

    public bool IsSticky => Flags.Contains('y');

    /// <summary>Gets the number of groups, the whole match not counted.</summary>
    public int GroupCount => GroupNames.Count - 1;

    /// <summary>Gets the names of the groups by number; group 0 and groups without a name have none.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternException">The pattern or the flags are wrong: a SyntaxError in the script.</exception>
    public static Pattern Compile(string source, string flags)
    {
        CheckFlags(flags);
        PatternParser parser = new(source, flags.Contains('u'), flags.Contains('m'), flags.Contains('s'), flags.Contains('i'));
        PatternNode root = parser.Parse();
        return new Pattern(source, string.Concat(flags.Order()), root, parser.GroupNames);
    }

    /// <summary>Finds the first match at or after <paramref name="start"/>; a sticky pattern only matches right there.</summary>
    /// <param name="input">The text.</param>
    /// <param name="start">Where to begin, from 0.</param>
    /// <param name="steps">The steps that the match may take; what it took is subtracted.</param>
    /// <exception cref="PatternBudgetException">The steps ran out.</exception>
    public PatternMatch? Match(string input, int start, ref long steps)
    {
        if (start > input.Length)
            return null;

        long first = Math.Min(steps, StepsBeforeHandingOver);
        MatchMachine machine = new(_code, GroupCount, _loops, input, IsUnicode, IgnoresCase, first);
        if (Search(ref machine, input, start) is { } found)
        {
            steps -= first - machine.StepsLeft;
            return found.Captures is null ? null : found;
        }

        steps -= first;
        if (_linear.Value is { } linear)
        {
            steps -= input.Length;
            return FromLinear(linear.Match(input, start), start);
        }

        MatchMachine again = new(_code, GroupCount, _loops, input, IsUnicode, IgnoresCase, steps);
        if (Search(ref again, input, start) is not { } late)
            throw new PatternBudgetException();
        steps = again.StepsLeft;
        return late.Captures is null ? null : late;
    }

    // Null: the steps ran out. A match without captures: there is none.
    private PatternMatch? Search(ref MatchMachine machine, string input, int start)
    {
        for (int position = start; position <= input.Length; position++)
        {
            if (machine.MatchAt(position))
                return new PatternMatch(machine.Captures.ToArray());
            if (machine.StepsLeft < 0)
                return null;
            if (IsSticky)
                break;
            if (IsUnicode && position + 1 < input.Length && char.IsHighSurrogate(input[position]) && char.IsLowSurrogate(input[position + 1]))
                position++;
        }

        return default(PatternMatch);
    }

    private PatternMatch? FromLinear(Match match, int start)
    {
        if (!match.Success || (IsSticky && match.Index != start))
            return null;
        int[] captures = new int[2 * (GroupCount + 1)];
        for (int group = 0; group <= GroupCount; group++)
        {
            Group captured = match.Groups[group];
            (captures[2 * group], captures[(2 * group) + 1]) = captured.Success ? (captured.Index, captured.Index + captured.Length) : (-1, -1);
        }

        return new PatternMatch(captures);
    }

    private static void CheckFlags(string flags)
    {
        for (int i = 0; i < flags.Length; i++)
        {
            if (!"dgimsuy".Contains(flags[i]) || flags.IndexOf(flags[i]) != i)
                throw new PatternException($"Invalid flags supplied to RegExp constructor '{flags}'", 0);
        }
    }
}

/// <summary>One match: where it and its groups begin and end.</summary>
internal readonly struct PatternMatch(int[]? captures)
{
    /// <summary>Gets begin and end by group number, −1 where a group took no part.</summary>
    public int[]? Captures { get; } = captures;

    public int Index => Captures![0];

    public int Length => Captures![1] - Captures[0];

    /// <summary>Returns where a group matched, or <see langword="null"/> if it took no part.</summary>
    public (int Index, int Length)? Group(int number)
    {
        int begin = Captures![2 * number];
        int end = Captures[(2 * number) + 1];
        return begin < 0 || end < 0 ? null : (begin, end - begin);
    }
}
