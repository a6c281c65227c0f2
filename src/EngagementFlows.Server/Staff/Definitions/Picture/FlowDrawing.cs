using System.Globalization;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Server.Staff.Instances;

namespace EngagementFlows.Server.Staff.Definitions.Picture;

/// <summary>An activity as a box.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="X">Left edge; picture units are the designer's pixels, stretched sideways.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal sealed record DrawnBox(ActivityNode Activity, double X, double Y, double Width, double Height);

/// <summary>A connection as a line with an arrow at its end.</summary>
/// <param name="Path">The line as an SVG path.</param>
/// <param name="Label">The outcome that it follows, or <see langword="null"/> where there is only one way.</param>
/// <param name="LabelX">Where the label begins.</param>
/// <param name="LabelY">The label's base line.</param>
/// <param name="Connection">The connection.</param>
internal sealed record DrawnLine(string Path, LocalizedText? Label, double LabelX, double LabelY, Connection Connection);

/// <summary>A flow as it stands in the designer: the activities of its root, where their author put them. Pure.</summary>
/// <param name="Boxes">The activities.</param>
/// <param name="Lines">The connections.</param>
/// <param name="Left">Left edge of the picture.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal sealed record FlowDrawing(IReadOnlyList<DrawnBox> Boxes, IReadOnlyList<DrawnLine> Lines, double Left, double Top, double Width, double Height)
{
    private const double UsualWidth = 220;
    private const double UsualHeight = 50;
    private const double Gap = 40;

    // The names of outcomes stand between the boxes, beside each other's lines: more room than in the designer, which shows them one at a time.
    private const double Stretch = 1.45;
    private const double PortHeight = 20;

    /// <summary>Draws a definition. What has no place of its own is put in rows below the rest.</summary>
    public static FlowDrawing Of(WorkflowDefinition definition)
    {
        Dictionary<ActivityNode, DrawnBox> boxes = Boxed(definition.Root.Children);
        Dictionary<(string?, string?, string?), List<(double X, double Y)>> corners = CornersOf(definition.Root.Json);
        List<DrawnLine> lines = [.. definition.Root.Connections.Select(connection => Line(connection, boxes, corners))];
        double left = boxes.Values.Select(box => box.X).DefaultIfEmpty(0).Min() - Gap;
        double top = boxes.Values.Select(box => box.Y).DefaultIfEmpty(0).Min() - Gap;
        double right = boxes.Values.Select(box => box.X + box.Width).DefaultIfEmpty(UsualWidth).Max() + Gap;
        double bottom = boxes.Values.Select(box => box.Y + box.Height).DefaultIfEmpty(UsualHeight).Max() + Gap + 20;
        return new([.. boxes.Values], lines, left, top, right - left, bottom - top);
    }

    /// <summary>Returns a number as SVG writes it.</summary>
    public static string Text(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private static Dictionary<ActivityNode, DrawnBox> Boxed(IReadOnlyList<ActivityNode> nodes)
    {
        Dictionary<ActivityNode, DrawnBox> boxes = [];
        List<ActivityNode> unplaced = [];
        foreach (ActivityNode node in nodes)
        {
            if (Placed(node) is { } box)
                boxes.Add(node, box);
            else
                unplaced.Add(node);
        }

        double below = boxes.Values.Select(box => box.Y + box.Height + (2 * Gap)).DefaultIfEmpty(0).Max();
        for (int i = 0; i < unplaced.Count; i++)
            boxes.Add(unplaced[i], new(unplaced[i], i % 5 * (UsualWidth + Gap) * Stretch, below + (i / 5 * (UsualHeight + (2 * Gap))), UsualWidth, UsualHeight));
        return boxes;
    }

    private static DrawnBox? Placed(ActivityNode node)
    {
        if (!Member(node.Json, "metadata", out JsonElement metadata) || !Member(metadata, "designer", out JsonElement designer) || !Member(designer, "position", out JsonElement position)
            || Number(position, "x") is not { } x || Number(position, "y") is not { } y)
        {
            return null;
        }

        Member(designer, "size", out JsonElement size);
        double height = Math.Max(Math.Max(Number(size, "height") ?? UsualHeight, 30), PortHeight * (PortsOf(node).Count() + 1));
        return new(node, x * Stretch, y, Math.Max(Number(size, "width") ?? UsualWidth, 60), height);
    }

    private static DrawnLine Line(Connection connection, Dictionary<ActivityNode, DrawnBox> boxes, Dictionary<(string?, string?, string?), List<(double X, double Y)>> corners)
    {
        DrawnBox from = boxes[connection.Source];
        DrawnBox to = boxes[connection.Target];
        string[] ports = [.. PortsOf(connection.Source)];
        int place = Math.Max(Array.IndexOf(ports, connection.Port), 0);
        (double X, double Y) start = (from.X + from.Width, from.Y + (from.Height * (place + 1) / (ports.Length + 1)));
        (double X, double Y) end = (to.X, to.Y + (to.Height / 2));
        List<(double X, double Y)> points =
            corners.GetValueOrDefault((connection.Source.Id, connection.Port, connection.Target.Id)) is { Count: > 0 } drawn ? [start, .. drawn, end] : Route(start, end, from, to);
        StringBuilder path = new();
        foreach ((double x, double y) in points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Text(x)).Append(' ').Append(Text(y));
        return new(path.ToString(), ports.Length > 1 ? OutcomeWords.Of(connection.Port) : null, start.X + 4, start.Y - 4, connection);
    }

    // Forward by the middle; backward around below both.
    private static List<(double X, double Y)> Route((double X, double Y) start, (double X, double Y) end, DrawnBox from, DrawnBox to)
    {
        const double Stub = 16;
        if (end.X > start.X + Stub)
        {
            double middle = end.X - Stub;
            return Math.Abs(start.Y - end.Y) < 1 ? [start, end] : [start, (middle, start.Y), (middle, end.Y), end];
        }

        double below = Math.Max(from.Y + from.Height, to.Y + to.Height) + Stub;
        return [start, (start.X + Stub, start.Y), (start.X + Stub, below), (end.X - Stub, below), (end.X - Stub, end.Y), end];
    }

    private static IEnumerable<string> PortsOf(ActivityNode node)
    {
        IEnumerable<string> drawn = node.Parent is null ? [] : node.Parent.Connections.Where(connection => connection.Source == node).Select(connection => connection.Port);
        return drawn.Distinct(StringComparer.Ordinal);
    }

    private static Dictionary<(string?, string?, string?), List<(double X, double Y)>> CornersOf(JsonElement flowchart)
    {
        Dictionary<(string?, string?, string?), List<(double X, double Y)>> corners = [];
        if (!Member(flowchart, "connections", out JsonElement connections) || connections.ValueKind != JsonValueKind.Array)
            return corners;
        foreach (JsonElement connection in connections.EnumerateArray())
        {
            if (!Member(connection, "vertices", out JsonElement vertices) || vertices.ValueKind != JsonValueKind.Array
                || !Member(connection, "source", out JsonElement source) || !Member(connection, "target", out JsonElement target))
            {
                continue;
            }

            corners.TryAdd(
                (Word(source, "activity"), Word(source, "port") ?? "Done", Word(target, "activity")),
                [.. vertices.EnumerateArray().Where(vertex => Number(vertex, "x") is not null && Number(vertex, "y") is not null).Select(vertex => (Number(vertex, "x")!.Value * Stretch, Number(vertex, "y")!.Value))]);
        }

        return corners;
    }

    private static bool Member(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }

    private static double? Number(JsonElement element, string name) =>
        Member(element, name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && Math.Abs(number) < 1e6 ? number : null;

    private static string? Word(JsonElement element, string name) => Member(element, name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
