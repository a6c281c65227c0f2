using EngagementFlows.Server.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace EngagementFlows.Server.Telemetry;

/// <summary>Keeps our measurements for Prometheus to fetch, if a setting asks for it.</summary>
internal sealed class PrometheusMeasurements : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PrometheusText _text = new();
    private readonly BaseExportingMetricReader? _reader;
    private readonly MeterProvider? _provider;

    public PrometheusMeasurements(ServerOptions options)
    {
        if (!options.Telemetry.Prometheus)
            return;
        _reader = new BaseExportingMetricReader(_text);
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter([.. TelemetryExport.Meters]).AddReader(_reader).Build();
    }

    /// <summary>Returns all measurements as text; <see langword="null"/> if the setting is off.</summary>
    public string? Read()
    {
        if (_reader is null)
            return null;
        lock (_lock)
        {
            _reader.Collect();
            return _text.Take();
        }
    }

    public void Dispose() => _provider?.Dispose();
}
