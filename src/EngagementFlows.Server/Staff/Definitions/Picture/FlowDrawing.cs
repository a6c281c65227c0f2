using System.Globalization;
using System.Text.Json;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Server.Staff.Instances;

namespace EngagementFlows.Server.Staff.Definitions.Picture;

/// <summary>An activity as a box.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="X">Left edge; picture units are the designer's pixels.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal sealed record DrawnBox(ActivityNode Activity, double X, double Y, double Width, double Height);

/// <summary>A connection as a line with an arrow at its end.</summary>
/// <param name="Points">The line's corners, from the outcome to the activity that it leads to.</param>
/// <param name="Label">The outcome that it follows, or <see langword="null"/> where there is only one way.</param>
/// <param name="LabelX">Where the label begins.</param>
/// <param name="LabelY">The label's base line.</param>
/// <param name="Connection">The connection.</param>
internal sealed record DrawnLine(IReadOnlyList<(double X, double Y)> Points, LocalizedText? Label, double LabelX, double LabelY, Connection Connection)
{
    /// <summary>Gets the line as an SVG path.</summary>
    public string Path => string.Concat(Points.Select((point, i) => $"{(i == 0 ? 'M' : 'L')}{FlowDrawing.Text(point.X)} {FlowDrawing.Text(point.Y)}"));
}

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

    private const double PortHeight = 20;

    /// <summary>Draws a definition. What has no place of its own is put in rows below the rest.</summary>
    public static FlowDrawing Of(WorkflowDefinition definition)
    {
        Dictionary<ActivityNode, DrawnBox> boxes = Boxed(definition.Root.Children);
        Dictionary<(string?, string?, string?), List<(double X, double Y)>> corners = CornersOf(definition.Root.Json);
        List<DrawnLine> lines = [.. definition.Root.Connections.Select(connection => Line(definition, connection, boxes, corners))];
        List<(double X, double Y)> drawn = [.. boxes.Values.Select(box => (box.X, box.Y)), .. boxes.Values.Select(box => (box.X + box.Width, box.Y + box.Height)), .. lines.SelectMany(line => line.Points)];
        double left = drawn.Select(point => point.X).DefaultIfEmpty(0).Min() - Gap;
        double top = drawn.Select(point => point.Y).DefaultIfEmpty(0).Min() - Gap;
        double right = drawn.Select(point => point.X).DefaultIfEmpty(UsualWidth).Max() + Gap;
        double bottom = drawn.Select(point => point.Y).DefaultIfEmpty(UsualHeight).Max() + Gap;
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
            boxes.Add(unplaced[i], new(unplaced[i], i % 5 * (UsualWidth + Gap), below + (i / 5 * (UsualHeight + (2 * Gap))), UsualWidth, UsualHeight));
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
        double drawn = Math.Max(Number(size, "height") ?? UsualHeight, 30);
        double height = Math.Max(drawn, PortHeight * (BoxPorts.Of(node).Count + 1));
        return new(node, x, y - ((height - drawn) / 2), Math.Max(Number(size, "width") ?? UsualWidth, 60), height);
    }

    private static DrawnLine Line(WorkflowDefinition definition, Connection connection, Dictionary<ActivityNode, DrawnBox> boxes, Dictionary<(string?, string?, string?), List<(double X, double Y)>> corners)
    {
        DrawnBox from = boxes[connection.Source];
        DrawnBox to = boxes[connection.Target];
        List<string> ports = [.. BoxPorts.Of(connection.Source)];
        int place = Math.Max(ports.IndexOf(connection.Port), 0);
        (double X, double Y) start = (from.X + from.Width, from.Y + (from.Height * (place + 1) / (ports.Count + 1)));
        (double X, double Y) end = (to.X, to.Y + (to.Height / 2));
        List<(double X, double Y)> points =
            corners.GetValueOrDefault((connection.Source.Id, connection.Port, connection.Target.Id)) is { Count: > 0 } drawn ? Squared(start, Level(drawn, start, end, from, to), end) : Route(start, end, from, to);
        return new(points, HasWays(connection.Source) ? OutcomeWords.Of(connection.Port, definition) : null, start.X + 4, start.Y - 4, connection);
    }

    // The designer's boxes are lower: a first corner beside its box is meant level with the outcome, a last one level with the entry.
    private static List<(double X, double Y)> Level(List<(double X, double Y)> drawn, (double X, double Y) start, (double X, double Y) end, DrawnBox from, DrawnBox to)
    {
        List<(double X, double Y)> points = [.. drawn];
        if (points.Count > 1 && Beside(points[0], from))
            points[0] = (points[0].X, start.Y);
        if (points.Count > 1 && Beside(points[^1], to))
            points[^1] = (points[^1].X, end.Y);
        return points;
    }

    private static bool Beside((double X, double Y) point, DrawnBox box) => point.Y >= box.Y && point.Y <= box.Y + box.Height;

    // As the designer does: out and in level, and at right angles from corner to corner.
    private static List<(double X, double Y)> Squared((double X, double Y) start, List<(double X, double Y)> drawn, (double X, double Y) end)
    {
        List<(double X, double Y)> points = [start];
        foreach ((double x, double y) in drawn)
        {
            if (x != points[^1].X && y != points[^1].Y)
                points.Add((x, points[^1].Y));
            points.Add((x, y));
        }

        points.Add((points[^1].X, end.Y));
        points.Add(end);
        return points;
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

    // A name is needed only where a line could be taken for another.
    private static bool HasWays(ActivityNode node) =>
        node.Parent is { } parent && parent.Connections.Where(connection => connection.Source == node).Select(connection => connection.Port).Distinct(StringComparer.Ordinal).Skip(1).Any();

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
                [.. vertices.EnumerateArray().Where(vertex => Number(vertex, "x") is not null && Number(vertex, "y") is not null).Select(vertex => (Number(vertex, "x")!.Value, Number(vertex, "y")!.Value))]);
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
