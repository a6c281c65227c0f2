using System.Text;

namespace EngagementFlows.Engagements.Clients;

/// <summary>A file of values as text, with what was found out about it.</summary>
/// <param name="Text">The text, without a byte order mark.</param>
/// <param name="Encoding"><c>UTF-8</c>, <c>UTF-16</c> or <c>GB18030</c>.</param>
/// <param name="Separator">What stands between the fields: comma, semicolon or tab.</param>
public sealed record FileText(string Text, string Encoding, char Separator)
{
    // Excel saves by the machine's region: commas in most of the world, semicolons where the comma is the decimal mark; text files have tabs.
    private static readonly char[] Separators = [',', ';', '\t'];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Detects encoding and separator and decodes.</summary>
    /// <returns>The text, or <see langword="null"/> and a fault that names the line of the first byte that no encoding explains.</returns>
    public static FileText? Read(ReadOnlySpan<byte> file, ICollection<ImportFault> faults)
    {
        if (file.StartsWith("\uFEFF"u8))
            return Decode(file[3..], Utf8, "UTF-8", faults);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Decode(file[2..], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), "UTF-16", faults);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Decode(file[2..], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), "UTF-16", faults);
        return !System.Text.Unicode.Utf8.IsValid(file) && LooksLikeGb18030(file)
            ? Decode(file, Gb18030, "GB18030", faults)
            : Decode(file, Utf8, "UTF-8", faults);
    }

    /// <summary>Returns the separator of a text: the one that stands in its first line most often, outside of quotation marks; a comma if there is none.</summary>
    public static char SeparatorOf(string text)
    {
        int[] counts = new int[Separators.Length];
        bool isQuoted = false;
        foreach (char unit in text.AsSpan().TrimStart("\r\n"))
        {
            if (unit is '\r' or '\n' && !isQuoted)
                break;
            if (unit == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && Array.IndexOf(Separators, unit) is >= 0 and int which)
                counts[which]++;
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    private static FileText? Decode(ReadOnlySpan<byte> file, Encoding encoding, string name, ICollection<ImportFault> faults)
    {
        try
        {
            string text = encoding.GetString(file);
            return new(text, name, SeparatorOf(text));
        }
        catch (DecoderFallbackException broken)
        {
            int line = 1 + file[..Math.Clamp(broken.Index, 0, file.Length)].Count((byte)'\n');
            faults.Add(new(
                line, null,
                $"The file is not {name} from here on, and nothing else that is read here (UTF-8, UTF-16 with a byte order mark, GB18030). Save it as \"CSV UTF-8\" (in Excel: Save As, CSV UTF-8) and import it again.",
                $"从此处起，文件不符合 {name} 编码，也不是可识别的其他编码（UTF-8、带 BOM 的 UTF-16、GB18030）。请另存为“CSV UTF-8”格式后重新导入。"));
            return null;
        }
    }

    // Nearly any bytes make some GB18030: a Latin-1 file with umlauts would become rare characters. Real Chinese text is written in the plane of GB 2312, whose
    // second bytes are A1 and above; in Latin-1 an ASCII letter mostly follows.
    private static bool LooksLikeGb18030(ReadOnlySpan<byte> file)
    {
        int common = 0;
        int rare = 0;
        for (int i = 0; i < file.Length; i++)
        {
            if (file[i] < 0x80)
                continue;
            if (file[i] is 0x80 or 0xFF || i + 1 == file.Length)
                return false;
            byte second = file[i + 1];
            if (second is >= 0x30 and <= 0x39)
            {
                if (i + 3 >= file.Length || file[i + 2] is < 0x81 or > 0xFE || file[i + 3] is < 0x30 or > 0x39)
                    return false;
                rare++;
                i += 3;
                continue;
            }

            if (second is < 0x40 or 0x7F or 0xFF)
                return false;
            if (file[i] >= 0xA1 && second >= 0xA1)
                common++;
            else
                rare++;
            i++;
        }

        return common >= 3 * rare;
    }
}
