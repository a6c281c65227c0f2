using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Engagements.Tests.Workflows;

public sealed class SampleFirmTests
{
    [Fact]
    public void Files_OfTheSampleFirm_ImportWithoutFaults()
    {
        string folder = Path.Combine(ProcessFolder.Root(), "samples");
        PeopleImportReading people = PeopleImport.Read(File.ReadAllBytes(Path.Combine(folder, "people.csv")));
        Person[] staff = [.. people.People.Select(person => new Person(new Guid(person.Line, 0, 0, new byte[8]), person.Name, person.Email, person.Roles, person.Language, person.Zone, person.Phone))];

        ClientImportReading clients = ClientImport.Read(File.ReadAllBytes(Path.Combine(folder, "clients.csv")), staff);

        people.Faults.Should().BeEmpty();
        clients.Faults.Should().BeEmpty();
        clients.Clients.Should().HaveCount(20);
        clients.Clients.Select(client => client.Language).Distinct().Should().BeEquivalentTo(Languages.All);
        clients.Clients.Select(client => client.Zone).Distinct().Should().HaveCountGreaterThan(10);
    }
}
