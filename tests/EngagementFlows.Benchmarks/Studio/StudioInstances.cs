using System.Net.Http.Json;

namespace EngagementFlows.Benchmarks.Studio;

/// <summary><c>studio-instances-*</c>: the Studio's list over a million instances.</summary>
internal sealed class StudioInstances : Benchmark
{
    private const int Rows = 1_000_000;

    // As PostgreSQL and a newcomer's firm would have them: most ended well, some wait, few failed; states of some hundred bytes.
    private const string FillInstances = """
        insert into instance (id, definition_id, definition_version_id, version, status, correlation_id, name, revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state)
        select (lpad(to_hex(1700000000000 + n::bigint * 1000), 12, '0') || '7' || right(md5(n::text), 19))::uuid, 'flow-' || n % 100, 'flow-' || n % 100 || '-v1', 1, s.status, md5((n / 7)::text)::uuid::text,
               'Engagement ' || n, 5, t.at, t.at + interval '1 day', case when s.status <> 'suspended' then t.at + interval '1 day' end, false, case when n % 1000 = 0 then 1 else 0 end,
               decode(repeat(md5(n::text), 18), 'hex')
        from generate_series(1, $1) n
        cross join lateral (select case when n % 20 = 0 then 'suspended' when n % 1000 = 1 then 'faulted' when n % 1000 = 2 then 'cancelled' else 'finished' end status) s
        cross join lateral (select to_timestamp(1700000000 + n) at) t
        """;

    // What waits, and what was noted of those that ended badly, as the commits of these instances would have left it.
    private const string FillWaits = """
        insert into bookmark (instance_id, id, activity_id, execution_id, name, key, created_at)
        select i.id, i.id, 'Wait', i.id, 'Elsa.Event', 'Paid', i.created_at from instance i where i.finished_at is null order by i.id
        """;

    private const string FillEnds = "insert into instance_ended_badly (instance_id) select id from instance where status in ('cancelled', 'faulted')";

    public override IReadOnlyList<string> Names => [.. Pages().Select(page => page.Name)];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) => MeasureAsync(FillInstances, Pages(), cancellationToken);

    /// <summary>Measures pages among a million instances of which all live.</summary>
    public static Task<IReadOnlyList<Figure>> MeasureAllLivingAsync(IEnumerable<(string Name, string? Wanted, object Body)> pages, CancellationToken cancellationToken) =>
        MeasureAsync(FillInstances.Replace("when n % 20 = 0 then", "when true then", StringComparison.Ordinal), pages, cancellationToken);

    private static Task<IReadOnlyList<Figure>> MeasureAsync(string fill, IEnumerable<(string Name, string? Wanted, object Body)> pages, CancellationToken cancellationToken) => PageTimes.MeasureAsync(
        async database =>
        {
            await PageTimes.RunAsync(database, fill, Rows, cancellationToken);
            await PageTimes.RunAsync(database, FillWaits, null, cancellationToken);
            await PageTimes.RunAsync(database, FillEnds, null, cancellationToken);
        },
        pages.Select(page => (page.Name, page.Wanted, (Func<HttpClient, Task<HttpResponseMessage>>)(client => client.PostAsJsonAsync("/elsa/api/workflow-instances", page.Body, cancellationToken)))),
        cancellationToken);

    private static IEnumerable<(string Name, string? Wanted, object Body)> Pages() =>
    [
        ("studio-instances-first", PageTimes.Wanted, new { page = 0, pageSize = 10 }),
        ("studio-instances-500", PageTimes.Wanted, new { page = 499, pageSize = 10 }),
        ("studio-instances-500x100", PageTimes.Wanted, new { page = 499, pageSize = 100 }),
        ("studio-instances-state", PageTimes.Wanted, new { page = 0, pageSize = 10, subStatuses = new[] { "Suspended" } }),
        ("studio-instances-living", PageTimes.Wanted, new { page = 0, pageSize = 10, statuses = new[] { "Running" } }),
        ("studio-instances-living-400x100", PageTimes.Wanted, new { page = 399, pageSize = 100, statuses = new[] { "Running" } }),
        ("studio-instances-flow-living", PageTimes.Wanted, new { page = 0, pageSize = 10, statuses = new[] { "Running" }, definitionIds = new[] { "flow-20" } }),
        ("studio-instances-bad", PageTimes.Wanted, new { page = 0, pageSize = 10, subStatuses = new[] { "Faulted", "Cancelled" } }),
        ("studio-instances-flow", PageTimes.Wanted, new { page = 0, pageSize = 10, definitionIds = new[] { "flow-7" } }),
        ("studio-instances-failed", PageTimes.Wanted, new { page = 0, pageSize = 10, hasIncidents = true, statuses = new[] { "Running" } }),
        ("studio-instances-id", PageTimes.Wanted, new { page = 0, pageSize = 10, searchTerm = "00000000-0000-7000-8000-000000000000" }),
        ("studio-instances-words", null, new { page = 0, pageSize = 10, searchTerm = "Engagement 4242" }),
        ("studio-instances-moved", null, new { page = 0, pageSize = 10, orderBy = "LastExecuted" }),
    ];
}
