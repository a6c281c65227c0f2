using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Samples;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Samples;

/// <summary>The sample firm is filled in several commits; a process may die between any two of them.</summary>
public sealed class SampleDataTests(SampleDataTests.Fixture server) : IClassFixture<SampleDataTests.Fixture>
{
    private const string Intakes = "select count(*) from instance where definition_id = 'client-intake'";

    [Fact]
    public async Task Fill_AfterAProcessDiedBetweenImportAndStarts_StartsWhatIsMissingOnce()
    {
        SampleData samples = server.Services.GetRequiredService<SampleData>();
        string folder = Path.Combine(server.Folder, "workflows/samples");
        await server.Services.GetRequiredService<ImportPeople>().ExecuteAsync(await File.ReadAllBytesAsync(Path.Combine(folder, "people.csv")), TimeProvider.System.GetUtcNow(), default);
        ClientImportResult imported = await server.Services.GetRequiredService<ImportClients>().ExecuteAsync(
            await File.ReadAllBytesAsync(Path.Combine(folder, "clients.csv")), "samples", TimeProvider.System.GetUtcNow(), default);
        (await server.Postgres.ScalarAsync<long>(Intakes)).Should().Be(0);

        await Task.WhenAll(samples.FillAsync(default), samples.FillAsync(default));
        await samples.FillAsync(default);

        (await server.Postgres.ScalarAsync<long>(Intakes)).Should().Be(imported.Engagements.Count);
        (await server.Postgres.ScalarAsync<long>("select count(distinct correlation_id) from instance where definition_id = 'client-intake'")).Should().Be(imported.Engagements.Count);
        (await server.Postgres.ScalarAsync<long>("select count(*) from mail where template = 'ask'")).Should().Be(imported.Engagements.Count);
    }

    [Fact]
    public async Task Fill_ClientsThatSomebodyImportedHimself_AreLeftAlone()
    {
        await server.Postgres.ExecuteAsync(
            """
            with p as (insert into person (id, name, email, roles) values (gen_random_uuid(), 'P', 'p@example.com', '{account-manager}') returning id),
                 c as (insert into client (id, external_id, name, tier, created_at, updated_at) values (gen_random_uuid(), 'X-1', 'Own', 1, now(), now()) returning id),
                 k as (insert into contact (id, client_id, name, email, language, zone, created_at, updated_at) select gen_random_uuid(), c.id, 'K', 'k@example.com', 'en', 'Etc/UTC', now(), now() from c returning id, client_id)
            insert into engagement (id, client_id, contact_id, title, owner_id, stage, created_at, updated_at)
            select gen_random_uuid(), k.client_id, k.id, 'Own engagement', p.id, 'prospect', now(), now() from k, p
            """);

        await server.Services.GetRequiredService<SampleData>().FillAsync(default);

        (await server.Postgres.ScalarAsync<long>("select count(*) from instance i join engagement e on i.correlation_id = e.id::text where e.title = 'Own engagement'")).Should().Be(0);
    }

    /// <summary>A server with the processes of the repository and an empty database.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override void WriteFiles(string folder) => HouseFixture.CopyProcesses(folder);
    }
}
