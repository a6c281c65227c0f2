namespace EngagementFlows.Server.Staff.Controls;

/// <summary>What a colour means in the console; it never stands without its word.</summary>
public enum Tone
{
    /// <summary>Blue: it runs.</summary>
    Running,

    /// <summary>Grey: it waits for somebody else or for its time.</summary>
    Waiting,

    /// <summary>Green: it is done.</summary>
    Done,

    /// <summary>Amber: it needs the reader.</summary>
    NeedsYou,

    /// <summary>Red: it is broken.</summary>
    Broken,
}
