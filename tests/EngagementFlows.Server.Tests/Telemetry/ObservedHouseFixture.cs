using System.Collections.Concurrent;
using System.Diagnostics;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing.Smtp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace EngagementFlows.Server.Tests.Telemetry;

/// <summary>The sample firm with everything on that tells about it: all spans, logs down to the finest level with their scopes, measurements; mails go to another's mail server.</summary>
public sealed class ObservedHouseFixture : HouseFixture
{
    private readonly ActivityListener _listener;
    private SmtpPeer? _peer;

    public ObservedHouseFixture()
    {
        _listener = ListenTo(Spans.Enqueue);
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Gets the spans that ended, of every server of this test process.</summary>
    public ConcurrentQueue<Activity> Spans { get; } = new();

    /// <summary>Gets the log lines of this server, with category, scopes and faults.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["EngagementFlows:Telemetry:Prometheus"] = "true",
        ["EngagementFlows:Mail:Transport"] = "smtp",
        ["EngagementFlows:Mail:FromAddress"] = "flows@linden.example",
        ["EngagementFlows:Mail:Smtp:Host"] = "127.0.0.1",
        ["EngagementFlows:Mail:Smtp:Port"] = $"{_peer!.Port}",
        ["EngagementFlows:Mail:Smtp:Security"] = "None",
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _peer!.DisposeAsync();
        _listener.Dispose();
    }

    private static ActivityListener ListenTo(Action<Activity> stopped) => new()
    {
        ShouldListenTo = source => source.Name == FlowsTelemetry.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        ActivityStopped = stopped,
    };

    /// <summary>Returns the spans of an instance's trace.</summary>
    public IReadOnlyList<Activity> SpansOf(Guid instance) => [.. Spans.Where(span => span.TraceId.ToHexString() == instance.ToString("N"))];

    protected override async Task BeforeStartAsync() => _peer = await SmtpPeer.StartAsync(new { authOptional = true, hideSTARTTLS = true });

    protected override void Adjust(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        // What an operator might turn on when he hunts for a fault.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Information);
        builder.Logging.AddFilter("EngagementFlows", LogLevel.Trace);
        builder.Logging.AddProvider(new LineProvider(Lines));
    }

    private sealed class LineProvider(ConcurrentQueue<string> lines) : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private void Add(string category, string message, Exception? fault)
        {
            List<string> parts = [category, message, fault?.ToString() ?? ""];
            _scopes.ForEachScope((scope, into) => into.Add(scope switch
            {
                IEnumerable<KeyValuePair<string, object?>> pairs => string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")),
                _ => scope?.ToString() ?? "",
            }), parts);
            lines.Enqueue(string.Join(" | ", parts));
        }

        private sealed class LineLogger(LineProvider provider, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => provider._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                string values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
                provider.Add(category, $"{formatter(state, exception)} {values}", exception);
            }
        }
    }
}
