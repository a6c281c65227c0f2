using EngagementFlows.Benchmarks;
using EngagementFlows.Benchmarks.Calendars;
using EngagementFlows.Benchmarks.Rehearsal;
using EngagementFlows.Benchmarks.Scripts;
using EngagementFlows.Benchmarks.Smtp;
using EngagementFlows.Benchmarks.Storage;
using EngagementFlows.Benchmarks.Studio;

await using BenchDatabase database = new();
// Every load that the table of docs/benchmarks.md names; a new one is a class and a line here.
Benchmark[] benchmarks =
[
    new StartsBenchmark(database), new WebhookStarts(database), new TelemetryCost(), new TimerStorm(database), new ScheduleStorm(database), new ScheduleOfASet(database), new ServerBenchmark(database), new ImportBenchmark(database), new JavaScriptBenchmark(), new LiquidMail(), new WorkingTimeArithmetic(), new YearRehearsed(), new SmtpBenchmark(), new StudioInstances(), new StudioLivingInstances(), new StudioDefinitions(), new StudioEditing(),
];

bool json = args.Contains("--json");
int only = Array.IndexOf(args, "--only");
string? wanted = only >= 0 && only + 1 < args.Length ? args[only + 1] : null;
string[] unknown = [.. args.Where((argument, at) => argument is not ("--json" or "--only" or "--") && !(only >= 0 && at == only + 1))];
if (unknown.Length > 0 || (only >= 0 && wanted is null) || (wanted is not null && !benchmarks.Any(benchmark => benchmark.Names.Contains(wanted))))
{
    Console.Error.WriteLine("Usage: EngagementFlows.Benchmarks [--json] [--only NAME]");
    Console.Error.WriteLine("Names: " + string.Join(", ", benchmarks.SelectMany(benchmark => benchmark.Names)));
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

Report report = new(Console.Out, json);
report.Head();
foreach (Benchmark benchmark in benchmarks)
{
    if (wanted is not null && !benchmark.Names.Contains(wanted))
        continue;
    foreach (Figure figure in await benchmark.RunAsync(stop.Token))
        report.Write(figure);
}

return 0;
