using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The budget that was spent; the name is the kind of the fault.</summary>
internal enum LimitKind
{
    Steps,
    AllocatedBytes,
    CallDepth,
    StringLength,
    ArrayLength,
    OutputLength,
    Nesting,
    MatchTimeout,
    NeverSettles,
}

/// <summary>Ends an evaluation whose budget is spent; no script can catch it.</summary>
internal sealed class LimitException(LimitKind kind, string message, int position) : Exception(message)
{
    public LimitKind Kind { get; } = kind;

    public int Position { get; } = position;
}

internal sealed partial class Realm
{
    private long _steps;
    private long _bytes;
    private int _nesting;

    /// <summary>Counts work; one step is a statement, a call, a turn of a loop, or an item that a built-in function handles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge(long steps)
    {
        if ((_steps -= steps) < 0)
            throw LimitReached(LimitKind.Steps);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Allocate(long bytes)
    {
        if ((_bytes -= bytes) < 0)
            throw LimitReached(LimitKind.AllocatedBytes);
    }

    /// <summary>Counts a text that is about to be made, in UTF-16 units.</summary>
    public void AllocateText(long length)
    {
        if (length > Limits.StringLength)
            throw LimitReached(LimitKind.StringLength);
        Allocate(24 + (2 * length));
        Charge(length >> 5);
    }

    /// <summary>Counts the items of an array that is about to be made or to grow.</summary>
    public void AllocateItems(long count)
    {
        CheckArrayLength(count);
        Allocate(16 * count);
        Charge(count >> 3);
    }

    public void CheckArrayLength(long count)
    {
        if (count > Limits.ArrayLength)
            throw LimitReached(LimitKind.ArrayLength);
    }

    /// <summary>Counts a step down into nested data; undone by <see cref="Ascend"/>.</summary>
    public void Descend()
    {
        if (++_nesting > Limits.Nesting)
            throw LimitReached(LimitKind.Nesting);
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    public void Ascend() => _nesting--;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public LimitException LimitReached(LimitKind kind) => new(kind, LimitMessage(kind), Position);

    private string LimitMessage(LimitKind kind) => kind switch
    {
        LimitKind.Steps => $"The script took more than {Limits.Steps} steps. Check its loops, or work on less data.",
        LimitKind.AllocatedBytes => $"The script allocated more than {Limits.AllocatedBytes} bytes. Keep less data at a time.",
        LimitKind.CallDepth => $"The script has more than {Limits.CallDepth} calls open at once. Check its recursion.",
        LimitKind.StringLength => $"The script made a string of more than {Limits.StringLength} characters. Build shorter texts.",
        LimitKind.ArrayLength => $"The script made an array or object of more than {Limits.ArrayLength} items. Work on less data.",
        LimitKind.OutputLength => $"The script printed more than {Limits.OutputLength} characters. Print less.",
        LimitKind.Nesting => $"A value or source text nests deeper than {Limits.Nesting} levels. Make it flatter.",
        LimitKind.MatchTimeout => "A regular expression took too many steps for one match. Make the expression less ambiguous.",
        LimitKind.NeverSettles => "The result is a promise that never settles. Resolve or reject it in the script itself.",
        _ => throw new InvalidOperationException($"EngagementFlows bug: limit '{kind}' has no message."),
    };
}
