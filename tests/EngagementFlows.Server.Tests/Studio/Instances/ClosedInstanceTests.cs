using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Studio.Instances;
using EngagementFlows.Server.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Studio.Instances;

/// <summary>Instances of a personnel file are not there for whoever is no reader of it: in lists, by ids in paths, queries and bodies, and on the live connection.</summary>
public sealed class ClosedInstanceTests(PersonnelFileFixture house) : IClassFixture<PersonnelFileFixture>
{
    private const string Secret = PersonnelFileFixture.Secret;

    [Fact]
    public async Task Stranger_FindsNothing_Reader_FindsIt()
    {
        (Guid instance, Guid execution) = await OneAsync();
        (HttpClient stranger, _) = await house.SignInAsync([.. StaffRoles.All]);
        HttpClient program = house.Program(StaffRoles.Administrator);
        // An architect, so one who sees the designer.
        HttpClient reader = house.Readers[1].Client;
        foreach (HttpClient outsider in (HttpClient[])[stranger, program])
        {
            foreach (string filter in (string[])["{}", $$"""{"searchTerm":"{{Secret}}"}""", $$"""{"searchTerm":"{{instance}}"}""", $$"""{"correlationId":"{{house.File}}"}""", """{"orderBy":"Name","pageSize":1000}""", """{"hasIncidents":true}"""])
            {
                string list = await PostAsync(outsider, "workflow-instances", filter);
                list.Should().NotContain(Secret).And.NotContain(instance.ToString());
            }

            JsonDocument.Parse(await PostAsync(outsider, "workflow-instances", $$"""{"correlationId":"{{house.File}}"}""")).RootElement.GetProperty("totalCount").GetInt64().Should().Be(0);
            (await PostAsync(outsider, "activity-executions/report", $$"""{"workflowInstanceId":"{{instance}}","activityNodeIds":[]}""")).Should().Be("""{"stats":[]}""");
            foreach (string path in (string[])
                [
                    $"workflow-instances/{instance}", $"workflow-instances/{instance}/variables", $"workflow-instances/{instance}/execution-state", $"workflow-instances/{instance}/export",
                    $"activity-execution-summaries/list?WorkflowInstanceId={instance}&ActivityNodeId=x", $"activity-executions/list?WorkflowInstanceId={instance}&ActivityNodeId=x",
                    $"activity-executions/by-id?id={instance:N}-{execution:N}", $"activity-executions/{instance:N}-{execution:N}/call-stack",
                ])
            {
                (await outsider.GetAsync($"elsa/api/{path}")).StatusCode.Should().Be(HttpStatusCode.NotFound, path);
            }

            (await SendAsync(outsider, $"workflow-instances/{instance}/journal", "{}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
            using ZipArchive file = new(await (await SendAsync(outsider, "bulk-actions/export/workflow-instances", $$"""{"ids":["{{instance}}"]}""")).Content.ReadAsStreamAsync());
            file.Entries.Should().BeEmpty();
        }

        (await PostAsync(reader, "workflow-instances", "{}")).Should().Contain(Secret).And.Contain(instance.ToString());
        (await reader.GetStringAsync($"elsa/api/workflow-instances/{instance}")).Should().Contain(Secret);
        (await reader.GetStringAsync($"elsa/api/activity-executions/by-id?id={instance:N}-{execution:N}")).Should().Contain(execution.ToString("N"));
    }

    [Fact]
    public async Task Stranger_EndsAndDeletesNothing()
    {
        Guid[] all = (await house.Postgres.ScalarAsync<Guid[]>("select array_agg(id) from instance"))!;
        string before = await StatesAsync();
        string ids = JsonSerializer.Serialize(new { ids = all });
        (HttpClient stranger, _) = await house.SignInAsync([.. StaffRoles.All]);
        foreach (HttpClient outsider in (HttpClient[])[stranger, house.Program(StaffRoles.Administrator)])
        {
            (await PostAsync(outsider, "bulk-actions/cancel/workflow-instances", ids)).Should().Be("""{"cancelled":0}""");
            (await PostAsync(outsider, "bulk-actions/delete/workflow-instances/by-id", ids)).Should().Be("""{"deleted":0}""");
            (await SendAsync(outsider, "alterations/submit", """{"alterations":[{"type":"Cancel"}],"filter":{"emptyFilterSelectsAll":true}}""")).StatusCode.Should().Be(HttpStatusCode.OK);
            foreach (Guid id in all)
            {
                (await SendAsync(outsider, $"cancel/workflow-instances/{id}", "")).StatusCode.Should().Be(HttpStatusCode.NotFound);
                (await outsider.DeleteAsync($"elsa/api/workflow-instances/{id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
            }
        }

        (await StatesAsync()).Should().Be(before);
    }

    [Fact]
    public async Task LiveConnection_OfAStranger_HearsNothing()
    {
        (Guid instance, _) = await OneAsync();
        (HttpClient stranger, _) = await house.SignInAsync(StaffRoles.Operator);
        stranger.DefaultRequestHeaders.Remove("Origin");
        (HttpClient reader, _) = await house.SignInAsync(StaffRoles.Operator);
        reader.DefaultRequestHeaders.Remove("Origin");
        await using HubClient outside = await HubClient.ConnectAsync(house.Address, stranger);
        await outside.ObserveAsync(instance);
        Guid open = await house.Postgres.ScalarAsync<Guid>("insert into instance (id, definition_id, definition_version_id, version, status, revision, created_at, updated_at, is_stalled, open_incidents, state) values (gen_random_uuid(), 'd', 'd-v1', 1, 'suspended', 1, now(), now(), false, 0, '') returning id");
        await using HubClient watcher = await HubClient.ConnectAsync(house.Address, reader);
        await watcher.ObserveAsync(open);

        await house.Postgres.ExecuteAsync("update instance set revision = revision + 1 where id = any ($1)", (object)new[] { instance, open });

        (await watcher.HearAsync()).Target.Should().Be("WorkflowExecutionLogUpdatedAsync");
        await house.Services.GetRequiredService<InstanceWatch>().LookAsync(CancellationToken.None);
        outside.HasHeard().Should().BeFalse();

        // What is closed while somebody watches falls silent.
        await house.Postgres.ExecuteAsync("insert into closed_instance (instance_id, engagement_id) values ($1, $2)", open, house.File);
        await house.Postgres.ExecuteAsync("update instance set revision = revision + 1 where id = $1", open);
        while (watcher.HasHeard())
        {
        }

        await house.Services.GetRequiredService<InstanceWatch>().LookAsync(CancellationToken.None);
        watcher.HasHeard().Should().BeFalse();
        await house.Postgres.ExecuteAsync("delete from closed_instance where instance_id = $1", open);
        await house.Postgres.ExecuteAsync("delete from instance where id = $1", open);
    }

    // The list passes over many rows by sets that are made once; they must say what the rule says of each.
    [Fact]
    public async Task SetsOfWhatIsClosed_SayWhatTheRuleSays()
    {
        Guid?[] viewers = [null, .. house.Readers.Select(reader => (Guid?)reader.PersonId), (await house.SignInAsync(StaffRoles.Administrator)).PersonId];
        foreach (Guid? viewer in viewers)
        {
            Guid[] open = await house.Postgres.ScalarAsync<Guid[]>("select coalesce(array_agg(id order by id desc), '{}') from instance where instance_is_open_to(id, correlation_id, nullif($1, '00000000-0000-0000-0000-000000000000'::uuid))", viewer ?? Guid.Empty) ?? [];
            IReadOnlyList<InstanceSummary> listed = await ListInstancesByPage.ExecuteAsync(
                house.Postgres.DataSource, new() { Viewer = viewer }, InstanceOrder.Created, isDescending: true, 0, 1_000, CancellationToken.None);
            listed.Select(instance => instance.Id).Should().Equal(open);
            (await CountInstancesSought.ExecuteAsync(house.Postgres.DataSource, new() { Viewer = viewer }, CancellationToken.None)).Should().Be(new InstanceCount(open.Length, IsEstimate: false));
        }
    }

    private static async Task<string> PostAsync(HttpClient client, string path, string body)
    {
        using HttpResponseMessage answer = await SendAsync(client, path, body);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, text);
        return text;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string body) =>
        client.PostAsync($"elsa/api/{path}", new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<(Guid Instance, Guid Execution)> OneAsync()
    {
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select id from instance where definition_id = 'file-task'");
        Guid execution = await house.Postgres.ScalarAsync<Guid>("select (e ->> 'x')::uuid from journal j, json_array_elements(j.entries) e where j.instance_id = $1 and e ->> 'x' is not null limit 1", instance);
        return (instance, execution);
    }

    private async Task<string> StatesAsync() => (await house.Postgres.ScalarAsync<string>("select string_agg(id || status, ',' order by id) from instance where definition_id <> 'd'"))!;
}
