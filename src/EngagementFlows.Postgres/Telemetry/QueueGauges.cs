using System.Diagnostics.Metrics;
using Npgsql;

namespace EngagementFlows.Postgres.Telemetry;

/// <summary>Gauges of every queue. The database is asked only when somebody asks for the measurements, and then at most every 15 seconds.</summary>
public sealed class QueueGauges : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(15);

    private readonly Meter _meter = new(FlowsTelemetry.Name);
    private readonly ReadQueues _read;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private IReadOnlyList<QueueReading> _readings = [];
    private DateTimeOffset? _readAt;

    /// <summary>Declares the gauges; reads nothing yet.</summary>
    public QueueGauges(ReadQueues read, TimeProvider time)
    {
        _read = read;
        _time = time;
        _meter.CreateObservableGauge("engagementflows.queue.length", Lengths, "{row}", "Rows that wait, by queue, in the whole database.");
        _meter.CreateObservableGauge("engagementflows.queue.oldest_age", Ages, "s", "How long the oldest row of a queue has waited.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Lengths() => Read().Select(reading => new Measurement<long>(reading.Length, Tag(reading)));

    private IEnumerable<Measurement<double>> Ages() => Read().Select(reading => new Measurement<double>(reading.OldestAge.TotalSeconds, Tag(reading)));

    private static KeyValuePair<string, object?> Tag(QueueReading reading) => new("engagementflows.queue", reading.Queue);

    private IReadOnlyList<QueueReading> Read()
    {
        lock (_lock)
        {
            if (_readAt is { } at && _time.GetUtcNow() - at < FreshFor)
                return _readings;
            _readAt = _time.GetUtcNow();
            try
            {
                _readings = _read.Execute();
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                // No measurement is the truth while the database is away: yesterday's would be a lie. Health checks and logs tell of it.
                _readings = [];
            }

            return _readings;
        }
    }
}
