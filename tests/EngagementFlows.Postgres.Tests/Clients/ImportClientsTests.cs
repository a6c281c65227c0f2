using System.Text;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Clients;

public sealed class ImportClientsTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private const string Staff = """
        name,email,roles,language,zone
        Mia,mia@firm.example,account-manager,en,Europe/Berlin
        Li,li@firm.example,architect,zh-CN,Asia/Shanghai
        """;

    private const string Header = "external_id,client,contact,email,language,zone,engagement,owner,architect\n";

    [Fact]
    public async Task ExecuteAsync_SameFileTwice_ChangesNothingTheSecondTime()
    {
        await using FlowsDatabase flows = await OpenAsync();
        byte[] file = File("A-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example,li@firm.example\nB-1,Beta,Bo,bo@b.example,zh-CN,Asia/Shanghai,Villa,mia@firm.example,\n");

        ClientImportResult first = await new ImportClients(flows.Queries).ExecuteAsync(file, "test", Now, default);
        ClientImportResult second = await new ImportClients(flows.Queries).ExecuteAsync(file, "test", Now.AddDays(1), default);

        first.Engagements.Should().HaveCount(2).And.OnlyContain(engagement => engagement.IsNew);
        second.Engagements.Should().HaveCount(2).And.OnlyContain(engagement => !engagement.IsNew);
        second.Engagements.Select(engagement => engagement.EngagementId).Should().BeEquivalentTo(first.Engagements.Select(engagement => engagement.EngagementId));
        (await CountAsync(flows, "select count(*) from client where updated_at > created_at")).Should().Be(0);
        (await CountAsync(flows, "select count(*) from timeline_entry")).Should().Be(2);
    }

    [Fact]
    public async Task ExecuteAsync_ChangedLine_TakesTheNewValuesAndKeepsTheStage()
    {
        await using FlowsDatabase flows = await OpenAsync();
        await new ImportClients(flows.Queries).ExecuteAsync(File("A-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example,\n"), "test", Now, default);
        await using (Npgsql.NpgsqlCommand command = flows.Queries.CreateCommand("update engagement set stage = 'review'"))
            await command.ExecuteNonQueryAsync();

        ClientImportResult again = await new ImportClients(flows.Queries).ExecuteAsync(
            File("A-1,Alpha & Co,Ann,ann@new.example,en,Europe/Berlin,Loft,mia@firm.example,li@firm.example\n"), "test", Now.AddDays(1), default);

        ClientDetail client = (await new GetClient(flows.Queries).ExecuteAsync(again.Engagements[0].ClientId, default))!;
        client.Client.Name.Should().Be("Alpha & Co");
        client.Engagements.Should().ContainSingle();
        client.Engagements[0].Contact.Email.Should().Be("ann@new.example");
        client.Engagements[0].Architect!.Name.Should().Be("Li");
        client.Engagements[0].Engagement.Stage.Should().Be("review");
    }

    [Fact]
    public async Task ExecuteAsync_OneBadLine_StoresNothing()
    {
        await using FlowsDatabase flows = await OpenAsync();

        ClientImportResult result = await new ImportClients(flows.Queries).ExecuteAsync(
            File("A-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example,\nB-1,Beta,Bo,bo@b.example,en,Mars/Olympus,Villa,mia@firm.example,\n"), "test", Now, default);

        result.Faults.Should().ContainSingle().Which.Line.Should().Be(3);
        (await CountAsync(flows, "select count(*) from client")).Should().Be(0);
    }

    [Fact]
    public async Task ExecuteAsync_ManyLines_GiveIdsInTheirOrder()
    {
        await using FlowsDatabase flows = await OpenAsync();
        StringBuilder lines = new();
        for (int i = 0; i < 200; i++)
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"C-{i:000},Client {i},Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example,\n");

        await new ImportClients(flows.Queries).ExecuteAsync(File(lines.ToString()), "test", Now, default);

        // Rows at random places of their indexes cost half as much again.
        foreach (string table in new[] { "client", "contact", "engagement" })
            (await CountAsync(flows, $"select count(*) from (select id < lag(id) over (order by external_id) as falls from {table}) t where falls")).Should().Be(0, table);
        (await CountAsync(flows, "select count(distinct id) from timeline_entry")).Should().Be(200);
    }

    [Fact]
    public async Task ExecuteAsync_TwoImportsAtOnce_MakeEachClientOnce()
    {
        await using FlowsDatabase flows = await OpenAsync();
        StringBuilder lines = new();
        for (int i = 0; i < 200; i++)
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"C-{i},Client {i},Ann,ann{i}@a.example,en,Europe/Berlin,Loft,mia@firm.example,\n");
        byte[] file = File(lines.ToString());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new ImportClients(flows.Queries).ExecuteAsync(file, "test", Now, default)));

        (await CountAsync(flows, "select count(*) from client")).Should().Be(200);
        (await CountAsync(flows, "select count(*) from timeline_entry")).Should().Be(200);
    }

    [Fact]
    public async Task ListClients_PageByPage_GivesEachClientOnceInOrder()
    {
        await using FlowsDatabase flows = await OpenAsync();
        string[] names = ["Zeta", "alpha", "Beta", "100% Studio", "甲乙", "Beta"];
        string lines = string.Concat(names.Select((name, i) => $"P-{i},{name},Ann,ann{i}@a.example,en,Europe/Berlin,Loft,mia@firm.example,\n"));
        await new ImportClients(flows.Queries).ExecuteAsync(File(lines), "test", Now, default);
        ListClients list = new(flows.Queries);

        List<ClientLine> all = [];
        string? after = null;
        do
        {
            ListPage<ClientLine> page = await list.ExecuteAsync(null, null, after, 2, default);
            page.Items.Count.Should().BeLessThanOrEqualTo(2);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        all.Should().HaveCount(6).And.OnlyHaveUniqueItems(line => line.Id);
        all.Select(line => line.Name).Should().BeEquivalentTo(names);
        (await list.ExecuteAsync("100%", null, null, 10, default)).Items.Should().ContainSingle().Which.Name.Should().Be("100% Studio");
        (await list.ExecuteAsync("%", null, null, 10, default)).Items.Should().ContainSingle();
        (await list.ExecuteAsync("a\0lph", null, null, 10, default)).Items.Should().ContainSingle().Which.Name.Should().Be("alpha");
        await list.Invoking(all => all.ExecuteAsync(null, null, "no cursor", 10, default)).Should().ThrowAsync<ListPlaceException>();
    }

    private static byte[] File(string lines) => Encoding.UTF8.GetBytes(Header + lines);

    private async Task<FlowsDatabase> OpenAsync()
    {
        FlowsDatabase flows = new(await database.CreateAnotherDatabaseAsync());
        (await new ImportPeople(flows.Queries).ExecuteAsync(Encoding.UTF8.GetBytes(Staff), Now, default)).Faults.Should().BeEmpty();
        return flows;
    }

    private static async Task<long> CountAsync(FlowsDatabase flows, string sql)
    {
        await using Npgsql.NpgsqlCommand command = flows.Queries.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
