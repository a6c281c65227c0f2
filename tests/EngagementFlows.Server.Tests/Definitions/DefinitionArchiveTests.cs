using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EngagementFlows.Server.Definitions;

namespace EngagementFlows.Server.Tests.Definitions;

/// <summary>Archives that mean ill, or are only broken: each is refused by name and rule, and nothing of it is unpacked further.</summary>
public sealed class DefinitionArchiveTests
{
    public static TheoryData<string, string> Names { get; } = new()
    {
        { "../evil.json", "leads out" }, { "a/../../evil.json", "leads out" }, { "a/./b.json", "leads out" }, { "a//b.json", "leads out" }, { "a/.. /b.json", "leads out" },
        { "/etc/evil.json", "absolute" }, { "C:/evil.json", "colon" }, { "c:evil.json", "colon" }, { "..\\evil.json", "backslash" }, { "\\\\host\\share\\evil.json", "backslash" },
        { "a/b.json:stream", "colon" }, { "a/b\0.json", "control character" }, { "a/b\n.json", "control character" }, { "a/b.json.", "ends with a dot" }, { "a/b.json ", "ends with a dot or blank" },
        { "a/b/c/d/e/f/g.json", "folders deep" }, { new string('a', 301) + ".json", "characters" },
        { "a/run.exe", "extension" }, { "a/page.html", "extension" }, { "a/inner.zip", "not opened" }, { "a/noextension", "extension" }, { "a/UPPER.JSON", "extension" },
        { "a/terms.pdf", "extension" }, { "a/files/run.exe", "extension" }, { "a/files/page.svg", "extension" }, { "a/files/inner.zip", "not opened" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_NameThatIsATrick_IsRefused(string name, string reason) =>
        DefinitionArchive.Read(Zip((name, "{}"))).Faults.Should().ContainSingle().Which.Message.Should().Contain(reason);

    [Fact]
    public void Read_Processes_FindsDefinitionsWithTheirTexts()
    {
        ArchiveReading reading = DefinitionArchive.Read(Zip(
            ("intake/", ""), ("intake/intake.json", "{}"), ("intake/part.json", "{}"), ("intake/README.md", "x"), ("intake/mail/hello.en.md", "Hello"), ("intake/forms/brief.json", "{}"),
            ("intake/cases/happy.json", "{}"), ("intake/files/terms.pdf", "%PDF"), ("intake/files/list.json", "{}"), ("review/review.json", "{}")));

        reading.Faults.Should().BeEmpty();
        reading.Processes.Select(process => process.Path).Should().Equal("intake/intake.json", "intake/part.json", "review/review.json");
        reading.Processes[0].Assets.Keys.Should().BeEquivalentTo("mail/hello.en.md", "forms/brief.json", "files/terms.pdf", "files/list.json");
        reading.Processes[2].Assets.Should().BeEmpty();
    }

    [Fact]
    public void Read_ManyFaults_ReportsAll() =>
        DefinitionArchive.Read(Zip(("../a.json", "{}"), ("/b.json", "{}"), ("c/d.exe", ""), ("e/e.json", "{}"))).Faults.Should().HaveCount(3);

    [Fact]
    public void Read_NamesThatDifferByCapitals_AreRefused() =>
        DefinitionArchive.Read(Zip(("a/b.json", "{}"), ("A/B.json", "{}"))).Faults.Should().ContainSingle().Which.Message.Should().Contain("twice");

    [Fact]
    public void Read_SymbolicLink_IsRefused()
    {
        byte[] zip = Zip(entry => entry.ExternalAttributes = unchecked((int)0xA1FF0000), ("a/link.json", "/etc/passwd"));

        DefinitionArchive.Read(zip).Faults.Should().ContainSingle().Which.Message.Should().Contain("symbolic link");
    }

    [Fact]
    public void Read_Device_IsRefused()
    {
        byte[] zip = Zip(entry => entry.ExternalAttributes = 0x21B6 << 16, ("a/device.json", ""));

        DefinitionArchive.Read(zip).Faults.Should().ContainSingle().Which.Message.Should().Contain("neither a file nor a folder");
    }

    [Fact]
    public void Read_EncryptedEntry_IsRefused()
    {
        byte[] zip = Zip(("a/a.json", "{}"));
        // Bit 0 of the flags, in the local header and in the directory.
        zip[6] |= 1;
        zip[Find(zip, "PK\u0001\u0002"u8) + 8] |= 1;

        DefinitionArchive.Read(zip).Faults.Should().ContainSingle().Which.Message.Should().Contain("encrypted");
    }

    [Fact]
    public void Read_Bomb_IsRefusedByItsRatio() =>
        DefinitionArchive.Read(Zip(("a/a.json", new string(' ', 1024 * 1024)))).Faults.Should().ContainSingle().Which.Message.Should().Contain("times its size");

    [Fact]
    public void Read_BombThatLiesAboutItsSize_IsUnpackedNoFurtherThanItSays()
    {
        byte[] zip = Zip(("a/a.json", new string(' ', DefinitionArchive.MaxEntryBytes * 2)));
        int directory = Find(zip, "PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 100);

        DefinitionArchive.Read(zip).Processes.Should().OnlyContain(process => process.Json.Length <= 100);
    }

    [Fact]
    public void Read_EntryOverTheLimit_IsRefused() =>
        DefinitionArchive.Read(Zip(("a/a.json", Noise(DefinitionArchive.MaxEntryBytes + 1)))).Faults.Should().Contain(fault => fault.Message.Contains("bytes unpacked"));

    [Fact]
    public void Read_TooManyEntries_IsRefused() =>
        DefinitionArchive.Read(Zip([.. Enumerable.Range(0, DefinitionArchive.MaxEntries + 1).Select(i => ($"a/{i}.json", ""))])).Faults.Should().ContainSingle().Which.Message.Should().Contain("entries");

    [Fact]
    public void Read_Garbage_IsRefusedAndThrowsNothing()
    {
        byte[] good = Zip(("a/a.json", "{\"definitionId\":\"a\"}"), ("b/b.json", "{}"));
        Random chance = new(20260302);
        for (int round = 0; round < 500; round++)
        {
            byte[] zip = (byte[])good.Clone();
            for (int i = 0; i < 4; i++)
                zip[chance.Next(zip.Length)] = (byte)chance.Next(256);
            ArchiveReading reading = DefinitionArchive.Read(zip[..chance.Next(zip.Length + 1)]);
            (reading.Faults.Count > 0 || reading.Processes.Count > 0).Should().BeTrue();
        }

        DefinitionArchive.Read([]).Faults.Should().ContainSingle().Which.Message.Should().Contain("ZIP");
        DefinitionArchive.Read("no archive"u8.ToArray()).Faults.Should().ContainSingle();
        DefinitionArchive.Read(Zip(("a/mail/x.md", "x"))).Faults.Should().ContainSingle().Which.Message.Should().Contain("no definition");
    }

    internal static byte[] Zip(params (string Name, string Content)[] entries) => Zip(_ => { }, entries);

    private static byte[] Zip(Action<ZipArchiveEntry> change, params (string Name, string Content)[] entries)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach ((string name, string content) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                change(entry);
                using Stream stream = entry.Open();
                stream.Write(Encoding.Latin1.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    private static string Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    private static int Find(byte[] file, ReadOnlySpan<byte> mark) => file.AsSpan().IndexOf(mark);
}
