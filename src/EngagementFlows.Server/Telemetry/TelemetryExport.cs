using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Server.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EngagementFlows.Server.Telemetry;

/// <summary>Sends spans and measurements to an OpenTelemetry collector, if one is configured. Without one nothing listens, and nothing is made.</summary>
/// <remarks>A collector that is away costs nothing but what it would have been told: batches are dropped, requests never wait for it.</remarks>
internal sealed class TelemetryExport(ServerOptions options, IConfiguration configuration, QueueGauges gauges, PrometheusMeasurements measurements) : IHostedService, IDisposable
{
    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Both count from the start, whoever asks them later.
        _ = (gauges, measurements);
        if (options.Telemetry.OtlpEndpoint is null && string.IsNullOrWhiteSpace(configuration[StandardEndpoint]))
            return Task.CompletedTask;
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource(FlowsTelemetry.Name)
            .AddOtlpExporter(otlp => Aim(otlp, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter([.. Meters])
            .AddOtlpExporter(otlp => Aim(otlp, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Gets the meters that are exported; the framework's ones among them name routes, never addresses.</summary>
    internal static IReadOnlyList<string> Meters { get; } = [FlowsTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // Sends what is left, for a few seconds at most.
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    internal static ResourceBuilder Resource() => ResourceBuilder.CreateDefault().AddService("engagementflows", serviceVersion: ProductVersion.Text);

    private void Aim(OtlpExporterOptions otlp, string path)
    {
        if (options.Telemetry.OtlpEndpoint is not { } endpoint)
            return;
        otlp.Protocol = options.Telemetry.OverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = options.Telemetry.OverHttp ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}") : endpoint;
    }
}
