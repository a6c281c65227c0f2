namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>What one instruction of a match program does.</summary>
internal enum MatchOp
{
    Set, Start, StartOfLine, End, EndOfLine, Boundary, NoBoundary, Save, Forget, Reference, Look, LookEnd, Split, Jump, LoopBegin, LoopNext, LoopEnd, Accept,
}

/// <summary>An instruction: its operands mean what <see cref="MatchMachine"/> makes of them.</summary>
internal readonly record struct MatchInstruction(MatchOp Op, int A = 0, int B = 0, int C = 0, int D = 0, CodePointSet? Set = null, bool IsBackward = false);

/// <summary>Compiles a pattern into the instructions of a backtracking machine. Parts of a look behind are compiled in reverse (§22.2.2.3).</summary>
internal sealed class MatchProgram
{
    private readonly List<MatchInstruction> _code = [];

    private MatchProgram()
    {
    }

    public IReadOnlyList<MatchInstruction> Code => _code;

    /// <summary>Gets the number of loops; each has two registers: rounds and where the round began.</summary>
    public int Loops { get; private set; }

    public static MatchProgram Compile(PatternNode pattern)
    {
        MatchProgram program = new();
        program.Emit(pattern, isBackward: false);
        program._code.Add(new(MatchOp.Accept));
        return program;
    }

    private void Emit(PatternNode node, bool isBackward)
    {
        switch (node)
        {
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Items.Count; i++)
                    Emit(sequence.Items[isBackward ? sequence.Items.Count - 1 - i : i], isBackward);
                break;
            case AlternativesNode alternatives:
                EmitAlternatives(alternatives.Items, isBackward);
                break;
            case SetNode set:
                _code.Add(new(MatchOp.Set, Set: set.Set, IsBackward: isBackward));
                break;
            case StartNode start:
                _code.Add(new(start.OfLine ? MatchOp.StartOfLine : MatchOp.Start));
                break;
            case EndNode end:
                _code.Add(new(end.OfLine ? MatchOp.EndOfLine : MatchOp.End));
                break;
            case BoundaryNode boundary:
                _code.Add(new(boundary.IsBoundary ? MatchOp.Boundary : MatchOp.NoBoundary, Set: boundary.Words));
                break;
            case GroupNode group:
                // Backward, the end is met first.
                _code.Add(new(MatchOp.Save, (2 * group.Number) + (isBackward ? 1 : 0)));
                Emit(group.Body, isBackward);
                _code.Add(new(MatchOp.Save, (2 * group.Number) + (isBackward ? 0 : 1)));
                break;
            case ReferenceNode reference:
                _code.Add(new(MatchOp.Reference, reference.Group, IsBackward: isBackward));
                break;
            case LookNode look:
                int at = Reserve();
                Emit(look.Body, !look.Ahead);
                _code.Add(new(MatchOp.LookEnd));
                _code[at] = new(MatchOp.Look, _code.Count, look.IsNegative ? 1 : 0);
                break;
            case RepeatNode repeat:
                EmitRepeat(repeat, isBackward);
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: pattern node '{node.GetType().Name}' is not known.");
        }
    }

    private void EmitAlternatives(IReadOnlyList<PatternNode> items, bool isBackward)
    {
        List<int> jumps = [];
        for (int i = 0; i < items.Count; i++)
        {
            bool isLast = i == items.Count - 1;
            int split = isLast ? -1 : Reserve();
            Emit(items[i], isBackward);
            if (isLast)
                break;
            jumps.Add(Reserve());
            _code[split] = new(MatchOp.Split, _code.Count);
        }

        foreach (int jump in jumps)
            _code[jump] = new(MatchOp.Jump, _code.Count);
    }

    // LoopBegin; next: LoopNext (decides between the body and the exit); body; LoopEnd (counts the round, refuses an empty one) → next.
    private void EmitRepeat(RepeatNode repeat, bool isBackward)
    {
        int loop = Loops++;
        _code.Add(new(MatchOp.LoopBegin, loop));
        int next = Reserve();
        if (repeat.LastGroup >= repeat.FirstGroup)
            _code.Add(new(MatchOp.Forget, repeat.FirstGroup, repeat.LastGroup));
        Emit(repeat.Body, isBackward);
        _code.Add(new(MatchOp.LoopEnd, loop, next, repeat.Min));
        _code[next] = new(MatchOp.LoopNext, loop, _code.Count, repeat.Min, repeat.IsGreedy ? repeat.Max : ~repeat.Max);
    }

    private int Reserve()
    {
        _code.Add(default);
        return _code.Count - 1;
    }
}
