using System.Diagnostics;
using System.Text;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.JavaScript;

namespace EngagementFlows.Benchmarks.Scripts;

/// <summary>Expressions and scripts, prepared once, run on one core; and how long preparing takes.</summary>
internal sealed class JavaScriptBenchmark : Benchmark
{
    private const int Rounds = 50;
    private const int ParsedLength = 10 * 1024;

    private static readonly ScriptContext s_context = new() { Now = new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero) };

    public override IReadOnlyList<string> Names => ["script-condition", "script-condition-memory", "script-map", "script-loop", "script-parse"];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        JavaScriptProgram condition = JavaScriptProgram.Prepare("getVariable('Amount') > 100 && variables.Stage === 'new'", ScriptTypes.None);
        JavaScriptProgram map = JavaScriptProgram.Prepare(
            "items.filter(x => x.amount > 20).map(x => ({ name: x.name, total: x.amount * 2 })).reduce((sum, x) => sum + x.total, 0)", ScriptTypes.None);
        JavaScriptProgram loop = JavaScriptProgram.Prepare("let sum = 0; for (let i = 0; i < 1000000; i++) sum += i; sum", ScriptTypes.None);
        string source = Source();
        Host host = new();
        List<Figure> figures =
        [
            new("script-condition", Best(1000, () => condition.Run(host, s_context), cancellationToken), "µs", Wanted: "≤ 3"),
            new("script-condition-memory", Bytes(() => condition.Run(host, s_context)), "B", Wanted: "≤ 1024"),
            new("script-map", Best(50, () => map.Run(host, s_context), cancellationToken), "µs", Wanted: "≤ 40"),
            new("script-loop", Best(1, () => loop.Run(host, s_context), cancellationToken) / 1000, "ms", Wanted: "≤ 100"),
            new("script-parse", Best(5, () => JavaScriptProgram.Prepare(source, ScriptTypes.None), cancellationToken) / 1000, "ms", Wanted: "≤ 1"),
        ];
        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    /// <summary>The best of several rounds: what the code takes, without what else the machine did meanwhile.</summary>
    private static double Best(int perRound, Func<object?> run, CancellationToken cancellationToken)
    {
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < perRound; i++)
                run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / perRound);
        }

        return best;
    }

    private static double Bytes(Func<object?> run)
    {
        const int runs = 1000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < runs; i++)
            run();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / runs;
    }

    private static string Source()
    {
        StringBuilder source = new();
        for (int i = 0; source.Length < ParsedLength; i++)
        {
            source.Append($$"""
                function step{{i}}(order, rate) {
                  const total = order.items.map(item => item.price * (1 + rate)).reduce((sum, price) => sum + price, 0);
                  if (total > 100 && order.name !== 'none') return `${order.name}: ${total.toFixed(2)}`;
                  const { owner, note = 'n/a' } = order;
                  return owner ?? note;
                }

                """);
        }

        return source.ToString();
    }

    private sealed class Host : ScriptHost
    {
        private static readonly NativeFunction s_getVariable = new("getVariable", (_, arguments) => arguments[0] is "Amount" ? 150d : null);

        private readonly PlainObject _variables = new() { ["Stage"] = "new", ["Amount"] = 150d };
        private readonly PlainList _items = new(Enumerable.Range(0, 100).Select(i => (object?)new PlainObject { ["name"] = "client " + i, ["amount"] = (double)i }));

        public override bool TryGetGlobal(string name, out object? value)
        {
            value = name switch
            {
                "getVariable" => s_getVariable,
                "variables" => _variables,
                "items" => _items,
                _ => null,
            };
            return value is not null;
        }
    }
}
