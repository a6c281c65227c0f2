using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engine.Instances;

/// <summary>A variable of a running container, or one that a script or a loop made.</summary>
internal sealed class VariableSlot
{
    /// <summary>Creates the variable of a declaration, with its default.</summary>
    public VariableSlot(VariableDeclaration declaration)
    {
        Declaration = declaration;
        Name = declaration.Name;
        Value = Scripts.PlainValue.Clone(declaration.DefaultValue);
    }

    /// <summary>Creates a variable without declaration.</summary>
    public VariableSlot(string name, object? value, SlotOrigin origin)
    {
        Name = name;
        Value = value;
        Origin = origin;
    }

    public VariableDeclaration? Declaration { get; }

    public string Name { get; }

    public object? Value { get; set; }

    public SlotOrigin Origin { get; }

    /// <summary>Gets whether the value is kept over a wait.</summary>
    public bool Survives => Declaration?.SurvivesWaits ?? true;

    /// <summary>Gets whether scripts find it by <c>getX()</c>.</summary>
    public bool HasGetter => Origin != SlotOrigin.Script;
}

/// <summary>Where a variable comes from.</summary>
internal enum SlotOrigin
{
    /// <summary>The definition declares it.</summary>
    Declared,

    /// <summary>A loop made it for one round (CurrentValue, CurrentIndex).</summary>
    Loop,

    /// <summary>A loop left it behind in the container around it.</summary>
    Leftover,

    /// <summary>A script set it.</summary>
    Script,
}
