namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>Runs a match program over a text, backtracking, with counted steps. Made for one match and thrown away.</summary>
/// <remarks>
/// Every write to a register is logged, so that taking a step back restores captures and loop counts. Nothing recurses but looks, whose nesting the parser bounds.
/// </remarks>
internal ref struct MatchMachine
{
    private const int DeepestStack = 1_000_000;

    private readonly MatchInstruction[] _code;
    private readonly ReadOnlySpan<char> _input;
    private readonly bool _isUnicode;
    private readonly bool _ignoresCase;
    private readonly int[] _registers;
    private readonly int _loopBase;
    private readonly List<(int Register, int Value)> _undo;
    private readonly List<(int Code, int Position, int Undo)> _choices;
    private long _steps;

    public MatchMachine(MatchInstruction[] code, int groupCount, int loops, ReadOnlySpan<char> input, bool isUnicode, bool ignoresCase, long steps)
    {
        _code = code;
        _input = input;
        _isUnicode = isUnicode;
        _ignoresCase = ignoresCase;
        _loopBase = 2 * (groupCount + 1);
        _registers = new int[_loopBase + (2 * loops)];
        _undo = [];
        _choices = [];
        _steps = steps;
    }

    /// <summary>Gets the steps left; negative when they ran out.</summary>
    public readonly long StepsLeft => _steps;

    /// <summary>Gets the captures: begin and end by group number, −1 where a group took no part.</summary>
    public readonly ReadOnlySpan<int> Captures => _registers.AsSpan(0, _loopBase);

    /// <summary>Tries to match exactly at a position; false as well when the steps ran out.</summary>
    public bool MatchAt(int position)
    {
        _registers.AsSpan(0, _loopBase).Fill(-1);
        _undo.Clear();
        _choices.Clear();
        int end = Run(0, position);
        if (end < 0)
            return false;
        _registers[0] = position;
        _registers[1] = end;
        return true;
    }

    // Returns the position at Accept or LookEnd, or −1.
    private int Run(int code, int position)
    {
        int floor = _choices.Count;
        while (true)
        {
            if (--_steps < 0 || _choices.Count > DeepestStack || _undo.Count > 4 * DeepestStack)
            {
                _steps = -1;
                return -1;
            }

            ref readonly MatchInstruction step = ref _code[code];
            bool goesOn = true;
            switch (step.Op)
            {
                case MatchOp.Set:
                    goesOn = Consume(step.Set!, step.IsBackward, ref position);
                    code++;
                    break;
                case MatchOp.Split:
                    _choices.Add((step.A, position, _undo.Count));
                    code++;
                    break;
                case MatchOp.Jump:
                    code = step.A;
                    break;
                case MatchOp.Save:
                    Write(step.A, position);
                    code++;
                    break;
                case MatchOp.Forget:
                    for (int register = 2 * step.A; register <= (2 * step.B) + 1; register++)
                        Write(register, -1);
                    code++;
                    break;
                case MatchOp.LoopBegin:
                    Write(_loopBase + (2 * step.A), 0);
                    code++;
                    break;
                case MatchOp.LoopNext:
                    code = Next(step, code, position);
                    break;
                case MatchOp.LoopEnd:
                    int rounds = _registers[_loopBase + (2 * step.A)];
                    goesOn = rounds < step.C || _registers[_loopBase + (2 * step.A) + 1] != position;
                    Write(_loopBase + (2 * step.A), rounds == int.MaxValue ? rounds : rounds + 1);
                    code = step.B;
                    break;
                case MatchOp.Look:
                    goesOn = Look(step, code, position);
                    code = step.A;
                    break;
                case MatchOp.LookEnd or MatchOp.Accept:
                    _choices.RemoveRange(floor, _choices.Count - floor);
                    return position;
                case MatchOp.Reference:
                    goesOn = Refer(step.A, step.IsBackward, ref position);
                    code++;
                    break;
                default:
                    goesOn = Holds(step, position);
                    code++;
                    break;
            }

            if (goesOn)
                continue;
            if (_choices.Count == floor)
                return -1;
            (code, position, int undo) = _choices[^1];
            _choices.RemoveAt(_choices.Count - 1);
            Restore(undo);
            if (code < 0)
            {
                code = ~code;
                Write(_loopBase + (2 * _code[code - 1].A) + 1, position);
            }
        }
    }

    private int Next(in MatchInstruction step, int code, int position)
    {
        int rounds = _registers[_loopBase + (2 * step.A)];
        bool isGreedy = step.D >= 0;
        int max = isGreedy ? step.D : ~step.D;
        if (rounds >= max)
            return step.B;
        if (rounds >= step.C)
        {
            if (!isGreedy)
            {
                // Tried again later, the loop goes one round further: the choice leads to the body with the round's begin set there.
                _choices.Add((~(code + 1), position, _undo.Count));
                return step.B;
            }

            _choices.Add((step.B, position, _undo.Count));
        }

        Write(_loopBase + (2 * step.A) + 1, position);
        return code + 1;
    }

    private bool Look(in MatchInstruction step, int code, int position)
    {
        int undo = _undo.Count;
        bool found = Run(code + 1, position) >= 0;
        bool isNegative = step.B == 1;
        if (isNegative || !found)
            Restore(undo);
        return found != isNegative && _steps >= 0;
    }

    private readonly bool Consume(CodePointSet set, bool isBackward, ref int position)
    {
        if (isBackward ? position == 0 : position == _input.Length)
            return false;
        int point = isBackward ? _input[--position] : _input[position++];
        if (_isUnicode && char.IsSurrogate((char)point))
            point = Pair((char)point, isBackward, ref position);
        return set.Contains(point);
    }

    private readonly int Pair(char unit, bool isBackward, ref int position)
    {
        if (isBackward && char.IsLowSurrogate(unit) && position > 0 && char.IsHighSurrogate(_input[position - 1]))
            return char.ConvertToUtf32(_input[--position], unit);
        if (!isBackward && char.IsHighSurrogate(unit) && position < _input.Length && char.IsLowSurrogate(_input[position]))
            return char.ConvertToUtf32(unit, _input[position++]);
        return unit;
    }

    private bool Refer(int group, bool isBackward, ref int position)
    {
        int begin = _registers[2 * group];
        int end = _registers[(2 * group) + 1];
        if (begin < 0 || end < 0)
            return true;
        int length = end - begin;
        _steps -= length / 8;
        int from = isBackward ? position - length : position;
        if (from < 0 || from + length > _input.Length || !Same(_input.Slice(begin, length), _input.Slice(from, length)))
            return false;
        position = isBackward ? from : from + length;
        return true;
    }

    private readonly bool Same(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (!_ignoresCase)
            return one.SequenceEqual(other);
        for (int i = 0; i < one.Length; i++)
        {
            if (CaseFolds.Canonicalize(one[i], _isUnicode) != CaseFolds.Canonicalize(other[i], _isUnicode))
                return false;
        }

        return true;
    }

    private readonly bool Holds(in MatchInstruction step, int position) => step.Op switch
    {
        MatchOp.Start => position == 0,
        MatchOp.StartOfLine => position == 0 || UnicodeSets.LineEnds.Contains(_input[position - 1]),
        MatchOp.End => position == _input.Length,
        MatchOp.EndOfLine => position == _input.Length || UnicodeSets.LineEnds.Contains(_input[position]),
        MatchOp.Boundary => IsBoundary(step.Set!, position),
        MatchOp.NoBoundary => !IsBoundary(step.Set!, position),
        _ => throw new InvalidOperationException($"EngagementFlows bug: match instruction '{step.Op}' is not known."),
    };

    private readonly bool IsBoundary(CodePointSet words, int position) =>
        (position > 0 && words.Contains(_input[position - 1])) != (position < _input.Length && words.Contains(_input[position]));

    private void Write(int register, int value)
    {
        _undo.Add((register, _registers[register]));
        _registers[register] = value;
    }

    private readonly void Restore(int height)
    {
        for (int i = _undo.Count - 1; i >= height; i--)
            _registers[_undo[i].Register] = _undo[i].Value;
        _undo.RemoveRange(height, _undo.Count - height);
    }
}
