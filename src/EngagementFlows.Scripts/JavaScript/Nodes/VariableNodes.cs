namespace EngagementFlows.Scripts.JavaScript;

internal sealed class LocalNode(int slot) : Node
{
    public override Value Evaluate(Frame frame) => frame.Locals[slot];
}

/// <summary>A register that may be uninitialised still (temporal dead zone).</summary>
internal sealed class CheckedLocalNode(int slot, string name, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Value value = frame.Locals[slot];
        return value.IsEmpty ? throw DeadZone.Fault(frame.Realm, name, start) : value;
    }
}

/// <summary>A slot of a scope that closures share.</summary>
internal sealed class ScopedNode(int hops, int slot) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Scoped scope = frame.Scope!;
        for (int i = hops; i > 0; i--)
            scope = scope.Parent!;
        return scope.Slots[slot];
    }
}

internal sealed class CheckedScopedNode(int hops, int slot, string name, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Scoped scope = frame.Scope!;
        for (int i = hops; i > 0; i--)
            scope = scope.Parent!;
        Value value = scope.Slots[slot];
        return value.IsEmpty ? throw DeadZone.Fault(frame.Realm, name, start) : value;
    }
}

/// <summary>A name that the script does not declare: the host or nobody knows it.</summary>
internal sealed class FreeNode(int index, string name, int start, bool isTypeOf) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Realm realm = frame.Realm;
        if (realm.TryGetFree(index, name, out Value value))
            return value;
        if (isTypeOf)
            return Value.Undefined;
        realm.Position = start;
        throw realm.ReferenceError(realm.NotDefined(name));
    }
}

internal static class DeadZone
{
    public static JsThrow Fault(Realm realm, string name, int start)
    {
        realm.Position = start;
        return realm.ReferenceError(name == "this"
            ? "Must call super constructor in derived class before accessing 'this' or returning from derived constructor."
            : $"Cannot access '{name}' before initialization.");
    }
}

/// <summary>The place that an assignment writes to (ECMA-262 §6.2.5, Reference Record).</summary>
internal abstract class Target
{
    /// <summary>Evaluates what the place depends on, before the value is known.</summary>
    public virtual Reference Prepare(Frame frame) => default;

    public abstract Value Read(Frame frame, in Reference reference);

    public abstract void Assign(Frame frame, in Reference reference, Value value);
}

/// <summary>The object and the key of a member that is about to be assigned.</summary>
internal readonly record struct Reference(Value Base, Value Key);

internal sealed class LocalTarget(int slot, bool isChecked, string name, int start) : Target
{
    public int Slot => slot;

    public bool IsChecked => isChecked;

    public override Value Read(Frame frame, in Reference reference)
    {
        Value value = frame.Locals[slot];
        return isChecked && value.IsEmpty ? throw DeadZone.Fault(frame.Realm, name, start) : value;
    }

    public override void Assign(Frame frame, in Reference reference, Value value)
    {
        if (isChecked && frame.Locals[slot].IsEmpty)
            throw DeadZone.Fault(frame.Realm, name, start);
        frame.Locals[slot] = value;
    }
}

internal sealed class ScopedTarget(int hops, int slot, bool isChecked, string name, int start) : Target
{
    public override Value Read(Frame frame, in Reference reference)
    {
        Value value = Slot(frame);
        return isChecked && value.IsEmpty ? throw DeadZone.Fault(frame.Realm, name, start) : value;
    }

    public override void Assign(Frame frame, in Reference reference, Value value)
    {
        ref Value place = ref Slot(frame);
        if (isChecked && place.IsEmpty)
            throw DeadZone.Fault(frame.Realm, name, start);
        place = value;
    }

    private ref Value Slot(Frame frame)
    {
        Scoped scope = frame.Scope!;
        for (int i = hops; i > 0; i--)
            scope = scope.Parent!;
        return ref scope.Slots[slot];
    }
}

/// <summary>A constant: reading works, assignment is a TypeError.</summary>
internal sealed class ReadOnlyTarget(Node read, string name, int start) : Target
{
    public override Value Read(Frame frame, in Reference reference) => read.Evaluate(frame);

    public override void Assign(Frame frame, in Reference reference, Value value)
    {
        // A constant in its dead zone is a ReferenceError first.
        read.Evaluate(frame);
        frame.Realm.Position = start;
        throw frame.Realm.TypeError($"Assignment to constant variable '{name}'.");
    }
}

/// <summary>A free name: nobody may create globals by assignment.</summary>
internal sealed class FreeTarget(Node read, int index, string name, int start) : Target
{
    public override Value Read(Frame frame, in Reference reference) => read.Evaluate(frame);

    public override void Assign(Frame frame, in Reference reference, Value value)
    {
        Realm realm = frame.Realm;
        realm.Position = start;
        if (realm.TrySetGlobal(name, value))
            return;
        if (realm.TryGetFree(index, name, out _))
            throw realm.TypeError($"'{name}' is given to the script and cannot be assigned. Declare a variable of another name.");
        throw realm.ReferenceError(realm.NotDefined(name));
    }
}

/// <summary>An assignment with <c>=</c>.</summary>
internal sealed class AssignNode(Target target, Node value) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Reference reference = target.Prepare(frame);
        Value result = value.Evaluate(frame);
        target.Assign(frame, reference, result);
        return result;
    }
}

internal sealed class AssignLocalNode(int slot, Node value) : Node
{
    public override Value Evaluate(Frame frame) => frame.Locals[slot] = value.Evaluate(frame);
}

/// <summary>An assignment such as <c>+=</c>.</summary>
internal sealed class CompoundNode(Target target, BinaryOperator op, Node value, int start) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Reference reference = target.Prepare(frame);
        Value old = target.Read(frame, reference);
        Value right = value.Evaluate(frame);
        frame.Realm.Position = start;
        Value result = op(frame.Realm, old, right);
        target.Assign(frame, reference, result);
        return result;
    }
}

/// <summary><c>&amp;&amp;=</c>, <c>||=</c> and <c>??=</c>.</summary>
internal sealed class LogicalAssignNode(Target target, string op, Node value) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Reference reference = target.Prepare(frame);
        Value old = target.Read(frame, reference);
        bool assigns = op switch
        {
            "&&=" => Operations.ToBoolean(old),
            "||=" => !Operations.ToBoolean(old),
            _ => old.IsNullish,
        };
        if (!assigns)
            return old;
        Value result = value.Evaluate(frame);
        target.Assign(frame, reference, result);
        return result;
    }
}

/// <summary><c>++</c> and <c>--</c>.</summary>
internal sealed class UpdateNode(Target target, double by, bool isPrefix) : Node
{
    public override Value Evaluate(Frame frame)
    {
        Reference reference = target.Prepare(frame);
        double old = Operations.ToNumber(frame.Realm, target.Read(frame, reference));
        target.Assign(frame, reference, old + by);
        return isPrefix ? old + by : old;
    }
}

internal sealed class UpdateLocalNode(int slot, double by, bool isPrefix) : Node
{
    public override Value Evaluate(Frame frame)
    {
        ref Value place = ref frame.Locals[slot];
        if (place.IsNumber)
        {
            double fast = place.Number;
            place = new Value(fast + by);
            return new Value(isPrefix ? fast + by : fast);
        }

        double old = Operations.ToNumber(frame.Realm, place);
        frame.Locals[slot] = old + by;
        return isPrefix ? old + by : old;
    }
}
