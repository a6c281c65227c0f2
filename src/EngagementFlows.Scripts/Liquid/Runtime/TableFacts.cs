namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>What <c>tablerowloop</c> knows; one per table, moved on by it.</summary>
internal sealed class TableFacts(int length, int columns) : ILiquidFacts
{
    public int Index0 { get; set; }

    public int Column0 => Index0 % columns;

    public int Row => (Index0 / columns) + 1;

    public bool IsLastColumn => Column0 == columns - 1;

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
            "col" => (long)Column0 + 1,
            "col0" => (long)Column0,
            "col_first" => Column0 == 0,
            "col_last" => IsLastColumn,
            "row" => (long)Row,
            _ => null,
        };
        return value is not null;
    }
}
