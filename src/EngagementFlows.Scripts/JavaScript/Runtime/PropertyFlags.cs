namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Attributes of a property (ECMA-262 §6.1.7.1).</summary>
[Flags]
internal enum PropertyFlags : byte
{
    None = 0,
    Writable = 1,
    Enumerable = 2,
    Configurable = 4,

    /// <summary>As made by assignment.</summary>
    All = Writable | Enumerable | Configurable,

    /// <summary>As usual for methods.</summary>
    Hidden = Writable | Configurable,
}
