namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>What one rendering, with its partials, has spent of its budgets.</summary>
internal sealed class Spending
{
    public long Steps { get; set; }

    public long AllocatedBytes { get; set; }

    public int Depth { get; set; }
}
