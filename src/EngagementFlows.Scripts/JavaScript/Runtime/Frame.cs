namespace EngagementFlows.Scripts.JavaScript;

/// <summary>How a statement ended (ECMA-262 §6.2.4); a throw is a .NET exception instead.</summary>
internal enum Completion
{
    Normal,
    Break,
    Continue,
    Return,
}

/// <summary>Variables that a closure may outlive its call with; one per scope that has any.</summary>
internal sealed class Scoped(Value[] slots, Scoped? parent)
{
    public Value[] Slots { get; } = slots;

    public Scoped? Parent { get; } = parent;
}

/// <summary>One open call: its variables, its <c>this</c>, and what its statements hand to each other.</summary>
/// <remarks>Frames are reused, so nothing may keep one beyond its call; a suspended function owns a frame of its own.</remarks>
internal sealed class Frame(Realm realm)
{
    public readonly Realm Realm = realm;
    public Value[] Locals = [];
    public Scoped? Scope;
    public Value This;
    public ScriptFunction? Function;
    public Value NewTarget;
    public Value[] Arguments = [];

    /// <summary>The value of <c>return</c>, after <see cref="Completion.Return"/>.</summary>
    public Value Result;

    /// <summary>The value of the last expression statement; kept by the program's own statements only.</summary>
    public Value LastValue;

    /// <summary>The statement that a <c>break</c> or <c>continue</c> aims at.</summary>
    public int Target;

    public Frame? NextFree;
}
