using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Documents;

/// <summary>Versions that are proposed, approved by several people, and frozen, by the real engine on a real database.</summary>
public sealed class DocumentFlowTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private PlayedHouse _house = null!;

    public async Task InitializeAsync()
    {
        _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        await PublishAsync("two-eyes", Definition);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task Approval_ByBoth_FreezesTheVersion()
    {
        Guid instance = await _house.StartAsync("two-eyes", Client);
        DocumentVersion version = await VersionAsync();
        (Guid first, Guid second) = await TasksAsync(instance);

        await CompleteAsync(first, Li, TaskOutcomes.Approved);
        await CompleteAsync(second, Clara, TaskOutcomes.Approved);

        DocumentVersion frozen = await VersionAsync();
        frozen.State.Should().Be(DocumentState.Frozen);
        frozen.FrozenBy.Should().Be(Clara.Email);
        frozen.ContentHash.Should().Be(version.ContentHash);
        (await Documents.DecisionsAsync(version.Id, default)).Select(decision => (decision.By, decision.Outcome)).Should().Equal((Li.Name, "Approved"), (Clara.Name, "Approved"));
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Approval_SecondVoiceOfTheSamePerson_IsRefused()
    {
        Guid instance = await _house.StartAsync("two-eyes", Client);
        (Guid first, Guid second) = await TasksAsync(instance);
        await using NpgsqlCommand both = _house.Queries.CreateCommand("update task set assignee_person_id = null, assignee_role = 'architect' where instance_id = $1");
        both.Parameters.AddWithValue(instance);
        await both.ExecuteNonQueryAsync();
        await CompleteAsync(first, Li, TaskOutcomes.Approved);

        (PreparedTaskAnswer prepared, _) = await _house.CompleteAsync(second, Li, TaskOutcomes.Approved);

        prepared.Verdict.Should().Be(TaskVerdict.AlreadyHeard);
    }

    [Fact]
    public async Task Approval_BothTasksByOnePersonAtOnce_CountsOnce()
    {
        Guid instance = await _house.StartAsync("two-eyes", Client);
        (Guid first, Guid second) = await TasksAsync(instance);
        await using NpgsqlCommand both = _house.Queries.CreateCommand("update task set assignee_person_id = null, assignee_role = 'architect' where instance_id = $1");
        both.Parameters.AddWithValue(instance);
        await both.ExecuteNonQueryAsync();
        // Both were looked at before either was committed: only the commit can tell.
        PrepareTaskAnswer prepare = new(_house.Queries);
        PreparedTaskAnswer one = await prepare.ExecuteAsync(new(first, TaskOutcomes.Approved, null, null), Li, _house.Clock.GetUtcNow(), default);
        PreparedTaskAnswer other = await prepare.ExecuteAsync(new(second, TaskOutcomes.Approved, null, null), Li, _house.Clock.GetUtcNow(), default);

        StimulusResult[] results = await Task.WhenAll(
            _house.Engine.Gateway.SubmitAsync(one.Stimulus!, one.Rider, default), _house.Engine.Gateway.SubmitAsync(other.Stimulus!, other.Rider, default));

        results.Count(result => result.RefusedBy == null && result.Kind == TransitionKind.Applied).Should().Be(1);
        results.Should().ContainSingle(result => result.RefusedBy != null);
        (await VersionAsync()).State.Should().Be(DocumentState.Proposed);
    }

    [Fact]
    public async Task Approval_OfAVersionThatWasReplaced_IsRefused()
    {
        Guid instance = await _house.StartAsync("two-eyes", Client);
        (Guid first, _) = await TasksAsync(instance);
        PreparedTaskAnswer looked = await new PrepareTaskAnswer(_house.Queries).ExecuteAsync(new(first, TaskOutcomes.Approved, null, null), Li, _house.Clock.GetUtcNow(), default);
        await _house.StartAsync("two-eyes", Client);

        StimulusResult late = await _house.Engine.Gateway.SubmitAsync(looked.Stimulus!, looked.Rider, default);
        (PreparedTaskAnswer prepared, _) = await _house.CompleteAsync(first, Li, TaskOutcomes.Approved);

        late.RefusedBy.Should().Contain("newer version");
        prepared.Verdict.Should().Be(TaskVerdict.OutdatedVersion);
    }

    [Fact]
    public async Task Propose_FiftyAtOnce_NumbersWithoutGapAndLeavesOneProposed()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _house.StartAsync("two-eyes", Client)));

        IReadOnlyList<DocumentVersion> versions = await Documents.OfEngagementAsync(_house.Engagements[Client].EngagementId, default);
        versions.Select(version => version.Number).Should().Equal(Enumerable.Range(1, 50).Reverse());
        versions.Where(version => version.State == DocumentState.Proposed).Select(version => version.Number).Should().Equal(50);
    }

    [Fact]
    public async Task Propose_AndFreezeInOneBurst_KnowsOfEachOther()
    {
        await PublishAsync("at-once", Regex.Replace(Definition.Replace("two-eyes", "at-once"), """(?s)\s*\{\s*"id": "Approve".*?\},(?=\s*\{\s*"id": "Freeze")""", "").Replace(
            """{ "type": "Variable", "value": { "id": "b", "name": "By", "typeName": "String" } }""", """{ "type": "Literal", "value": "Wang Fang" }"""));

        Guid instance = await _house.StartAsync("at-once", Client);

        (await GetInstance.ExecuteAsync(_house.Queries, instance, default))!.Status.Should().Be(InstanceStatus.Finished);
        (await VersionAsync()).State.Should().Be(DocumentState.Frozen);
        (await VersionAsync()).FrozenBy.Should().Be("Wang Fang");
    }

    [Fact]
    public async Task Read_TheVersionInForce_IsTheNewestThatWasSignedOff()
    {
        string read = """
            { "id": "reads", "definitionId": "reads", "name": "Reads", "version": 1, "isPublished": true, "isLatest": true,
              "variables": [{ "id": "c", "name": "Content", "typeName": "Object", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }],
              "root": { "id": "All", "type": "Elsa.Sequence", "version": 1, "activities": [
                { "id": "Read", "type": "EngagementFlows.ReadVersion", "version": 1, "kind": { "typeName": "String", "expression": { "type": "Literal", "value": "plan" } },
                  "content": { "typeName": "Object", "memoryReference": { "id": "c" } } },
                { "id": "Tell", "type": "EngagementFlows.AddTimelineEntry", "version": 1, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'Read: ' + getVariable('Content')?.goal" } },
                  "textZh": { "typeName": "String", "expression": { "type": "Literal", "value": "已读取" } } }] } }
            """;
        await PublishAsync("reads", read);
        await _house.StartAsync("reads", Client);
        Guid instance = await _house.StartAsync("two-eyes", Client);
        (Guid first, Guid second) = await TasksAsync(instance);
        await CompleteAsync(first, Li, TaskOutcomes.Approved);
        await CompleteAsync(second, Clara, TaskOutcomes.Approved);
        await _house.StartAsync("two-eyes", Client);

        await _house.StartAsync("reads", Client);

        await using NpgsqlCommand told = _house.Queries.CreateCommand("select string_agg(text_en, '; ' order by sequence) from timeline_entry where text_en like 'Read: %'");
        (await told.ExecuteScalarAsync()).Should().Be("Read: undefined; Read: A brighter office");
    }

    [Fact]
    public async Task Content_OfAVersion_CannotBeChangedEvenBySql()
    {
        await _house.StartAsync("two-eyes", Client);
        await using NpgsqlCommand change = _house.Queries.CreateCommand("update document_version set content_hash = repeat('0', 64)");

        await change.Invoking(command => command.ExecuteNonQueryAsync()).Should().ThrowAsync<PostgresException>().WithMessage("*kept as it is*");
    }

    private const string Client = "C-1001";

    private const string Definition = """
        {
          "definitionId": "two-eyes", "id": "two-eyes-v1", "name": "Two eyes", "version": 1, "isPublished": true, "isLatest": true,
          "variables": [
            { "id": "v", "name": "Version", "typeName": "String", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "id": "b", "name": "By", "typeName": "String", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }
          ],
          "root": {
            "id": "Root", "type": "Elsa.Sequence", "version": 1,
            "activities": [
              {
                "id": "Propose", "type": "EngagementFlows.ProposeVersion", "version": 1,
                "kind": { "typeName": "String", "expression": { "type": "Literal", "value": "plan" } },
                "form": { "typeName": "String", "expression": { "type": "Literal", "value": "forms/plan.json" } },
                "content": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "({ goal: 'A brighter office' })" } },
                "version": { "typeName": "String", "memoryReference": { "id": "v" } }
              },
              {
                "id": "Approve", "type": "EngagementFlows.RequestApproval", "version": 1,
                "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Approve the plan" } },
                "titleZh": { "typeName": "String", "expression": { "type": "Literal", "value": "审批方案" } },
                "approvers": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"person:li.wei@linden.example\", \"person:clara.brandt@linden.example\"]" } },
                "document": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "v", "name": "Version", "typeName": "String" } } },
                "completedBy": { "typeName": "String", "memoryReference": { "id": "b" } }
              },
              {
                "id": "Freeze", "type": "EngagementFlows.FreezeVersion", "version": 1,
                "document": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "v", "name": "Version", "typeName": "String" } } },
                "frozenBy": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "b", "name": "By", "typeName": "String" } } }
              }
            ]
          }
        }
        """;

    private ReadDocuments Documents => new(_house.Queries);

    private Person Li => _house.Staff["li.wei"];

    private Person Clara => _house.Staff["clara.brandt"];

    private async Task<DocumentVersion> VersionAsync() => (await Documents.OfEngagementAsync(_house.Engagements[Client].EngagementId, default))[0];

    private async Task PublishAsync(string id, string definition)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("flow").FullName, id);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{id}.json"), definition);
        await _house.PublishAsync(folder);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private async Task CompleteAsync(Guid task, Person person, string outcome)
    {
        (PreparedTaskAnswer prepared, StimulusResult? result) = await _house.CompleteAsync(task, person, outcome);
        prepared.Verdict.Should().Be(TaskVerdict.Allowed);
        result!.RefusedBy.Should().BeNull();
    }

    private async Task<(Guid First, Guid Second)> TasksAsync(Guid instance)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand("select t.id from task t left join person p on p.id = t.assignee_person_id where t.instance_id = $1 order by p.email desc");
        command.Parameters.AddWithValue(instance);
        List<Guid> tasks = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            tasks.Add(reader.GetGuid(0));
        return (tasks[0], tasks[1]);
    }
}
