using EngagementFlows.Scripts.Liquid.Filters;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>Parses a template and its partials, each once, and collects what is wrong with them.</summary>
internal sealed class TemplateCompilation(LiquidOptions options)
{
    // A template of nothing but faults is not read to its end.
    private const int MostFaults = 100;

    private readonly Dictionary<string, TemplateUnit> _partials = new(StringComparer.Ordinal);
    private readonly List<ScriptFault> _faults = [];
    private readonly List<ScriptFault> _warnings = [];
    private int _partialDepth;

    public LiquidOptions Options { get; } = options;

    public IReadOnlyList<ScriptFault> Warnings => _warnings;

    /// <summary>Parses the template itself.</summary>
    /// <exception cref="ScriptException">With everything that is wrong with it and its partials.</exception>
    public TemplateUnit Compile(string source)
    {
        TemplateUnit unit = Parse(new SourceText(source, null));
        if (_faults.Count > 0)
            throw new ScriptException(_faults);
        return unit;
    }

    /// <summary>Finds a partial by name, parsed on first sight; or returns <see langword="null"/> if the caller gave none of that name.</summary>
    public TemplateUnit? FindPartial(string name, TemplateUnit user, int position)
    {
        if (_partials.TryGetValue(name, out TemplateUnit? known))
            return known;
        if (!Options.Partials.TryGetValue(name, out string? source))
            return null;
        if (++_partialDepth > Options.Limits.Nesting / 8)
            throw TooDeep(user, position);
        TemplateUnit partial = Parse(new SourceText(source, name));
        _partialDepth--;
        return partial;
    }

    public Filter FindFilter(TemplateUnit unit, string name, int arguments, int position)
    {
        if (Options.Filters.TryGetValue(name, out LiquidFilterBody? body))
            return CallerFilter.Of(body);
        if (!FilterTable.Standard.TryGetValue(name, out Filter? filter))
            return UnknownFilter(unit, name, position);
        if (arguments < filter.Least && (Options.StrictFilters || filter.Least > 0))
            Report(unit, "Syntax", $"Filter '{name}' needs {Count(filter.Least)}, but has {arguments}.", position);
        else if (arguments > filter.Most && Options.StrictFilters)
            Report(unit, "Syntax", $"Filter '{name}' takes at most {Count(filter.Most)}, but has {arguments}.", position);
        return filter;
    }

    public void NoteRead(TemplateUnit unit, IReadOnlyList<string> members, int position) => unit.Paths.Add(new UnitPath(members, position));

    public void Report(TemplateUnit unit, string kind, string message, int position)
    {
        _faults.Add(FaultAt(unit, kind, message, position));
        if (_faults.Count == MostFaults)
            throw new ScriptException(_faults);
    }

    public ScriptException TooDeep(TemplateUnit unit, int position) =>
        new(FaultAt(unit, "Nesting", $"The template nests deeper than {Options.Limits.Nesting}, which is the limit.", position));

    private static ScriptFault FaultAt(TemplateUnit unit, string kind, string message, int position)
    {
        (int line, int column) = unit.Source.Locate(position);
        return new ScriptFault(kind, unit.Source.Prefix + message, line, column);
    }

    private static string Count(int arguments) => arguments == 1 ? "1 argument" : $"{arguments} arguments";

    private TemplateUnit Parse(SourceText source)
    {
        TemplateUnit unit = new(source);
        // Known before it is parsed: a partial may render itself.
        if (source.Partial is not null)
            _partials.Add(source.Partial, unit);
        if (source.Text.Length > Options.Limits.SourceLength)
        {
            string message = $"The template has {source.Text.Length} characters, more than {Options.Limits.SourceLength}, which is the limit.";
            throw new ScriptException(new ScriptFault("SourceLength", source.Prefix + message, 1, 1));
        }

        unit.Body = new TemplateParser(unit, this).Parse();
        return unit;
    }

    private Filter UnknownFilter(TemplateUnit unit, string name, int position)
    {
        string message = $"Filter '{name}' is not known.{NearestName.Suggest(name, FilterTable.Standard.Keys.Concat(Options.Filters.Keys).Order(StringComparer.Ordinal))}";
        if (Options.StrictFilters)
            Report(unit, "Syntax", message, position);
        else
            _warnings.Add(FaultAt(unit, "UnknownFilter", message + " Its value passes unchanged.", position));
        return FilterTable.PassThrough;
    }
}
