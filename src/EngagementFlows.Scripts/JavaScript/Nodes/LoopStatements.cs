namespace EngagementFlows.Scripts.JavaScript;

/// <summary>What a loop does after its body ended.</summary>
internal static class LoopControl
{
    /// <summary>Tells whether the loop ends; then <paramref name="completion"/> is the loop's own.</summary>
    public static bool Ends(Frame frame, int label, ref Completion completion)
    {
        if (completion == Completion.Normal)
            return false;
        if (completion != Completion.Return && frame.Target == label)
        {
            bool ends = completion == Completion.Break;
            completion = Completion.Normal;
            return ends;
        }

        return true;
    }
}

internal sealed class WhileStatement(int label, Node test, Statement body, bool testsLast, int weight) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        bool first = testsLast;
        while (true)
        {
            realm.Charge(weight);
            if (!first && !test.Test(frame))
                return Completion.Normal;
            first = false;
            Completion completion = body.Execute(frame);
            if (LoopControl.Ends(frame, label, ref completion))
                return completion;
        }
    }
}

internal sealed class ForStatement(int label, Node? test, Node? update, Statement body, int copiedScope, int weight) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        if (copiedScope >= 0)
            CopyScope(frame);
        while (true)
        {
            realm.Charge(weight);
            if (test is not null && !test.Test(frame))
                return Completion.Normal;
            Completion completion = body.Execute(frame);
            if (completion != Completion.Normal && LoopControl.Ends(frame, label, ref completion))
                return completion;
            if (copiedScope >= 0)
                CopyScope(frame);
            update?.Evaluate(frame);
        }
    }

    /// <summary>Each turn has variables of its own (ECMA-262 §14.7.4.4, CreatePerIterationEnvironment).</summary>
    private void CopyScope(Frame frame)
    {
        frame.Realm.Allocate(56 + (16 * copiedScope));
        Scoped current = frame.Scope!;
        frame.Scope = new Scoped([.. current.Slots], current.Parent);
    }
}

internal sealed class ForOfStatement(int label, Node subject, EachBinding binding, Statement body) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        Scoped? outer = frame.Scope;
        Value value = subject.Evaluate(frame);
        frame.Scope = outer;
        IteratorRecord iterator = Iteration.Open(realm, value);
        while (iterator.TryNext(realm, out Value item))
        {
            realm.Charge(1);
            Completion completion;
            OpenState state = realm.Save();
            try
            {
                binding.Bind(frame, item);
                completion = body.Execute(frame);
            }
            catch (JsThrow)
            {
                realm.Restore(state);
                iterator.CloseQuietly(realm);
                throw;
            }

            frame.Scope = outer;
            if (LoopControl.Ends(frame, label, ref completion))
            {
                Value result = frame.Result;
                int target = frame.Target;
                iterator.Close(realm);
                frame.Result = result;
                frame.Target = target;
                return completion;
            }
        }

        return Completion.Normal;
    }
}

internal sealed class ForInStatement(int label, Node subject, EachBinding binding, Statement body) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        Scoped? outer = frame.Scope;
        Value value = subject.Evaluate(frame);
        frame.Scope = outer;
        if (value.IsNullish)
            return Completion.Normal;
        foreach (string key in Iteration.ForInKeys(realm, Operations.ToObject(realm, value)))
        {
            realm.Charge(1);
            binding.Bind(frame, key);
            Completion completion = body.Execute(frame);
            frame.Scope = outer;
            if (LoopControl.Ends(frame, label, ref completion))
                return completion;
        }

        return Completion.Normal;
    }
}

/// <summary>Binds the variable of a <c>for … of</c> or <c>for … in</c> anew for each turn.</summary>
internal sealed class EachBinding(int scopeSize, Statement[] entry, Pattern target)
{
    public void Bind(Frame frame, Value value)
    {
        if (scopeSize >= 0)
        {
            frame.Realm.Allocate(56 + (16 * scopeSize));
            frame.Scope = new Scoped(new Value[scopeSize], frame.Scope);
        }

        foreach (Statement statement in entry)
            statement.Execute(frame);
        target.Bind(frame, value);
    }
}

internal sealed class SwitchStatement(int label, Node subject, SwitchCase[] cases) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Value value = subject.Evaluate(frame);
        int from = -1;
        for (int i = 0; i < cases.Length && from < 0; i++)
        {
            frame.Realm.Charge(1);
            if (cases[i].Test is { } test && Operations.StrictEquals(value, test.Evaluate(frame)))
                from = i;
        }

        if (from < 0)
            from = Array.FindIndex(cases, one => one.Test is null);
        if (from < 0)
            return Completion.Normal;
        for (int i = from; i < cases.Length; i++)
        {
            Completion completion = cases[i].Body.Execute(frame);
            if (completion == Completion.Break && frame.Target == label)
                return Completion.Normal;
            if (completion != Completion.Normal)
                return completion;
        }

        return Completion.Normal;
    }
}

internal sealed record SwitchCase(Node? Test, Statement Body);
