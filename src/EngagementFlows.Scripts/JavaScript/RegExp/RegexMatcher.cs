namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Runs a compiled expression over a text: backtracking with a stack of its own, every instruction counted.</summary>
/// <remarks>Counted work instead of a clock: the same match gives the same result on every machine, and none recurses natively but for lookarounds.</remarks>
internal sealed class RegexMatcher(Realm realm, RegexProgram program, string text)
{
    private const int ChargeEvery = 1024;
    private const int InstructionsPerMillisecond = 50_000;

    private readonly int[] _groups = new int[program.Groups * 2];
    private readonly int[] _registers = new int[program.Registers];

    /// <summary>Choices (kind 0: instruction, position) and old values (kind 1: group; kind 2: register).</summary>
    private (int Kind, int A, int B)[] _stack = new (int, int, int)[32];
    private int _top;
    private int _work;
    private long _left = (long)(realm.Limits.MatchTimeout.TotalMilliseconds * InstructionsPerMillisecond);

    /// <summary>Finds a match at or, unless <paramref name="isSticky"/>, behind a position.</summary>
    /// <returns>Start and end of each group in turn, −1 where it took no part; or <see langword="null"/>.</returns>
    public int[]? Match(int from, bool isSticky)
    {
        for (int at = from; at <= text.Length; at++)
        {
            if (!isSticky && program.FirstChar is { } first)
            {
                int next = text.AsSpan(at).IndexOf(first);
                if (next < 0)
                    return null;
                realm.Charge(next >> 6);
                at += next;
            }

            _groups.AsSpan().Fill(-1);
            _top = 0;
            if (Run(0, at))
            {
                Settle();
                return _groups;
            }

            if (isSticky)
                break;
            if (program.IsUnicode && at < text.Length && Texts.CodePointAt(text, at) > 0xffff)
                at++;
        }

        Settle();
        return null;
    }

    private void Settle() => realm.Charge(1 + (_work >> 2));

    private void Work()
    {
        _left -= ChargeEvery;
        _work = 0;
        realm.Charge(ChargeEvery >> 2);
        if (_left < 0)
            throw realm.LimitReached(LimitKind.MatchTimeout);
    }

    private void Push(int kind, int a, int b)
    {
        if (_top == _stack.Length)
        {
            realm.Allocate(12 * _stack.Length);
            Array.Resize(ref _stack, _stack.Length * 2);
        }

        _stack[_top++] = (kind, a, b);
    }

    private void SetGroup(int slot, int value)
    {
        Push(1, slot, _groups[slot]);
        _groups[slot] = value;
    }

    private void SetRegister(int register, int value)
    {
        Push(2, register, _registers[register]);
        _registers[register] = value;
    }

    private bool Run(int pc, int at)
    {
        int bottom = _top;
        RegexInstruction[] code = program.Code;
        while (true)
        {
            if (++_work >= ChargeEvery)
                Work();
            ref readonly RegexInstruction i = ref code[pc];
            bool matches = true;
            switch (i.Op)
            {
                case RegexOp.Match:
                    return true;
                case RegexOp.Char or RegexOp.Any or RegexOp.Class:
                    matches = TryCharacter(i, ref at);
                    pc++;
                    break;
                case RegexOp.Split:
                    Push(0, i.B, at);
                    pc = i.A;
                    break;
                case RegexOp.Jump:
                    pc = i.A;
                    break;
                case RegexOp.Save:
                    SetGroup(i.A, at);
                    pc++;
                    break;
                case RegexOp.ClearGroups:
                    for (int group = i.A * 2; group < i.B * 2; group++)
                        SetGroup(group, -1);
                    pc++;
                    break;
                case RegexOp.SetCounter:
                    SetRegister(i.A, i.B);
                    pc++;
                    break;
                case RegexOp.Count:
                    SetRegister(i.A, _registers[i.A] - 1);
                    pc = _registers[i.A] > 0 ? i.B : pc + 1;
                    break;
                case RegexOp.SavePosition:
                    SetRegister(i.A, at);
                    pc++;
                    break;
                case RegexOp.FailIfUnmoved:
                    matches = _registers[i.A] != at;
                    pc++;
                    break;
                case RegexOp.Assert:
                    matches = Holds((RegexAssertion)i.A, at);
                    pc++;
                    break;
                case RegexOp.Backreference:
                    matches = TryBackreference(i, ref at);
                    pc++;
                    break;
                case RegexOp.Look:
                    matches = Look(pc + 1, at, isNegated: i.B == 1);
                    pc = i.A;
                    break;
            }

            if (!matches && !TryBacktrack(bottom, ref pc, ref at))
                return false;
        }
    }

