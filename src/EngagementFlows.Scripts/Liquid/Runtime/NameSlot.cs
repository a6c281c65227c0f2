namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>The meanings of one name in a rendering; the nearest one counts: loop variable, assigned, counted, given.</summary>
internal struct NameSlot
{
    public object? Looped;
    public object? Assigned;
    public object? Given;
    public long Counter;
    public bool IsLooped;
    public bool IsAssigned;
    public bool IsCounted;
    public bool IsAsked;
    public bool IsGiven;
}
