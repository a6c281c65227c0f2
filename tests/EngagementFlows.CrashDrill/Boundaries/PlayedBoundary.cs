namespace EngagementFlows.CrashDrill.Boundaries;

/// <summary>How an intake with a boundary to be killed at was played.</summary>
/// <param name="Killed">The name of the boundary, or <see langword="null"/> if the intake ended before it.</param>
/// <param name="Crossed">How many boundaries were crossed until then.</param>
/// <param name="Before">How long it took until the kill.</param>
/// <param name="Starting">How long the next server took to serve.</param>
/// <param name="After">How long that one took to end the intake.</param>
internal sealed record PlayedBoundary(string? Killed, int Crossed, TimeSpan Before, TimeSpan Starting, TimeSpan After)
{
    public override string ToString() =>
        $"{Killed ?? $"not reached, the intake ended after {Crossed}"} (kill after {Before.TotalSeconds:0.0} s, start {Starting.TotalSeconds:0.0} s, rest {After.TotalSeconds:0.0} s)";
}
