using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Clients;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>An erasure and a commit that want the same rows in opposite orders: both come to their end.</summary>
public sealed partial class ClientErasureTests
{
    [Fact]
    public async Task Erasing_ThatCrossesACommitOfAFlow_WaitsForItAndErases()
    {
        Known known = await SeedAsync();
        ClientErasureDesk desk = house.Services.GetRequiredService<ClientErasureDesk>();
        CurrentPerson administrator = new(Unknown, "Admin", "admin@linden.example", [StaffRoles.Administrator], "en", "UTC");
        await using NpgsqlConnection flow = await house.Postgres.DataSource.OpenConnectionAsync();
        // Whoever waits the longest looks for the circle first: the erasure, so that it is the one that has to give way.
        await using (NpgsqlCommand patient = new("set deadlock_timeout = '1min'", flow))
            await patient.ExecuteNonQueryAsync();
        await using NpgsqlTransaction commit = await flow.BeginTransactionAsync();
        await ScalarAsync(commit, "select id from instance where correlation_id = $1 limit 1 for update", known.Engagement.ToString());

        Task<ClientErasure> erasing = desk.EraseAsync(known.Client, known.Name, "Asked for.", administrator, CancellationToken.None);
        await WaitsForAsync(flow);
        await ScalarAsync(commit, "select id from client where id = $1 for key share", known.Client);
        await commit.CommitAsync();

        (await erasing).Should().BeOfType<ClientErasure.Erased>().Which.IsNew.Should().BeTrue();
        await flow.CloseAsync();
    }

    [Fact]
    public async Task CommitOfAFlow_ThatCrossesAnErasure_WaitsForItAndIsAnswered()
    {
        Known known = await SeedAsync();
        Guid instance = (await RunningAsync(known))[0];
        await using NpgsqlConnection eraser = await house.Postgres.DataSource.OpenConnectionAsync();
        await using (NpgsqlCommand patient = new("set deadlock_timeout = '1min'", eraser))
            await patient.ExecuteNonQueryAsync();
        await using NpgsqlTransaction erasing = await eraser.BeginTransactionAsync();
        await ScalarAsync(erasing, "select id from client where id = $1 for update", known.Client);

        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(known.Address);
        Task<HttpResponseMessage> answering = HouseFixture.AnswerAsync(browser, form, html, Answer);
        await WaitsForAsync(eraser);
        await ScalarAsync(erasing, "select id from instance where id = $1 for update", instance);
        await erasing.RollbackAsync();

        using HttpResponseMessage answered = await answering;
        ((int)answered.StatusCode).Should().BeLessThan(400);
        (await house.Postgres.ScalarAsync<string>("select state from link where id = $1", known.Link)).Should().Be("consumed");
        await eraser.CloseAsync();
        await EraseAsync(known);
    }

    [Fact]
    public async Task Link_SentAnewWhileAnErasureRuns_WaitsForItInsteadOfCrossingIt()
    {
        Known known = await SeedAsync();
        Guid instance = (await RunningAsync(known))[0];
        await using NpgsqlConnection eraser = await house.Postgres.DataSource.OpenConnectionAsync();
        await using NpgsqlTransaction erasing = await eraser.BeginTransactionAsync();
        await ScalarAsync(erasing, "select id from client where id = $1 for update", known.Client);
        await ScalarAsync(erasing, "select id from engagement where client_id = $1 for update", known.Client);

        Task<Guid?> sending = house.Services.GetRequiredService<SendLinkAnew>().ExecuteAsync(known.Link, "test", "Test", TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await WaitsForAsync(eraser);
        await ScalarAsync(erasing, "select id from instance where id = $1 for update nowait", instance);
        await erasing.RollbackAsync();

        (await sending).Should().NotBeNull();
        await EraseAsync(known);
    }

    private static async Task<object?> ScalarAsync(NpgsqlTransaction transaction, string sql, object argument)
    {
        await using NpgsqlCommand command = new(sql, transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = argument });
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Returns when somebody waits for what this connection holds.</summary>
    private Task WaitsForAsync(NpgsqlConnection holder) => Eventually.TrueAsync(() => house.Postgres.ScalarAsync<bool>(
        "select exists (select 1 from pg_stat_activity a where $1 = any (pg_blocking_pids(a.pid)))", holder.ProcessID));
}
