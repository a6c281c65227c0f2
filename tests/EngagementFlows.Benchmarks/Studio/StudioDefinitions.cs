namespace EngagementFlows.Benchmarks.Studio;

/// <summary><c>studio-definitions-*</c>: the Studio's list over two thousand definitions.</summary>
internal sealed class StudioDefinitions : Benchmark
{
    private const int Rows = 2_000;

    private const string FillDefinitions = """
        insert into definition (id, definition_id, version, name, state, content_hash, json, created_at, created_by, published_at, published_by)
        select 'flow-' || n || '-v1', 'flow-' || n, 1, 'Flow ' || n, 'published', md5(n::text), replace(d.json, '"bench-quick"', '"flow-' || n || '"'), now() - n * interval '1 minute', 'benchmark', now(), 'benchmark'
        from generate_series(0, $1 - 1) n
        cross join (select json from definition where definition_id = 'bench-quick' limit 1) d
        """;

    public override IReadOnlyList<string> Names => [.. Pages().Select(page => page.Name)];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) => PageTimes.MeasureAsync(
        database => PageTimes.RunAsync(database, FillDefinitions, Rows, cancellationToken),
        Pages().Select(page => (page.Name, (string?)PageTimes.Wanted, (Func<HttpClient, Task<HttpResponseMessage>>)(client => client.GetAsync($"/elsa/api/workflow-definitions?versionOptions=Latest&IsSystem=False&{page.Query}", cancellationToken)))),
        cancellationToken);

    private static IEnumerable<(string Name, string Query)> Pages() =>
    [
        ("studio-definitions-first", "Page=0&PageSize=10"),
        ("studio-definitions-last", "Page=199&PageSize=10"),
        ("studio-definitions-words", "Page=0&PageSize=10&SearchTerm=Flow%20194&OrderBy=Name&OrderDirection=Descending"),
    ];
}
