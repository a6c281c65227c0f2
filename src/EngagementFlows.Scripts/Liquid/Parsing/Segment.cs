namespace EngagementFlows.Scripts.Liquid.Parsing;

internal enum SegmentKind
{
    Text,
    Output,
    Tag,
    End,
}

/// <summary>A piece of a source: text, or what stands between the marks of an output or a tag.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it begins, with its mark.</param>
/// <param name="Name">The name of a tag, else empty; the text of a text.</param>
/// <param name="From">Where the markup behind the name begins.</param>
/// <param name="To">Where the markup ends.</param>
internal readonly record struct Segment(SegmentKind Kind, int Position, string Name, int From, int To);
