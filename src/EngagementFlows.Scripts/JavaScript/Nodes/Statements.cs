namespace EngagementFlows.Scripts.JavaScript;

internal sealed class EmptyStatement : Statement
{
    public static readonly EmptyStatement Instance = new();

    public override Completion Execute(Frame frame) => Completion.Normal;
}

internal sealed class ExpressionStatement(Node expression, int weight) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Realm.Charge(weight);
        expression.Evaluate(frame);
        return Completion.Normal;
    }
}

/// <summary>An expression statement of the program itself, whose value may be the result.</summary>
internal sealed class ValueStatement(Node expression, int weight) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Realm.Charge(weight);
        frame.LastValue = expression.Evaluate(frame);
        return Completion.Normal;
    }
}

/// <summary>Statements of the program such as <c>if</c> have the value <c>undefined</c> unless one inside them has another.</summary>
internal sealed class ResetValueStatement(Statement inner) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.LastValue = Value.Undefined;
        return inner.Execute(frame);
    }
}

/// <summary>The value of a <c>finally</c> is dropped unless it jumps.</summary>
internal sealed class KeepValueStatement(Statement inner) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Value kept = frame.LastValue;
        Completion completion = inner.Execute(frame);
        if (completion == Completion.Normal)
            frame.LastValue = kept;
        return completion;
    }
}

internal sealed class ListStatement(Statement[] body) : Statement
{
    public override Completion Execute(Frame frame)
    {
        foreach (Statement statement in body)
        {
            Completion completion = statement.Execute(frame);
            if (completion != Completion.Normal)
                return completion;
        }

        return Completion.Normal;
    }
}

/// <summary>A block with bindings: a new scope if closures share them, dead zones, hoisted functions.</summary>
internal sealed class BlockStatement(int scopeSize, Statement[] entry, Statement body) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Scoped? outer = frame.Scope;
        if (scopeSize >= 0)
        {
            frame.Realm.Allocate(56 + (16 * scopeSize));
            frame.Scope = new Scoped(new Value[scopeSize], outer);
        }

        foreach (Statement statement in entry)
            statement.Execute(frame);
        Completion completion = body.Execute(frame);
        frame.Scope = outer;
        return completion;
    }
}

/// <summary>Sets a register or slot, as when a declaration initialises its variable or a block opens its dead zones.</summary>
internal sealed class InitializeStatement(Place place, Node value) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Realm.Charge(1);
        place.Set(frame, value.Evaluate(frame));
        return Completion.Normal;
    }
}

internal sealed class PatternStatement(Pattern pattern, Node value) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Realm.Charge(1);
        pattern.Bind(frame, value.Evaluate(frame));
        return Completion.Normal;
    }
}

internal sealed class IfStatement(Node test, Statement whenTrue, Statement? whenFalse, int weight) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Realm.Charge(weight);
        if (test.Test(frame))
            return whenTrue.Execute(frame);
        return whenFalse is null ? Completion.Normal : whenFalse.Execute(frame);
    }
}

internal sealed class ReturnStatement(Node? value, int weight) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Realm.Charge(weight);
        frame.Result = value is null ? Value.Undefined : value.Evaluate(frame);
        return Completion.Return;
    }
}

internal sealed class ThrowStatement(Node value, int start) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Value thrown = value.Evaluate(frame);
        frame.Realm.Position = start;
        throw frame.Realm.Throw(thrown);
    }
}

internal sealed class JumpStatement(Completion completion, int label) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Target = label;
        return completion;
    }
}

internal sealed class LabeledStatement(int label, Statement body) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Completion completion = body.Execute(frame);
        return completion == Completion.Break && frame.Target == label ? Completion.Normal : completion;
    }
}

/// <summary><c>try</c> with <c>catch</c>; the handler is a block whose entry binds the parameter.</summary>
internal sealed class TryCatchStatement(Statement body, CaughtHandler handler) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        Scoped? scope = frame.Scope;
        OpenState state = realm.Save();
        Value caught;
        try
        {
            return body.Execute(frame);
        }
        catch (JsThrow thrown)
        {
            caught = thrown.Value;
        }

        realm.Restore(state);
        frame.Scope = scope;
        return handler.Execute(frame, caught);
    }
}

/// <summary>Binds what was caught and runs the handler.</summary>
internal sealed class CaughtHandler(int scopeSize, Statement[] entry, Pattern? parameter, Statement body)
{
    public int ScopeSize => scopeSize;

    public Statement[] Entry => entry;

    public Pattern? Parameter => parameter;

    public Statement Body => body;

    public Completion Execute(Frame frame, Value caught)
    {
        Scoped? outer = frame.Scope;
        if (scopeSize >= 0)
        {
            frame.Realm.Allocate(56 + (16 * scopeSize));
            frame.Scope = new Scoped(new Value[scopeSize], outer);
        }

        foreach (Statement statement in entry)
            statement.Execute(frame);
        parameter?.Bind(frame, caught);
        Completion completion = body.Execute(frame);
        frame.Scope = outer;
        return completion;
    }
}

internal sealed class TryFinallyStatement(Statement body, Statement final) : Statement
{
    public override Completion Execute(Frame frame)
    {
        Realm realm = frame.Realm;
        Scoped? scope = frame.Scope;
        OpenState state = realm.Save();
        Completion completion;
        JsThrow? pending = null;
        try
        {
            completion = body.Execute(frame);
        }
        catch (JsThrow thrown)
        {
            pending = thrown;
            completion = Completion.Normal;
        }

        if (pending is not null)
            realm.Restore(state);
        frame.Scope = scope;
        Value result = frame.Result;
        int target = frame.Target;
        Completion last = final.Execute(frame);
        if (last != Completion.Normal)
            return last;
        if (pending is not null)
            throw pending;
        frame.Result = result;
        frame.Target = target;
        return completion;
    }
}

/// <summary>Empties registers that an earlier call may have used, and opens dead zones.</summary>
internal sealed class ClearStatement(int[] undefined, Place[] empty) : Statement
{
    public override Completion Execute(Frame frame)
    {
        foreach (int slot in undefined)
            frame.Locals[slot] = Value.Undefined;
        foreach (Place place in empty)
            place.Set(frame, Value.Empty);
        return Completion.Normal;
    }
}
