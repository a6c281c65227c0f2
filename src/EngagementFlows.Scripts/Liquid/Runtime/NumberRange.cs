namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>The value of <c>(1..5)</c>: whole numbers, both ends included, made only when they are asked for.</summary>
internal sealed record NumberRange(long From, long To)
{
    public long Count => To < From ? 0 : (long)UInt128.Min((UInt128)((Int128)To - From + 1), long.MaxValue);
}
