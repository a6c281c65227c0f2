using System.Text;
using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Engagements.Tests.Clients;

public sealed class ClientImportTests
{
    private const string Header = "external_id,client,contact,email,language,zone,engagement,owner,architect,tier";

    private static readonly Person Owner = new(new Guid("0197a000-0000-7000-8000-00000000000a"), "Mia Novak", "mia@firm.example", [StaffRoles.AccountManager], "en", "Europe/Berlin");

    private static readonly Person Architect = new(new Guid("0197a000-0000-7000-8000-00000000000b"), "李伟", "li.wei@firm.example", [StaffRoles.Architect], "zh-CN", "Asia/Shanghai");

    [Fact]
    public void Read_GoodFile_GivesClientsWithTheirStaff()
    {
        ClientImportReading reading = Read($"{Header}\nC-1,华语设计,王芳,wang.fang@huayu.example,ZH-cn,Asia/Shanghai,办公室改造,mia@firm.example,LI.WEI@firm.example,1\n");

        reading.Faults.Should().BeEmpty();
        ImportedClient client = reading.Clients.Should().ContainSingle().Subject;
        client.Name.Should().Be("华语设计");
        client.Language.Should().Be("zh-CN");
        client.OwnerId.Should().Be(Owner.Id);
        client.ArchitectId.Should().Be(Architect.Id);
        client.Tier.Should().Be(1);
    }

    [Fact]
    public void Read_ManyFaults_ReportsAllByLineAndKeepsReading()
    {
        ClientImportReading reading = Read(string.Join(
            '\n',
            Header,
            "C-1,,Ann,ann@x,en,Europe/Berlin,Loft,mia@firm.example,,",
            "C-1,Beta,Bob,bob@b.example,fr,Europe/Paris,Loft,mia@firm.example,,9",
            "C-3,Gamma,Cid,cid@c.example,en,W. Europe Standard Time,Loft,li.wei@firm.example,,",
            "too,short",
            "C-5,Delta,Dee,dee@d.example,en,Asia/Kathmandu,Loft,nobody@firm.example,,"));

        reading.Faults.Select(fault => (fault.Line, fault.Column)).Should().Equal(
            (2, "client"), (2, "email"), (3, "tier"), (3, "language"), (3, "external_id"), (4, "zone"), (4, "owner"), (5, null), (6, "owner"));
        reading.Faults.Should().OnlyContain(fault => fault.Message.EndsWith('.'));
    }

    [Theory]
    [InlineData("cn", "CN")]
    [InlineData("", null)]
    public void Read_Country_IsTheCodeOfAKnownHolidayTableOrNothing(string field, string? country) =>
        Read($"{Header},country\nC-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example,,,{field}\n").Clients.Should().ContainSingle().Which.Country.Should().Be(country);

    [Fact]
    public void Read_CountryWithoutHolidayTable_NamesThoseThatHaveOne() =>
        Read($"{Header},country\nC-1,Alpha,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example,,,ZZ\n")
            .Faults.Should().ContainSingle(fault => fault.Column == "country").Which.Message.Should().Contain("'ZZ'").And.Contain("CN, DE");

    [Fact]
    public void Read_UnknownAndMissingColumns_SaysWhichAreAllowed()
    {
        ClientImportReading reading = Read("external_id,klient\nC-1,x\n");

        reading.Clients.Should().BeEmpty();
        reading.Faults.Should().Contain(fault => fault.Column == "klient" && fault.Message.Contains("Required: external_id, client", StringComparison.Ordinal));
        reading.Faults.Should().Contain(fault => fault.Column == "client" && fault.Message.Contains("missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void Read_EmptyFile_SaysHowItBegins(string file)
    {
        Read(file).Faults.Should().ContainSingle().Which.Message.Should().Contain("external_id,client");
    }

    [Fact]
    public void Read_ControlCharacter_IsRefusedAtTheDoor()
    {
        ClientImportReading reading = Read($"{Header}\nC-1,a\0b,Ann,ann@a.example,en,Europe/Berlin,Loft,mia@firm.example,,\n");

        reading.Faults.Should().ContainSingle().Which.Message.Should().Contain("U+0000");
    }

    [Fact]
    public void Read_SemicolonsInGb18030_IsReadAndSaysSo()
    {
        string file = $"{Header}\nC-1,华语设计,王芳,wang.fang@huayu.example,zh-CN,Asia/Shanghai,办公室改造,mia@firm.example,,1\n".Replace(',', ';');

        ClientImportReading reading = ClientImport.Read(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(file), [Owner, Architect]);

        reading.Faults.Should().BeEmpty();
        reading.Clients.Should().ContainSingle().Which.Name.Should().Be("华语设计");
        (reading.Text!.Encoding, reading.Text.Separator, reading.Lines).Should().Be(("GB18030", ';', 1));
        reading.Sample.Should().ContainSingle().Which.Line.Should().Be(2);
    }

    [Fact]
    public void Read_OneClientTooMany_IsRefusedWithItsLine()
    {
        StringBuilder file = new(Header);
        for (int i = 0; i <= ClientImport.MaxClients; i++)
            file.Append("\nx");

        ImportFault fault = Read(file.ToString()).Faults.Should().ContainSingle().Subject;

        fault.Line.Should().Be(ClientImport.MaxClients + 2);
        fault.Message.Should().Contain("at most 100,000");
        fault.MessageZh.Should().Contain("最多导入");
    }

    [Fact]
    public void Read_EveryFault_IsSaidInBothLanguages() =>
        Read($"{Header}\nC-1,,Ann,ann@x,xx,Mars/Olympus,Loft,nobody@firm.example,,9\nC-1,short\n").Faults
            .Should().HaveCountGreaterThan(5).And.OnlyContain(fault => fault.MessageZh.EndsWith('。') && fault.Message.EndsWith('.'));

    private static ClientImportReading Read(string file) => ClientImport.Read(Encoding.UTF8.GetBytes(file), [Owner, Architect]);
}
