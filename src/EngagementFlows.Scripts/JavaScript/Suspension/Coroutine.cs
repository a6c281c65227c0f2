using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A function that can be suspended: its frame, its place among the steps, and the try blocks that are open.</summary>
internal sealed class Coroutine(Frame frame, SuspendableCode code)
{
    /// <summary>The place after which nothing follows.</summary>
    public const int End = int.MaxValue;

    /// <summary>The place that means: wait here.</summary>
    public const int Suspended = -1;

    private readonly List<Handler> _handlers = [];
    private readonly List<Pending> _finals = [];
    private int _step;
    private bool _isRunning;
    private bool _hasStarted;
    private JsThrow? _uncaught;

    /// <summary>A try block or open iterator.</summary>
    private readonly record struct Handler(int Catch, int Final, int Iterator, Scoped? Scope, int Scopes, int Finals);

    /// <summary>What goes on when a finally block is over.</summary>
    private readonly record struct Pending(Resumption? Kind, Value Value, JumpTarget? Target, JsThrow? Thrown);

    public Frame Frame { get; } = frame;

    public IteratorRecord?[] Iterators { get; } = new IteratorRecord?[code.IteratorCount];

    public bool IsDone { get; private set; }

    public bool HasStarted => _hasStarted;

    public bool IsRunning => _isRunning;

    /// <summary>Ends a function that never started.</summary>
    public void Finish() => IsDone = true;

    /// <summary>Gets or sets what was sent in when the function was resumed.</summary>
    public Value Sent { get; set; }

    public Resumption Resumption { get; set; }

    /// <summary>Gets or sets the value that the function gives out when it is suspended, or ends with.</summary>
    public Value Output { get; set; }

    /// <summary>Gets or sets whether <see cref="Output"/> is an iterator's result object already.</summary>
    public bool IsRawOutput { get; set; }

    /// <summary>Gets or sets what a catch block was entered with.</summary>
    public Value Caught { get; set; }

    /// <summary>Goes on to the next suspension or the end; returns whether it was the end.</summary>
    public bool Resume(Resumption resumption, Value sent, out Value output)
    {
        Realm realm = Frame.Realm;
        if (_isRunning)
            throw realm.TypeError("Generator is already running.");
        if (++realm.Depth > realm.Limits.CallDepth)
            throw realm.LimitReached(LimitKind.CallDepth);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        realm.Charge(1);
        _isRunning = true;
        Resumption = resumption;
        Sent = sent;
        try
        {
            Run(realm);
        }
        catch (JsThrow)
        {
            IsDone = true;
            throw;
        }
        finally
        {
            _isRunning = false;
        }

        realm.Depth--;
        output = Output;
        return IsDone;
    }

    private void Run(Realm realm)
    {
        OpenState state = realm.Save();
        JsThrow? thrown = null;
        while (true)
        {
            try
            {
                int next = thrown is not null ? Unwind(new Pending(Resumption.Throw, thrown.Value, null, thrown)) : RunFrom();
                thrown = null;
                while (next != Suspended && next != End)
                {
                    _step = next;
                    next = code.Steps[next].Run(this, next);
                }

                if (next != End)
                    return;
                IsDone = true;
                break;
            }
            catch (JsThrow caught)
            {
                realm.Restore(state);
                thrown = caught;
            }
        }

        if (_uncaught is { } fault)
            throw fault;
    }

    private int RunFrom()
    {
        if (_hasStarted)
            return code.Steps[_step].Run(this, _step);
        _hasStarted = true;
        if (Resumption == Resumption.Next)
            return code.Steps[0].Run(this, 0);
        return Unwind(Resumption == Resumption.Throw
            ? new Pending(Resumption.Throw, Sent, null, new JsThrow(Sent, Frame.Realm.Position))
            : new Pending(Resumption.Return, Sent, null, null));
    }

    /// <summary>Remembers where to go on.</summary>
    public int SuspendAt(int step)
    {
        _step = step;
        return Suspended;
    }

    public void PushHandler(int catchStep, int finalStep, int iterator, int scopes) =>
        _handlers.Add(new Handler(catchStep, finalStep, iterator, Frame.Scope, scopes, _finals.Count));

    public void PopHandler() => _handlers.RemoveAt(_handlers.Count - 1);

    public void EnterFinally() => _finals.Add(default);

    /// <summary>Ends a finally block: what had to wait for it goes on.</summary>
    public int LeaveFinally(int at)
    {
        Pending pending = _finals[^1];
        _finals.RemoveAt(_finals.Count - 1);
        return pending.Kind is null && pending.Target is null ? at + 1 : Unwind(pending);
    }

    public int Jump(JumpTarget target, int scopes)
    {
        for (int depth = scopes; _handlers.Count == target.Handlers && depth > target.Scopes; depth--)
            Frame.Scope = Frame.Scope!.Parent;
        if (_handlers.Count == target.Handlers)
        {
            Trim(target.Finals);
            return target.Step;
        }

        return Unwind(new Pending(null, default, target, null));
    }

    public int Return(Value value) => Unwind(new Pending(Resumption.Return, value, null, null));

    private void Trim(int finals) => _finals.RemoveRange(finals, _finals.Count - finals);

    private int Unwind(Pending pending)
    {
        int keep = pending.Target?.Handlers ?? 0;
        Realm realm = Frame.Realm;
        int scopes = -1;
        while (_handlers.Count > keep)
        {
            Handler handler = _handlers[^1];
            PopHandler();
            Frame.Scope = handler.Scope;
            scopes = handler.Scopes;
            Trim(handler.Finals);
            if (handler.Iterator >= 0)
            {
                CloseIterator(realm, handler.Iterator, pending);
            }
            else if (pending.Kind == Resumption.Throw && handler.Catch >= 0)
            {
                Caught = pending.Value;
                return handler.Catch;
            }
            else if (handler.Final >= 0)
            {
                _finals.Add(pending);
                return handler.Final;
            }
        }

        if (pending.Target is { } target)
        {
            for (int depth = scopes; depth > target.Scopes; depth--)
                Frame.Scope = Frame.Scope!.Parent;
            Trim(target.Finals);
            return target.Step;
        }

        if (pending.Thrown is { } thrown)
        {
            _uncaught = thrown;
            return End;
        }

        Output = pending.Value;
        return End;
    }

    private void CloseIterator(Realm realm, int at, Pending pending)
    {
        IteratorRecord iterator = Iterators[at]!;
        if (iterator.IsDone)
            return;
        if (pending.Kind == Resumption.Throw)
            iterator.CloseQuietly(realm);
        else
            iterator.Close(realm);
    }
}
