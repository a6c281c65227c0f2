using System.Runtime.CompilerServices;
using System.Text;
using EngagementFlows.Scripts.Liquid.Nodes;

namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>One rendering of one unit: its names, its output and its budgets, which it shares with the partials that it renders.</summary>
internal sealed partial class RenderState
{
    private readonly TemplateUnit _unit;
    private readonly LiquidScope _scope;
    private readonly NameSlot[] _slots;
    private readonly Spending _spending;
    private StringBuilder _output;
    private int _outputLimit;
    private string _outputKind = "OutputLength";
    private Dictionary<string, int>? _cycles;
    private Dictionary<string, long>? _continues;

    public RenderState(TemplateUnit unit, LiquidOptions options, LiquidScope scope, ScriptContext context)
        : this(unit, options, scope, context, new Spending(), new StringBuilder(Math.Max(16, unit.Source.Text.Length)))
    {
    }

    private RenderState(TemplateUnit unit, LiquidOptions options, LiquidScope scope, ScriptContext context, Spending spending, StringBuilder output)
    {
        _unit = unit;
        _scope = scope;
        _spending = spending;
        _output = output;
        _slots = new NameSlot[unit.SlotCount];
        Options = options;
        Context = context;
        _outputLimit = context.Limits.OutputLength;
    }

    public LiquidOptions Options { get; }

    public ScriptContext Context { get; }

    /// <summary>Where in the source the rendering is, for faults.</summary>
    public int Position { get; set; }

    public void RenderUnit()
    {
        Enter();
        RenderNodes(_unit.Body);
        Leave();
    }

    public Flow RenderNodes(Node[] nodes)
    {
        foreach (Node node in nodes)
        {
            Flow flow = node.Render(this);
            if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }

    /// <summary>Begins a block or a partial: neither the nesting budget nor the thread's stack may be exceeded by templates that render themselves.</summary>
    public void Enter()
    {
        if (++_spending.Depth > Context.Limits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Fault("Nesting", $"The template nests blocks and partials deeper than {Context.Limits.Nesting}, which is the limit.");
    }

    public void Leave() => _spending.Depth--;

    public RenderState ForPartial(TemplateUnit partial) => new(partial, Options, NoNames.Instance, Context, _spending, _output)
    {
        _outputLimit = _outputLimit,
        _outputKind = _outputKind,
    };

    public string TakeOutput() => _output.ToString();

    /// <summary>Renders into a text of its own.</summary>
    public string Capture(Node[] body, out Flow flow)
    {
        (StringBuilder output, int limit, string kind) = (_output, _outputLimit, _outputKind);
        (_output, _outputLimit, _outputKind) = (new StringBuilder(), Context.Limits.StringLength, "StringLength");
        Enter();
        flow = RenderNodes(body);
        Leave();
        string text = _output.ToString();
        (_output, _outputLimit, _outputKind) = (output, limit, kind);
        SpendBytes(text.Length * 2L);
        return text;
    }

    public int NextOfCycle(string key, int length)
    {
        _cycles ??= new(StringComparer.Ordinal);
        if (!_cycles.TryGetValue(key, out int at))
            SpendBytes(key.Length * 2L);
        _cycles[key] = (at + 1) % length;
        return at % length;
    }

    public long ContinueOf(string key) => _continues is not null && _continues.TryGetValue(key, out long at) ? at : 0;

    public void SetContinue(string key, long at) => (_continues ??= new(StringComparer.Ordinal))[key] = at;

    public ScriptException Fault(string kind, string message)
    {
        (int line, int column) = _unit.Source.Locate(Position);
        return new ScriptException(new ScriptFault(kind, _unit.Source.Prefix + message, line, column));
    }

    /// <summary>A partial sees what it is given, nothing of its surroundings.</summary>
    private sealed class NoNames : LiquidScope
    {
        public static readonly NoNames Instance = new();

        public override bool TryGetName(string name, out object? value)
        {
            value = null;
            return false;
        }
    }
}
