using EngagementFlows.Engagements;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Server.Staff.Definitions.Picture;
using EngagementFlows.Server.Tests.Architecture;

namespace EngagementFlows.Server.Tests.Definitions;

/// <summary>The flows of the house are drawn so that a newcomer can follow each line with a finger: nothing crosses, nothing is hidden.</summary>
public sealed class FlowPictureTests
{
    // Less than this apart, two lines look like one and a line looks like a box's border.
    private const double Clearance = 4;

    private static readonly ActivityCatalog Activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);

    public static TheoryData<string> Flows =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "workflows")).Select(folder => Path.GetFileName(folder)).Where(name => File.Exists(FileOf(name))).Order(StringComparer.Ordinal)];

    [Fact]
    public void Flows_AreAllEight() => Flows.Should().HaveCount(8);

    [Theory]
    [MemberData(nameof(Flows))]
    public void Of_LinesThatShareNoEnd_NeverMeet(string flow)
    {
        FlowDrawing drawing = Drawn(flow);

        List<string> meetings = [];
        for (int i = 0; i < drawing.Lines.Count; i++)
        {
            for (int j = i + 1; j < drawing.Lines.Count; j++)
            {
                DrawnLine one = drawing.Lines[i];
                DrawnLine other = drawing.Lines[j];
                // Lines that lead to the same activity join, and those of one outcome part: neither is a crossing.
                bool sharesAnEnd = one.Connection.Target == other.Connection.Target || (one.Connection.Source == other.Connection.Source && one.Connection.Port == other.Connection.Port);
                if (!sharesAnEnd && Segments(one).Any(segment => Segments(other).Any(segment.Meets)))
                    meetings.Add($"{Name(one)} meets {Name(other)}");
            }
        }

        meetings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void Of_Lines_RunThroughNoActivity(string flow)
    {
        FlowDrawing drawing = Drawn(flow);

        // A line may touch the right edge that it leaves and the left edge that it enters.
        drawing.Lines.SelectMany(line => drawing.Boxes.Where(box => Segments(line).Any(segment => segment.Enters(box, Clearance))).Select(box => $"{Name(line)} runs through {box.Activity.Id}"))
            .Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void Of_Activities_StandApart(string flow)
    {
        FlowDrawing drawing = Drawn(flow);

        drawing.Boxes.SelectMany((box, i) => drawing.Boxes.Skip(i + 1).Where(other => Overlap(box, other)).Select(other => $"{box.Activity.Id} covers {other.Activity.Id}"))
            .Should().BeEmpty();
    }

    private static string FileOf(string flow) => Path.Combine(Repository.Root, "workflows", flow, $"{flow}.json");

    private static FlowDrawing Drawn(string flow) => FlowDrawing.Of(DefinitionReader.Read(File.ReadAllBytes(FileOf(flow)), Activities).Definition!);

    private static string Name(DrawnLine line) => $"{line.Connection.Source.Id}:{line.Connection.Port}→{line.Connection.Target.Id}";

    private static IEnumerable<Segment> Segments(DrawnLine line) =>
        line.Points.Zip(line.Points.Skip(1), (from, to) => new Segment(Math.Min(from.X, to.X), Math.Min(from.Y, to.Y), Math.Max(from.X, to.X), Math.Max(from.Y, to.Y)));

    private static bool Overlap(DrawnBox one, DrawnBox other) =>
        one.X < other.X + other.Width && other.X < one.X + one.Width && one.Y < other.Y + other.Height && other.Y < one.Y + one.Height;

    /// <summary>A level or upright part of a line.</summary>
    private readonly record struct Segment(double Left, double Top, double Right, double Bottom)
    {
        public bool Meets(Segment other) =>
            Left - Clearance < other.Right && other.Left - Clearance < Right && Top - Clearance < other.Bottom && other.Top - Clearance < Bottom;

        public bool Enters(DrawnBox box, double clearance) =>
            Left < box.X + box.Width && box.X < Right && Top < box.Y + box.Height + clearance && box.Y - clearance < Bottom;
    }
}
