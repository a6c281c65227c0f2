using EngagementFlows.Server.Security;
using EngagementFlows.Server.Telemetry;

namespace EngagementFlows.Server.Api;

/// <summary>Measurements for Prometheus: for administrators and their API keys, since they tell how busy the firm is.</summary>
internal static class MetricsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/metrics", Show).WithTags("Health").RequireAuthorization(Policies.Observe)
            .WithSummary("Gives all measurements in Prometheus' text format, where EngagementFlows:Telemetry:Prometheus is on.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").ProducesProblem(404);

    private static IResult Show(PrometheusMeasurements measurements) => measurements.Read() is { } text
        ? TypedResults.Text(text, "text/plain; version=0.0.4; charset=utf-8")
        : TypedResults.Problem("Measurements are not kept here. Set EngagementFlows:Telemetry:Prometheus=true and start anew.", statusCode: StatusCodes.Status404NotFound, title: "Not kept");
}
