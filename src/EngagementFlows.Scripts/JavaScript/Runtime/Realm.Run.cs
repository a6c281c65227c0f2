namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Runs a program and its jobs.</summary>
internal sealed partial class Realm
{
    private Queue<Action>? _jobs;

    public object? RunProgram(FunctionCode code)
    {
        Frame frame = new(this) { Locals = code.LocalCount == 0 ? [] : new Value[code.LocalCount] };
        Depth = 1;
        Charge(1);
        if (code.ScopeSize >= 0)
        {
            Allocate(16 * code.ScopeSize);
            frame.Scope = new Scoped(new Value[code.ScopeSize], null);
        }

        foreach (Statement statement in code.Prologue)
            statement.Execute(frame);
        Value result = code.Body!.Execute(frame) == Completion.Return ? frame.Result : frame.LastValue;
        RunJobs();
        return ToPlain(Settled(result));
    }

    /// <summary>HostEnqueuePromiseJob (ECMA-262 §9.5.5).</summary>
    public void EnqueueJob(Action job)
    {
        Allocate(96);
        (_jobs ??= new()).Enqueue(job);
    }

    public string ThrownKind(Value thrown)
    {
        if (thrown.As<JsError>() is not { } error)
            return "Thrown";
        Value name = QuietGet(error, Names.Name);
        return name.IsString && name.TextLength > 0 ? name.Text : "Error";
    }

    public string ThrownMessage(Value thrown)
    {
        if (thrown.As<JsError>() is { } error)
        {
            Value message = QuietGet(error, Names.Message);
            return message.IsString && message.TextLength > 0 ? message.Text : $"The script threw a {ThrownKind(thrown)} without a message.";
        }

        string text = thrown.IsObject && QuietGet(thrown.Object, Names.Message) is { IsString: true } own ? $" with the message '{own.Text}'" : string.Empty;
        return $"The script threw {Describe(thrown)}{text}.";
    }

    private void RunJobs()
    {
        while (_jobs is not null && _jobs.TryDequeue(out Action? job))
        {
            Charge(1);
            Depth = 1;
            job();
        }
    }

    /// <summary>Reads a data property without calling the script: it has ended.</summary>
    private Value QuietGet(JsObject o, PropertyKey key)
    {
        for (JsObject? at = o; at is not null; at = at.Prototype)
        {
            if (at.TryGetOwn(this, key, out Property property))
                return property.Value.IsAccessor ? Value.Undefined : property.Value;
        }

        return Value.Undefined;
    }

    private Value Settled(Value value)
    {
        while (value.As<JsPromise>() is { } promise)
        {
            switch (promise.State)
            {
                case PromiseState.Fulfilled:
                    value = promise.Result;
                    break;
                case PromiseState.Rejected:
                    throw Throw(promise.Result);
                default:
                    throw LimitReached(LimitKind.NeverSettles);
            }
        }

        return value;
    }
}
