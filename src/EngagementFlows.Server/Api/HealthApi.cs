using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Migrations;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>What a load balancer asks: is the process alive, and can it serve. For everybody, and so without details.</summary>
internal static class HealthApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", Live).WithSummary("Tells that the process answers.");
        group.MapGet("/ready", ReadyAsync).WithSummary("Tells whether the database answers and has this build's schema.");
    }

    private static Ok<Health> Live() => TypedResults.Ok(new Health("live"));

    private static async Task<Results<Ok<Health>, JsonHttpResult<Health>>> ReadyAsync(FlowsDatabase database, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return (await new MigrationRunner(database.Queries).ListPendingAsync(patience.Token)).Count == 0
                ? TypedResults.Ok(new Health("ready"))
                : NotReady("migrations missing");
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return NotReady("database not reachable");
        }
    }

    private static JsonHttpResult<Health> NotReady(string status) => TypedResults.Json(new Health(status), statusCode: StatusCodes.Status503ServiceUnavailable);
}

/// <param name="Status">The state in a word or two.</param>
internal sealed record Health(string Status);
