using System.Text;
using System.Text.RegularExpressions;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Tests.Statements;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Links;

/// <summary>An instance may have any number of links: they are read a page at a time, and no more of them than the page shows.</summary>
public sealed partial class ReadLinksTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int Many = 1_234;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Instance = new("0198c0de-0000-7000-8000-00000000b001");
    private static readonly Guid Other = new("0198c0de-0000-7000-8000-00000000b002");

    public async Task InitializeAsync()
    {
        (await new ImportPeople(postgres.DataSource).ExecuteAsync("name,email,roles,language,zone\nMia,mia@firm.example,account-manager,en,Europe/Berlin\n"u8.ToArray(), Now, default)).Faults.Should().BeEmpty();
        byte[] clients = Encoding.UTF8.GetBytes("external_id,client,contact,email,language,zone,engagement,owner\nA-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example\n");
        (await new ImportClients(postgres.DataSource).ExecuteAsync(clients, "test", Now, default)).Faults.Should().BeEmpty();
        await postgres.ExecuteAsync("truncate link cascade");
        await InsertAsync(Instance, Many);
        await InsertAsync(Other, Many);
        await postgres.ExecuteAsync("analyze link");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task OfInstanceAsync_PageAfterPage_ShowsEachLinkOnceNewestFirst()
    {
        ReadLinks links = new(postgres.DataSource);
        List<LinkLine> read = [];
        string? after = null;
        do
        {
            ListPage<LinkLine> page = await links.OfInstanceAsync(Instance, after, 500, default);
            page.Items.Count.Should().BeLessThanOrEqualTo(500);
            read.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        read.Should().HaveCount(Many).And.OnlyHaveUniqueItems(link => link.Id).And.OnlyContain(link => link.InstanceId == Instance);
        read.Should().BeInDescendingOrder(link => link.IssuedAt);
        (await links.FindAsync(read[700].Id, default)).Should().Be(read[700]);
        (await links.FindAsync(Other, default)).Should().BeNull();
    }

    [Fact]
    public async Task OfInstanceAsync_PlaceThatIsNoId_IsRefused()
    {
        Func<Task> read = () => new ReadLinks(postgres.DataSource).OfInstanceAsync(Instance, "nowhere", 50, default);

        await read.Should().ThrowAsync<ListPlaceException>();
    }

    [Fact]
    public async Task OfInstanceAsync_PageInTheMiddle_ReadsThePageOnly()
    {
        ListPage<LinkLine> first = await new ReadLinks(postgres.DataSource).OfInstanceAsync(Instance, after: null, 500, default);

        string plan = await ExplainAsync(id: null, Instance, Guid.Parse(first.Next!), 51);
        string one = await ExplainAsync(first.Items[7].Id, instance: null, after: null, 1);

        LinkRows().Match(plan).Groups["rows"].Value.Should().StartWith("51", plan);
        plan.Should().Contain("link_instance_id").And.NotContain("Seq Scan on link").And.NotContain("Sort");
        one.Should().Contain("link_pkey").And.NotContain("Seq Scan on link");
    }

    private async Task<string> ExplainAsync(Guid? id, Guid? instance, Guid? after, int limit)
    {
        await using NpgsqlCommand command = postgres.DataSource.CreateCommand(
            "explain (analyze, costs off, timing off, summary off, buffers off) " + Statements.Statements.All.Single(statement => statement.Name == "ReadLinks.Sql").Sql);
        foreach (Guid? value in new[] { id, instance, after })
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = (object?)value ?? DBNull.Value });
        command.Parameters.Add(new() { Value = limit });
        StringBuilder plan = new();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }

    private async Task InsertAsync(Guid instance, int count)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(i => TimeOrderedId.Create(Now + TimeSpan.FromSeconds(i)))];
        await postgres.ExecuteAsync(
            """
            insert into link (id, instance_id, bookmark_id, engagement_id, contact_id, definition_version_id, form_path, may_decline, issued_at, expires_at)
            select l.id, $1, gen_random_uuid(), e.id, k.id, 'flow-v1', 'forms/intake.json', true, $3 + l.n * interval '1 second', $3 + interval '30 days'
            from unnest($2) with ordinality l(id, n), engagement e, contact k
            """,
            instance, ids, Now.UtcDateTime);
    }

    [GeneratedRegex(@"link_instance_id on link l.*actual rows=(?<rows>[\d.]+)")]
    private static partial Regex LinkRows();
}
