namespace EngagementFlows.Scripts.JavaScript;

/// <summary>One step of a function that can be suspended; gives the number of the next one.</summary>
internal abstract class Step
{
    public abstract int Run(Coroutine coroutine, int at);
}

/// <summary>A statement without suspension; its jumps lead to targets among the steps.</summary>
internal sealed class ExecuteStep(Statement statement, Dictionary<(int Label, bool IsBreak), JumpTarget> jumps, int scopes) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        Completion completion = statement.Execute(coroutine.Frame);
        return completion switch
        {
            Completion.Normal => at + 1,
            Completion.Return => coroutine.Return(coroutine.Frame.Result),
            _ => coroutine.Jump(jumps[(coroutine.Frame.Target, completion == Completion.Break)], scopes),
        };
    }
}

internal sealed class ReturnStep(Node? value) : Step
{
    public override int Run(Coroutine coroutine, int at) => coroutine.Return(value is null ? Value.Undefined : value.Evaluate(coroutine.Frame));
}

internal sealed class JumpStep(JumpTarget target, int scopes) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.Frame.Realm.Charge(1);
        return coroutine.Jump(target, scopes);
    }
}

/// <summary>Goes on, or jumps within the same block if the test fails.</summary>
internal sealed class BranchStep(Node test, JumpTarget otherwise, bool jumpsIf) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.Frame.Realm.Charge(1);
        return test.Test(coroutine.Frame) == jumpsIf ? otherwise.Step : at + 1;
    }
}

/// <summary><c>await</c> or <c>yield</c>: gives the value out, and keeps what comes back in a register.</summary>
internal sealed class SuspendStep(Node? value, int slot) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.IsRawOutput = false;
        coroutine.Output = value is null ? Value.Undefined : value.Evaluate(coroutine.Frame);
        coroutine.Frame.Locals[slot] = Value.Empty;
        return coroutine.SuspendAt(at + 1);
    }
}

/// <summary>Takes what came back after a suspension.</summary>
internal sealed class ResumeStep(int slot) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        switch (coroutine.Resumption)
        {
            case Resumption.Throw: throw new JsThrow(coroutine.Sent, coroutine.Frame.Realm.Position);
            case Resumption.Return: return coroutine.Return(coroutine.Sent);
            default:
                coroutine.Frame.Locals[slot] = coroutine.Sent;
                return at + 1;
        }
    }
}

internal sealed class PushHandlerStep(JumpTarget? catchTarget, JumpTarget? finalTarget, int scopes) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.PushHandler(catchTarget?.Step ?? -1, finalTarget?.Step ?? -1, -1, scopes);
        return at + 1;
    }
}

internal sealed class PopHandlerStep : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.PopHandler();
        return at + 1;
    }
}

internal sealed class EnterFinallyStep : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.EnterFinally();
        return at + 1;
    }
}

internal sealed class LeaveFinallyStep : Step
{
    public override int Run(Coroutine coroutine, int at) => coroutine.LeaveFinally(at);
}

/// <summary>Binds what a catch block was entered with.</summary>
internal sealed class CatchStep(int scopeSize, Statement[] entry, Pattern? parameter) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        Frame frame = coroutine.Frame;
        if (scopeSize >= 0)
            frame.Scope = new Scoped(new Value[scopeSize], frame.Scope);
        foreach (Statement statement in entry)
            statement.Execute(frame);
        parameter?.Bind(frame, coroutine.Caught);
        return at + 1;
    }
}

internal sealed class OpenIteratorStep(Node subject, int iterator) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        Scoped? scope = coroutine.Frame.Scope;
        Value value = subject.Evaluate(coroutine.Frame);
        coroutine.Frame.Scope = scope;
        coroutine.Iterators[iterator] = Iteration.Open(coroutine.Frame.Realm, value);
        return at + 1;
    }
}

