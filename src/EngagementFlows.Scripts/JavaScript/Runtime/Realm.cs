using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>One evaluation: its budgets, its open calls, its waiting jobs and its view of the host.</summary>
/// <remarks>Costs next to nothing to make: the objects of the language are made once per process and frozen.</remarks>
internal sealed partial class Realm
{
    private const int ArgumentStackStart = 4;

    /// <summary>Up to here the stack of arguments grows without a charge.</summary>
    private const int FreeArguments = 12;

    private Frame? _freeFrames;
    private Value[] _arguments = [];

    public Realm(JavaScriptProgram program, ScriptHost host, ScriptContext context)
    {
        Program = program;
        Host = host;
        Context = context;
        Limits = context.Limits;
        _steps = Limits.Steps;
        _bytes = Limits.AllocatedBytes;
        Intrinsics = Intrinsics.Shared;
    }

    public JavaScriptProgram Program { get; }

    public ScriptHost Host { get; }

    public ScriptContext Context { get; }

    public ScriptLimits Limits { get; }

    public Intrinsics Intrinsics { get; }

    /// <summary>Where in the source the evaluation is, for the place of a fault; set before anything that may throw.</summary>
    public int Position;

    /// <summary>The number of script functions that are open.</summary>
    public int Depth;

    /// <summary>The top of the arguments of calls that are being made.</summary>
    public int ArgumentTop;

    public Frame Enter(ScriptFunction function)
    {
        if (++Depth > Limits.CallDepth)
            throw LimitReached(LimitKind.CallDepth);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Charge(1);
        Frame frame;
        if (_freeFrames is { } free)
        {
            _freeFrames = free.NextFree;
            frame = free;
        }
        else
        {
            frame = new Frame(this);
        }

        int count = function.Code.LocalCount;
        if (frame.Locals.Length < count)
            frame.Locals = new Value[Math.Max(4, count)];
        frame.Function = function;
        return frame;
    }

    public void Leave(Frame frame)
    {
        Depth--;
        frame.NextFree = _freeFrames;
        _freeFrames = frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EnterNative()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Charge(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LeaveNative()
    {
    }

    /// <summary>Pushes one argument of a call in the making.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(Value value)
    {
        if (ArgumentTop == _arguments.Length)
            GrowArguments();
        _arguments[ArgumentTop++] = value;
    }

    public ReadOnlySpan<Value> ArgumentsFrom(int start) => _arguments.AsSpan(start, ArgumentTop - start);

    private void GrowArguments()
    {
        int length = _arguments.Length switch
        {
            0 => ArgumentStackStart,
            < FreeArguments => FreeArguments,
            var full => full * 2,
        };
        if (length > FreeArguments)
            Allocate(16 * _arguments.Length);
        Array.Resize(ref _arguments, length);
    }
}
