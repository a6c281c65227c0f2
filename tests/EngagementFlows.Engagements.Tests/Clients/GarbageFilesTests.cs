using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Clients;

/// <summary>The readers of files say what is wrong, whatever the bytes are.</summary>
public sealed class GarbageFilesTests
{
    [Fact]
    public void Read_AnyBytes_NeverThrowsAndNamesTheLineOfEachFault() =>
        Prop.ForAll(Bytes().ToArbitrary(), bytes =>
        {
            ClientImportReading clients = ClientImport.Read(bytes, []);
            PeopleImportReading people = PeopleImport.Read(bytes);
            FormReader.Read(Encoding.UTF8.GetString(bytes));
            return clients.Faults.Concat(people.Faults).All(fault => fault.Line >= 1 && fault.Message.Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Read_OneLineOfFiftyMegabytes_IsRefusedByItsSize() =>
        ClientImport.Read(Line(50_000_000), []).Faults.Should().ContainSingle().Which.Message.Should().Contain("Split it");

    [Fact]
    public void Read_OneLineWithinTheLimit_IsAFaultOfItsColumns()
    {
        ClientImportReading reading = ClientImport.Read(Line(ClientImport.MaxBytes), []);

        reading.Clients.Should().BeEmpty();
        reading.Faults.Should().NotBeEmpty();
        reading.Faults.Should().OnlyContain(fault => fault.Message.Length < 10_000, "a fault quotes what it found, not the whole file");
    }

    private static byte[] Line(int length)
    {
        byte[] line = new byte[length];
        Array.Fill(line, (byte)'a');
        return line;
    }

    private static Gen<byte[]> Bytes() => Gen.Frequency(
        (1, from bytes in Gen.Choose(0, 255).ListOf() select bytes.Select(one => (byte)one).ToArray()),
        (3, from pieces in Gen.Elements<byte[]>(
                [0], [0xff], [0xc3, 0x28], [0xef, 0xbb, 0xbf], "\""u8.ToArray(), ","u8.ToArray(), "\r"u8.ToArray(), "\n"u8.ToArray(), "external_id,client,contact,email,language,zone,engagement,owner\n"u8.ToArray(),
                "name,email,roles\n"u8.ToArray(), "{\"pages\":[{\"elements\":["u8.ToArray(), "x"u8.ToArray(), "\"a\"\"b\""u8.ToArray(), "🙂"u8.ToArray()).ListOf()
            select pieces.SelectMany(piece => piece).ToArray()));
}
