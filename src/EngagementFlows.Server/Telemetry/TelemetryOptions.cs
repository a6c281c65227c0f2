namespace EngagementFlows.Server.Telemetry;

/// <summary>Where spans and measurements go.</summary>
/// <param name="OtlpEndpoint">The collector's address; <see langword="null"/> = what the standard OTEL_EXPORTER_OTLP_… variables say, or nowhere.</param>
/// <param name="OverHttp">Whether the collector takes HTTP with Protobuf instead of gRPC.</param>
/// <param name="Prometheus">Whether <c>/api/metrics</c> is kept for Prometheus.</param>
internal sealed record TelemetryOptions(Uri? OtlpEndpoint, bool OverHttp, bool Prometheus);
