namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>What <c>forloop</c> knows; one per loop, moved on by it.</summary>
internal sealed class LoopFacts(string name, int length, object? parent) : ILiquidFacts
{
    public int Index0 { get; set; }

    public bool TryGet(string member, out object? value)
    {
        value = member switch
        {
            "index" => (long)Index0 + 1,
            "index0" => (long)Index0,
            "rindex" => (long)length - Index0,
            "rindex0" => (long)length - Index0 - 1,
            "first" => Index0 == 0,
            "last" => Index0 == length - 1,
            "length" => (long)length,
            "name" => name,
            "parentloop" => parent,
            _ => null,
        };
        return value is not null || member is "parentloop";
    }
}
