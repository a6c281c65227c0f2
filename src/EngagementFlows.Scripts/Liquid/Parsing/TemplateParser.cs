using System.Runtime.CompilerServices;
using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Nodes;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>Parses one source into nodes; a faulty tag is reported and passed over, so that all faults are found.</summary>
internal sealed partial class TemplateParser
{
    private static readonly string[] Tags =
    [
        "assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement", "echo", "for", "if", "increment", "liquid", "raw", "render",
        "tablerow", "unless",
    ];

    private readonly TemplateUnit _unit;
    private readonly TemplateCompilation _compilation;
    private readonly string _text;
    private readonly Dictionary<string, int> _bound = new(StringComparer.Ordinal);
    private SegmentReader _reader;
    private int _depth;

    public TemplateParser(TemplateUnit unit, TemplateCompilation compilation)
    {
        _unit = unit;
        _compilation = compilation;
        _text = unit.Source.Text;
        _reader = new TemplateSegments(_text);
    }

    public Node[] Parse()
    {
        (Node[] body, _) = ParseBlock(default, []);
        // Names that the template itself gives a meaning are none of its surroundings'.
        _unit.Paths.RemoveAll(path => _bound.TryGetValue(path.Members[0], out int from) && path.Position > from);
        return body;
    }

    /// <summary>Parses up to one of the tags that may end or divide the block, and returns that one.</summary>
    private (Node[] Body, Segment End) ParseBlock(Segment open, ReadOnlySpan<string> ends)
    {
        if (++_depth > _compilation.Options.Limits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw _compilation.TooDeep(_unit, open.Position);
        List<Node> nodes = [];
        Segment end;
        while (!TryParseNext(ends, nodes, out end))
        {
        }

        if (end.Kind == SegmentKind.End && ends.Length > 0)
            Report($"Tag '{open.Name}' is not closed: write '{{% {ends[^1]} %}}' where it ends.", open.Position);
        _depth--;
        return ([.. nodes], end);
    }

    private bool TryParseNext(ReadOnlySpan<string> ends, List<Node> nodes, out Segment segment)
    {
        segment = default;
        try
        {
            segment = _reader.Next();
            switch (segment.Kind)
            {
                case SegmentKind.End:
                    return true;
                case SegmentKind.Text:
                    nodes.Add(new TextNode(segment.Name, segment.Position));
                    return false;
                case SegmentKind.Output:
                    AddOutput(segment, nodes);
                    return false;
                default:
                    if (ends.Contains(segment.Name))
                        return true;
                    ParseTag(segment, nodes);
                    return false;
            }
        }
        catch (SyntaxFault fault)
        {
            Report(fault.Message, fault.Position);
            return false;
        }
    }

    private void AddOutput(Segment segment, List<Node> nodes)
    {
        ExpressionParser parser = Markup(segment);
        // An output of nothing writes nothing.
        if (parser.Lexer.Current.Kind == TokenKind.End)
            return;
        Expression value = parser.ParseFiltered();
        parser.Lexer.ExpectEnd("the value");
        nodes.Add(new OutputNode(value, segment.Position));
    }

    private void ParseTag(Segment tag, List<Node> nodes)
    {
        switch (tag.Name)
        {
            case "#":
                CheckInlineComment(tag);
                break;
            case "comment":
                _reader.ReadUnparsed(tag, "endcomment");
                break;
            case "raw":
                nodes.Add(new TextNode(_reader.ReadUnparsed(tag, "endraw"), tag.Position));
                break;
            case "echo":
                AddOutput(tag, nodes);
                break;
            case "liquid":
                AddLines(tag, nodes);
                break;
            case "if":
                nodes.Add(ParseCondition(tag, wanted: true, "endif"));
                break;
            case "unless":
                nodes.Add(ParseCondition(tag, wanted: false, "endunless"));
                break;
            case "case":
                nodes.Add(ParseCase(tag));
                break;
            case "for":
                nodes.Add(ParseFor(tag));
                break;
            case "tablerow":
                nodes.Add(ParseTableRow(tag));
                break;
            case "break":
                nodes.Add(ParseFlow(tag, Flow.Break));
                break;
            case "continue":
                nodes.Add(ParseFlow(tag, Flow.Continue));
                break;
            case "cycle":
                nodes.Add(ParseCycle(tag));
                break;
            case "assign":
                nodes.Add(ParseAssign(tag));
                break;
            case "capture":
                nodes.Add(ParseCapture(tag));
                break;
            case "increment":
                nodes.Add(ParseCount(tag, isIncrement: true));
                break;
            case "decrement":
                nodes.Add(ParseCount(tag, isIncrement: false));
                break;
            case "render":
                nodes.Add(ParseRender(tag));
                break;
            default:
                throw UnknownTag(tag);
        }
    }

    private static SyntaxFault UnknownTag(Segment tag)
    {
        string message = tag.Name switch
        {
            "" => "A tag has no name: write one of " + string.Join(", ", Tags) + ".",
            "else" or "elsif" or "when" => $"Tag '{tag.Name}' stands outside of the block that it belongs to.",
            _ when tag.Name.StartsWith("end", StringComparison.Ordinal) => $"Tag '{tag.Name}' closes nothing that is open here.",
            _ => $"Tag '{tag.Name}' is not known.{NearestName.Suggest(tag.Name, Tags)}",
        };
        return new SyntaxFault(message, tag.Position);
    }

    private void CheckInlineComment(Segment tag)
    {
        // Every line of it begins with a number sign, so that nobody takes code in it for live.
        foreach (string line in _text[tag.From..tag.To].Split('\n').Skip(1).Select(line => line.Trim()))
        {
            if (line.Length > 0 && line[0] != '#')
                throw new SyntaxFault("Each line of an inline comment must begin with '#'.", tag.Position);
        }
    }

    private void AddLines(Segment tag, List<Node> nodes)
    {
        SegmentReader outer = _reader;
        _reader = new LineSegments(_text, tag.From, tag.To);
        (Node[] body, _) = ParseBlock(tag, []);
        _reader = outer;
        nodes.AddRange(body);
    }

    private ExpressionParser Markup(Segment segment) => new(new Lexer(_text, segment.From, segment.To), _unit, _compilation);

    /// <summary>Parses the head of a block; a fault in it is reported, and its body still parsed.</summary>
    private T? TryHead<T>(Segment tag, Func<ExpressionParser, T> parse)
        where T : class
    {
        try
        {
            ExpressionParser markup = Markup(tag);
            T head = parse(markup);
            markup.Lexer.ExpectEnd($"'{tag.Name}'");
            return head;
        }
        catch (SyntaxFault fault)
        {
            Report(fault.Message, fault.Position);
            return null;
        }
    }

    private void Report(string message, int position) => _compilation.Report(_unit, "Syntax", message, position);

    /// <summary>Notes that the template gives a name a meaning from here on.</summary>
    private int Bind(string name, int position)
    {
        _bound.TryAdd(name, position);
        return _unit.SlotOf(name);
    }
}
