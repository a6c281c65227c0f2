using System.Net;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Npgsql;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>A flow that does not answer in time. On a server of its own, whose limit is short: a busy machine may need that long for a good answer.</summary>
public sealed class SlowHttpEndpointTests(SlowHttpEndpointTests.Fixture server) : IClassFixture<SlowHttpEndpointTests.Fixture>
{
    [Fact]
    public async Task Post_FlowThatDoesNotAnswerInTime_IsAGatewayTimeoutAndGoesOn()
    {
        await using NpgsqlConnection connection = await server.Postgres.DataSource.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await using (NpgsqlCommand block = new("lock table instance in exclusive mode", connection, transaction))
            await block.ExecuteNonQueryAsync();

        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/slow", Json("{}"));
        await transaction.RollbackAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        (await ProblemAsync(answer)).Should().Contain("may still go on");
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<long>("select count(*) from instance where definition_id = 'slow'"), 1);
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["EngagementFlows:Http:Timeout"] = "00:00:02" };

        protected override void WriteFiles(string folder)
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", "slow")).FullName;
            File.WriteAllText(Path.Combine(process, "slow.json"), Definition("slow", """
                { "id": "Main", "type": "Elsa.Sequence", "activities": [
                  { "id": "Endpoint", "type": "Elsa.HttpEndpoint", "path": "slow", "supportedMethods": ["POST"], "customProperties": { "canStartWorkflow": true } } ] }
                """));
        }
    }
}
