using System.Text.RegularExpressions;
using EngagementFlows.Server.Tests.Studio.Definitions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Studio;

/// <summary>Every address that Elsa Studio 3.8 calls is served under that very name: a letter more, and a button of it does nothing.</summary>
public sealed partial class StudioAddressTests(DesignFixture server) : IClassFixture<DesignFixture>
{
    // From the interfaces of its client. Left out is what this build calls for features alone that we do not list: secrets, resilience, labels, logs.
    private const string Called = """
        GET features/installed
        GET descriptors/activities
        GET descriptors/expression-descriptors
        GET descriptors/workflow-activation-strategies
        GET descriptors/incident-strategies
        GET descriptors/log-persistence-strategies
        GET descriptors/commit-strategies/workflows
        GET descriptors/commit-strategies/activities
        GET descriptors/storage-drivers
        GET descriptors/variables
        GET descriptors/output-converters
        POST descriptors/activities/{}/options/{}
        POST scripting/javascript/type-definitions/{}
        GET workflow-definitions
        GET workflow-definitions/by-definition-id/{}
        GET workflow-definitions/by-id/{}
        GET workflow-definitions/validation/is-name-unique
        GET workflow-definitions/subgraph/{}
        GET workflow-definitions/subgraph/segments/{}
        POST workflow-definitions
        POST workflow-definitions/{}/publish
        POST workflow-definitions/{}/retract
        POST workflow-definitions/{}/revert/{}
        DELETE workflow-definitions/{}
        DELETE workflow-definition-versions/{}
        GET workflow-definitions/{}/export
        POST workflow-definitions/import
        POST workflow-definitions/{}/execute
        POST bulk-actions/delete/workflow-definitions/by-definition-id
        POST bulk-actions/delete/workflow-definitions/by-id
        POST bulk-actions/publish/workflow-definitions/by-definition-ids
        POST bulk-actions/retract/workflow-definitions/by-definition-ids
        POST bulk-actions/export/workflow-definitions
        POST tests/activities
        POST workflow-instances
        GET workflow-instances/{}
        GET workflow-instances/{}/execution-state
        POST workflow-instances/{}/journal
        GET workflow-instances/{}/variables
        POST activity-executions/report
        GET activity-execution-summaries/list
        GET activity-executions/by-id
        GET activity-executions/list
        GET activity-executions/{}/call-stack
        POST cancel/workflow-instances/{}
        POST bulk-actions/cancel/workflow-instances
        POST alterations/submit
        DELETE workflow-instances/{}
        POST bulk-actions/delete/workflow-instances/by-id
        POST bulk-actions/import/workflow-instances
        """;

    [Fact]
    public void EveryAddress_IsServed()
    {
        HashSet<string> served =
        [
            .. server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {Name().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "{}")}")),
        ];

        foreach (string address in Addresses)
            served.Should().Contain(address.Replace(" ", " elsa/api/", StringComparison.Ordinal));
    }

    /// <summary>Gets the addresses: the method, the path below <c>elsa/api/</c> with <c>{}</c> for what differs.</summary>
    internal static IReadOnlyList<string> Addresses { get; } = Called.ReplaceLineEndings("\n").Split('\n');

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Name();
}
