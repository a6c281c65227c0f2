using System.Text;
using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Engagements.Tests.Clients;

public sealed class FileTextTests
{
    private const string Chinese = "external_id;client\r\nA-1;华星设计有限公司，上海\r\nA-2;Loft;\"a;b\"\r\n";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static TheoryData<string, byte[]> Encodings { get; } = new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Chinese) },
        { "UTF-8", [.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(Chinese)] },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Chinese)] },
        { "UTF-16", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Chinese)] },
        { "GB18030", Gb18030.GetBytes(Chinese) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_EveryEncoding_GivesTheSameText(string encoding, byte[] file)
    {
        List<ImportFault> faults = [];

        FileText text = FileText.Read(file, faults)!;

        faults.Should().BeEmpty();
        text.Text.Should().Be(Chinese);
        (text.Encoding, text.Separator).Should().Be((encoding, ';'));
    }

    [Fact]
    public void Read_RareCharacterAmongCommonOnes_IsStillGb18030()
    {
        string text = "名称\n" + string.Concat(Enumerable.Repeat("中文客户", 10)) + "㐂𠮷\n";

        FileText.Read(Gb18030.GetBytes(text), [])!.Text.Should().Be(text);
    }

    [Theory]
    [InlineData("client\nMüller Architektur\n")]
    [InlineData("client\nÅngström, Ærø, Café\n")]
    public void Read_WesternOneByteEncoding_IsRefusedAndNotTakenForChinese(string text)
    {
        List<ImportFault> faults = [];

        FileText.Read(Encoding.Latin1.GetBytes(text), faults).Should().BeNull();

        faults.Should().ContainSingle();
        faults[0].Line.Should().Be(2);
        faults[0].Message.Should().Contain("CSV UTF-8");
        faults[0].MessageZh.Should().Contain("CSV UTF-8");
    }

    [Fact]
    public void Read_TruncatedUtf16_IsRefused()
    {
        List<ImportFault> faults = [];

        FileText.Read([0xFF, 0xFE, (byte)'a', 0, 0x3D, 0xD8], faults).Should().BeNull();

        faults.Should().ContainSingle();
    }

    [Theory]
    [InlineData("a,b,c\n1;2;3;4;5", ',')]
    [InlineData("a;b\n", ';')]
    [InlineData("a\tb,c\td\n", '\t')]
    [InlineData("\"a;b;c\",d\n", ',')]
    [InlineData("\r\n\r\na;b\n", ';')]
    [InlineData("alone", ',')]
    [InlineData("", ',')]
    public void SeparatorOf_FirstLine_Decides(string text, char separator) => FileText.SeparatorOf(text).Should().Be(separator);

    [Fact]
    public void Write_CellsThatSpreadsheetsRun_AreDisarmed()
    {
        string text = Encoding.UTF8.GetString(CsvWriter.Write([["=1+1", "+1", "-1", "@a", "\tx", "\rx", "plain", "a,\"b\"", null]]));

        text.Should().Be("\uFEFF'=1+1,'+1,'-1,'@a,\"'\tx\",\"'\rx\",plain,\"a,\"\"b\"\"\",\r\n");
    }
}
