using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Clients;

public sealed class ImportPeopleTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ExecuteAsync_PersonWhoIsThere_KeepsHerRolesAndGetsTheNewOnes()
    {
        ImportPeople import = new(database.DataSource);
        await import.ExecuteAsync(Encoding.UTF8.GetBytes("name,email,roles,language,zone\nAda,ada@firm.example,administrator,en,UTC\n"), DateTimeOffset.UnixEpoch, default);

        await import.ExecuteAsync(Encoding.UTF8.GetBytes("name,email,roles,language,zone\nAda L.,ADA@firm.example,architect,zh-CN,Asia/Shanghai\n"), DateTimeOffset.UnixEpoch, default);

        Person ada = (await new ListStaff(database.DataSource).ExecuteAsync(default)).Should().ContainSingle(person => person.Email == "ada@firm.example").Subject;
        ada.Name.Should().Be("Ada L.");
        ada.Roles.Should().BeEquivalentTo("administrator", "architect");
    }
}