/// <summary>Lists the keys of for-in as if they were items of an iterator.</summary>
internal sealed class OpenKeysStep(Node subject, int iterator) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        Realm realm = coroutine.Frame.Realm;
        Scoped? scope = coroutine.Frame.Scope;
        Value value = subject.Evaluate(coroutine.Frame);
        coroutine.Frame.Scope = scope;
        JsArray keys = realm.NewArray();
        if (!value.IsNullish)
        {
            foreach (string key in Iteration.ForInKeys(realm, Operations.ToObject(realm, value)))
                keys.Add(realm, key);
        }

        coroutine.Iterators[iterator] = new IteratorRecord(keys);
        return at + 1;
    }
}

internal sealed class PushIteratorStep(int iterator, int scopes) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.PushHandler(-1, -1, iterator, scopes);
        return at + 1;
    }
}

/// <summary>Binds the next item, or jumps out of the loop.</summary>
internal sealed class NextItemStep(int iterator, EachBinding binding, JumpTarget exit) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        Frame frame = coroutine.Frame;
        frame.Realm.Charge(1);
        if (!coroutine.Iterators[iterator]!.TryNext(frame.Realm, out Value item))
            return exit.Step;
        binding.Bind(frame, item);
        return at + 1;
    }
}

internal sealed class LeaveScopeStep : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        coroutine.Frame.Scope = coroutine.Frame.Scope!.Parent;
        return at + 1;
    }
}

/// <summary>Opens the iterator of <c>yield*</c>.</summary>
internal sealed class DelegateStep(Node subject, int iterator) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        Realm realm = coroutine.Frame.Realm;
        Value value = subject.Evaluate(coroutine.Frame);
        Value method = realm.GetMethod(value, Symbol.Iterator);
        if (method.IsUndefined)
            throw realm.TypeError($"{realm.Describe(value)} is not iterable.");
        Value opened = realm.Call(method, value, []);
        if (!opened.IsObject)
            throw realm.TypeError("Result of the Symbol.iterator method is not an object.");
        coroutine.Iterators[iterator] = new IteratorRecord(opened.Object, opened.Object.Get(realm, Names.Next));
        coroutine.Resumption = Resumption.Next;
        coroutine.Sent = Value.Undefined;
        return at + 1;
    }
}

/// <summary>Hands on to the inner iterator what was sent in, and gives out what it answers (ECMA-262 §15.5.5).</summary>
internal sealed class DelegateNextStep(int iterator, int slot) : Step
{
    public override int Run(Coroutine coroutine, int at)
    {
        Realm realm = coroutine.Frame.Realm;
        IteratorRecord inner = coroutine.Iterators[iterator]!;
        Value self = inner.Iterator!;
        Value answer;
        bool returns = false;
        switch (coroutine.Resumption)
        {
            case Resumption.Throw:
                Value thrower = realm.GetMethod(self, "throw");
                if (thrower.IsUndefined)
                {
                    inner.Close(realm);
                    throw realm.TypeError("The iterator of 'yield*' has no throw method.");
                }

                answer = realm.Call(thrower, self, [coroutine.Sent]);
                break;
            case Resumption.Return:
                Value returner = realm.GetMethod(self, Names.Return);
                if (returner.IsUndefined)
                    return coroutine.Return(coroutine.Sent);
                answer = realm.Call(returner, self, [coroutine.Sent]);
                returns = true;
                break;
            default:
                answer = realm.Call(inner.NextMethod, self, [coroutine.Sent]);
                break;
        }

        if (!answer.IsObject)
            throw realm.TypeError($"Iterator result {realm.Describe(answer)} is not an object.");
        if (!Operations.ToBoolean(answer.Object.Get(realm, Names.Done)))
        {
            coroutine.Output = answer;
            coroutine.IsRawOutput = true;
            return coroutine.SuspendAt(at);
        }

        Value value = answer.Object.Get(realm, Names.Value);
        if (returns)
            return coroutine.Return(value);
        coroutine.Frame.Locals[slot] = value;
        return at + 1;
    }
}
