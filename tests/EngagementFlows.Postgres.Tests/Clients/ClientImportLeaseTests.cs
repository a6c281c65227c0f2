using System.Text;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Clients;

/// <summary>An import belongs to one worker at a time, and only the one that holds it may commit.</summary>
public sealed class ClientImportLeaseTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly byte[] File = Encoding.UTF8.GetBytes(
        "external_id,client,contact,email,language,zone,engagement,owner\nA-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example\n");

    [Fact]
    public async Task PreviewClients_TellsNewChangedAndSame_AndChangesNothing()
    {
        await using FlowsDatabase flows = await OpenAsync();
        string header = "external_id,client,contact,email,language,zone,engagement,owner\n";
        await new ImportClients(flows.Queries).ExecuteAsync(
            Encoding.UTF8.GetBytes(header + "A-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example\nB-1,Beta,Bo,bo@b.example,en,Europe/Berlin,Villa,mia@firm.example\n"), "test", Now, default);

        ClientImportOutlook outlook = await new PreviewClients(flows.Queries).ExecuteAsync(
            Encoding.UTF8.GetBytes(header + "A-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example\nB-1,Beta,Bo,new@b.example,en,Europe/Berlin,Villa,mia@firm.example\nC-1,Gamma,Cy,cy@c.example,en,Europe/Berlin,Barn,mia@firm.example\n"), Now, default);

        (outlook.Made, outlook.Changed, outlook.Same).Should().Be((1, 1, 1));
        (await CountAsync(flows, "select count(*) from client")).Should().Be(2);
        (await CountAsync(flows, "select count(*) from client_import_line")).Should().Be(0);
    }

    [Fact]
    public async Task ConfirmAsync_TenClicksAtOnce_OneWins()
    {
        await using FlowsDatabase flows = await OpenAsync();
        Guid id = await UploadAsync(flows);

        bool[] clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => MoveAsync(flows, transaction => MoveClientImport.ConfirmAsync(transaction, id, "Mia", startsFlows: false, default))));

        clicks.Count(won => won).Should().Be(1);
        Guid other = await UploadAsync(flows);
        (await MoveAsync(flows, transaction => MoveClientImport.CancelAsync(transaction, other, default))).Should().BeTrue();
    }

    [Fact]
    public async Task ClaimAsync_WhileOneIsUnderWay_TheOtherWaits()
    {
        await using FlowsDatabase flows = await OpenAsync();
        await ConfirmAsync(flows, await UploadAsync(flows));
        await ConfirmAsync(flows, await UploadAsync(flows));
        ClientImportLease lease = new(flows.Queries);

        ClaimedClientImport first = (await lease.ClaimAsync(default))!;

        (await lease.ClaimAsync(default)).Should().BeNull();
        await lease.EndAsync(first, "done", null, default);
        (await lease.ClaimAsync(default))!.Id.Should().NotBe(first.Id);
    }

    [Fact]
    public async Task StoredAsync_AttemptThatWasOnlySlow_IsFencedAndStoresNothing()
    {
        await using FlowsDatabase flows = await OpenAsync();
        Guid id = await UploadAsync(flows);
        await ConfirmAsync(flows, id);
        ClientImportLease lease = new(flows.Queries);
        ClaimedClientImport slow = (await lease.ClaimAsync(default))!;
        await ExecuteAsync(flows, "update client_import set lease_expires_at = now() - interval '1 second'");
        ClaimedClientImport second = (await lease.ClaimAsync(default))!;

        ClientImportResult? late = await ImportAsync(flows, slow);

        (second.Id, second.Attempt).Should().Be((id, 2));
        late.Should().BeNull();
        (await lease.RenewAsync(slow, 1, default)).Should().BeFalse();
        (await CountAsync(flows, "select count(*) from client")).Should().Be(0);
        (await ImportAsync(flows, second))!.Engagements.Should().ContainSingle();
        ClientImportRow row = (await new ListClientImports(flows.Queries).FindAsync(id, default))!;
        (row.State, row.Made, row.Attempt).Should().Be(("done", 1, 2));
        (await CountAsync(flows, "select count(*) from client_import where content is not null")).Should().Be(0);
    }

    private static Task<ClientImportResult?> ImportAsync(FlowsDatabase flows, ClaimedClientImport claimed) =>
        new ImportClients(flows.Queries).ExecuteAsync(
            claimed.Content, claimed.By, Now,
            new ClientImportWatch { MayCommit = (transaction, engagements, token) => ClientImportLease.StoredAsync(transaction, claimed, engagements, token) },
            default);

    private static async Task ConfirmAsync(FlowsDatabase flows, Guid id) =>
        (await MoveAsync(flows, transaction => MoveClientImport.ConfirmAsync(transaction, id, "Mia", startsFlows: false, default))).Should().BeTrue();

    private static async Task<Guid> UploadAsync(FlowsDatabase flows)
    {
        Guid id = TimeOrderedId.Create(Now);
        ClientImportOutlook outlook = await new PreviewClients(flows.Queries).ExecuteAsync(File, Now, default);
        await using NpgsqlConnection connection = await flows.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await InsertClientImport.ExecuteAsync(transaction, id, "clients.csv", File, "Mia", "{}", outlook, default);
        await transaction.CommitAsync();
        return id;
    }

    private async Task<FlowsDatabase> OpenAsync()
    {
        FlowsDatabase flows = new(await database.CreateAnotherDatabaseAsync());
        (await new ImportPeople(flows.Queries).ExecuteAsync("name,email,roles,language,zone\nMia,mia@firm.example,account-manager,en,Europe/Berlin\n"u8.ToArray(), Now, default)).Faults.Should().BeEmpty();
        return flows;
    }

    private static async Task<long> CountAsync(FlowsDatabase flows, string sql)
    {
        await using Npgsql.NpgsqlCommand command = flows.Queries.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(FlowsDatabase flows, string sql)
    {
        await using Npgsql.NpgsqlCommand command = flows.Queries.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> MoveAsync(FlowsDatabase flows, Func<NpgsqlTransaction, Task<bool>> move)
    {
        await using NpgsqlConnection connection = await flows.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        bool isMoved = await move(transaction);
        await transaction.CommitAsync();
        return isMoved;
    }
}