    private bool TryBacktrack(int bottom, ref int pc, ref int at)
    {
        while (_top > bottom)
        {
            (int kind, int a, int b) = _stack[--_top];
            switch (kind)
            {
                case 0:
                    pc = a;
                    at = b;
                    return true;
                case 1:
                    _groups[a] = b;
                    break;
                default:
                    _registers[a] = b;
                    break;
            }
        }

        return false;
    }

    /// <summary>A lookaround; its choices are forgotten once it matched, its groups are kept unless it is negated.</summary>
    private bool Look(int pc, int at, bool isNegated)
    {
        int bottom = _top;
        bool found = Run(pc, at);
        if (!found)
            return isNegated;
        if (isNegated)
        {
            int ignored = 0;
            while (TryBacktrack(bottom, ref ignored, ref ignored))
            {
                // Only the old values matter: what was chosen inside is undone.
            }

            return false;
        }

        int kept = bottom;
        for (int i = bottom; i < _top; i++)
        {
            if (_stack[i].Kind != 0)
                _stack[kept++] = _stack[i];
        }

        _top = kept;
        return true;
    }

    private bool TryCharacter(in RegexInstruction i, ref int at)
    {
        int next = at;
        if (i.IsBackward ? at == 0 : at == text.Length)
            return false;
        int c = Step(ref next, i.IsBackward);
        bool matches = i.Op switch
        {
            RegexOp.Char => c == i.A || (program.IsIgnoreCase && RegexCase.Canonical(c, program.IsUnicode) == i.A),
            RegexOp.Any => i.A == 1 || c > 0xffff || !Characters.IsLineTerminator((char)c),
            _ => program.IsIgnoreCase ? i.Set!.ContainsIgnoringCase(c, program.IsUnicode) : i.Set!.Contains(c),
        };
        if (matches)
            at = next;
        return matches;
    }

    private int Step(ref int at, bool isBackward)
    {
        if (!isBackward)
        {
            int code = program.IsUnicode ? Texts.CodePointAt(text, at) : text[at];
            at += code > 0xffff ? 2 : 1;
            return code;
        }

        if (program.IsUnicode && at > 1 && char.IsLowSurrogate(text[at - 1]) && char.IsHighSurrogate(text[at - 2]))
        {
            at -= 2;
            return Texts.CodePointAt(text, at);
        }

        return text[--at];
    }

    private bool TryBackreference(in RegexInstruction i, ref int at)
    {
        foreach (int group in i.Groups!)
        {
            int start = _groups[group * 2];
            int end = _groups[(group * 2) + 1];
            if (start < 0 || end < 0)
                continue;
            int length = end - start;
            int from = i.IsBackward ? at - length : at;
            if (from < 0 || from + length > text.Length)
                return false;
            _work += length >> 3;
            for (int k = 0; k < length; k++)
            {
                char x = text[start + k];
                char y = text[from + k];
                if (x != y && !(program.IsIgnoreCase && RegexCase.Canonical(x, program.IsUnicode) == RegexCase.Canonical(y, program.IsUnicode)))
                    return false;
            }

            at = i.IsBackward ? from : at + length;
            return true;
        }

        return true;
    }

    private bool Holds(RegexAssertion assertion, int at) => assertion switch
    {
        RegexAssertion.Start => at == 0 || (program.IsMultiline && Characters.IsLineTerminator(text[at - 1])),
        RegexAssertion.End => at == text.Length || (program.IsMultiline && Characters.IsLineTerminator(text[at])),
        RegexAssertion.WordBoundary => IsWordAt(at - 1) != IsWordAt(at),
        _ => IsWordAt(at - 1) == IsWordAt(at),
    };

    private bool IsWordAt(int at) => at >= 0 && at < text.Length
        && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_' || (program.IsIgnoreCase && program.IsUnicode && text[at] is '\u017f' or '\u212a'));
}
