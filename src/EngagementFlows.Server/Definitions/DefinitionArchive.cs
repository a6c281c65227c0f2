using System.IO.Compression;
using System.Text;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engine;

namespace EngagementFlows.Server.Definitions;

/// <summary>Something for which an archive is refused.</summary>
/// <param name="Entry">The entry, or <see langword="null"/> if it is the archive itself.</param>
/// <param name="Message">What was found, the rule, and the way out, in English.</param>
/// <param name="MessageZh">The same in Chinese.</param>
internal sealed record ArchiveFault(string? Entry, string Message, string MessageZh);

/// <summary>What an archive holds.</summary>
/// <param name="Processes">The definitions with the texts beside them; empty while there are faults.</param>
/// <param name="Faults">Everything that is wrong with the archive.</param>
internal sealed record ArchiveReading(IReadOnlyList<ProcessFiles> Processes, IReadOnlyList<ArchiveFault> Faults);

/// <summary>Reads a ZIP of processes, laid out like the workflows folder: <c>client-intake/client-intake.json</c>, <c>client-intake/mail/…</c>, <c>client-intake/forms/…</c>, <c>client-intake/files/…</c>.</summary>
/// <remarks>Pure. Nothing is ever written to a disk; names only tell what belongs together, and are checked as if they were paths all the same. Archives inside are not opened.</remarks>
internal static class DefinitionArchive
{
    /// <summary>The greatest size of an archive, in bytes.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    public const int MaxEntries = 2_000;

    /// <summary>The greatest size of one file, unpacked.</summary>
    public const int MaxEntryBytes = 4 * 1024 * 1024;

    /// <summary>The greatest size of all files, unpacked.</summary>
    public const int MaxTotalBytes = 64 * 1024 * 1024;

    private const int MaxRatio = 200;
    private const int MaxNameLength = 300;
    private const int MaxDepth = 6;
    private const int SymbolicLink = 0xA000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;
    private const int KindOfFile = 0xF000;

    private static readonly string[] Extensions = [".json", ".md"];
    private static readonly string[] TextFolders = ["mail", "forms", "files", "cases"];
    private static readonly string[] AssetFolders = ["mail/", "forms/", "files/"];

    /// <summary>Tells whether the bytes begin like a ZIP.</summary>
    public static bool IsZip(ReadOnlySpan<byte> file) => file.StartsWith("PK\u0003\u0004"u8) || file.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Reads the archive and reports everything for which it is refused.</summary>
    public static ArchiveReading Read(byte[] file)
    {
        if (file.Length > MaxBytes)
            return Refused($"The archive has {file.Length:N0} bytes; at most {MaxBytes:N0} are read. Split it.", $"压缩包有 {file.Length:N0} 字节，上限为 {MaxBytes:N0} 字节。请拆分。");
        try
        {
            using ZipArchive archive = new(new MemoryStream(file, writable: false), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
            if (archive.Entries.Count > MaxEntries)
                return Refused($"The archive has {archive.Entries.Count:N0} entries; at most {MaxEntries:N0} are read. Split it.", $"压缩包有 {archive.Entries.Count:N0} 个条目，上限为 {MaxEntries:N0} 个。请拆分。");
            List<ArchiveFault> faults = FaultsOf(archive);
            if (faults.Count > 0)
                return new([], faults);
            Dictionary<string, byte[]> files = Unpack(archive, faults);
            List<ProcessFiles> processes = faults.Count > 0 ? [] : Processes(files);
            if (faults.Count == 0 && processes.Count == 0)
            {
                faults.Add(new(
                    null, "The archive holds no definition. Put each process into a folder of its own, like 'client-intake/client-intake.json', with its 'mail' and 'forms' beside it.",
                    "压缩包中没有流程定义。请将每个流程放在各自的文件夹中，例如 client-intake/client-intake.json，其 mail 和 forms 文件夹放在旁边。"));
            }


            return new(processes, faults);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or NotSupportedException or IOException)
        {
            return Refused($"The archive cannot be read: {broken.Message} It must be a ZIP file without encryption; pack it again.", "无法读取压缩包。必须是未加密的 ZIP 文件，请重新打包。");
        }
    }

    private static ArchiveReading Refused(string message, string messageZh) => new([], [new ArchiveFault(null, message, messageZh)]);

    private static List<ArchiveFault> FaultsOf(ZipArchive archive)
    {
        List<ArchiveFault> faults = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        long total = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            total += entry.Length;
            LocalizedText? fault = FaultOfName(entry.FullName) ?? FaultOfKind(entry) ?? FaultOfSize(entry);
            if (fault is null && !names.Add(entry.FullName.TrimEnd('/').Normalize(NormalizationForm.FormC)))
                fault = new("stands in the archive twice, perhaps in other capitals. On some machines both would be one file; keep one of them", "在压缩包中出现了两次（可能仅大小写不同），在某些系统上会成为同一个文件，请只保留一个");
            if (fault is not null)
                faults.Add(new(Shown(entry.FullName), $"The entry '{Shown(entry.FullName)}' {fault.En}.", $"条目“{Shown(entry.FullName)}”{fault.ZhCn}。"));
        }

        if (total > MaxTotalBytes)
            faults.Add(new(null, $"The archive's files say that they have {total:N0} bytes unpacked; at most {MaxTotalBytes:N0} are read. Split it.", $"压缩包解压后共 {total:N0} 字节，上限为 {MaxTotalBytes:N0} 字节。请拆分。"));
        return faults;
    }

    private static LocalizedText? FaultOfName(string name)
    {
        if (name.Length is 0 or > MaxNameLength)
            return new($"has a name of {name.Length} characters; it must have 1 to {MaxNameLength}", $"的名称有 {name.Length} 个字符，应为 1 至 {MaxNameLength} 个");
        foreach (char unit in name)
        {
            if (char.IsControl(unit) || char.IsSurrogate(unit) || unit is '\\' or ':' or '\uFFFD')
                return new("has a name with a backslash, a colon, a control character or a broken one. Use letters, digits, dots, dashes and slashes", "的名称含有反斜杠、冒号、控制字符或残缺字符。请使用字母、数字、点、连字符和斜杠");
        }

        if (name[0] == '/')
            return new("has an absolute path. Names must begin with a folder of the archive", "是绝对路径。名称必须以压缩包内的文件夹开头");
        string[] parts = name.TrimEnd('/').Split('/');
        if (parts.Length > MaxDepth)
            return new($"lies {parts.Length} folders deep; at most {MaxDepth} are read", $"位于第 {parts.Length} 层文件夹，最多读取 {MaxDepth} 层");
        return Array.Exists(parts, part => part.Length == 0 || part.Trim() is "." or ".." || part.EndsWith('.') || part.EndsWith(' '))
            ? new("leads out of its folder or has a part that is empty or ends with a dot or blank. Pack the folder itself, without '..'", "指向文件夹之外，或其中一段为空、以点或空格结尾。请直接打包文件夹，不要包含“..”")
            : null;
    }

    private static LocalizedText? FaultOfKind(ZipArchiveEntry entry)
    {
        int kind = (entry.ExternalAttributes >> 16) & KindOfFile;
        if (kind == SymbolicLink)
            return new("is a symbolic link. Pack the file itself", "是符号链接，请打包文件本身");
        if (kind is not (0 or RegularFile or Folder))
            return new("is neither a file nor a folder. Pack files only", "既不是文件也不是文件夹，请只打包文件");
        if (entry.IsEncrypted)
            return new("is encrypted. Pack it without a password", "已加密，请不要设置密码");
        if (IsFolder(entry))
            return entry.Length > 0 ? new("is a folder and holds bytes. Pack the archive again", "是文件夹却含有数据，请重新打包") : null;
        return Extensions.Contains(Path.GetExtension(entry.FullName), StringComparer.Ordinal) || IsSentFile(entry.FullName)
            ? null
            : new(
                $"has an extension that no process needs; allowed are {string.Join(", ", Extensions)}, and documents and pictures in a folder 'files'. Archives inside are not opened",
                $"的扩展名不被接受；可用 {string.Join("、", Extensions)}，文档和图片可放在 files 文件夹中。不会打开内层压缩包");
    }

    private static LocalizedText? FaultOfSize(ZipArchiveEntry entry)
    {
        if (entry.Length > MaxEntryBytes)
            return new($"has {entry.Length:N0} bytes unpacked; at most {MaxEntryBytes:N0} are read", $"解压后有 {entry.Length:N0} 字节，上限为 {MaxEntryBytes:N0} 字节");
        return entry.Length > 64 * 1024 && entry.Length / Math.Max(1, entry.CompressedLength) > MaxRatio
            ? new($"unpacks to more than {MaxRatio} times its size, as no definition does", $"解压后超过原大小的 {MaxRatio} 倍，流程定义不会如此")
            : null;
    }

    // The sizes in the directory are the archive's own word: what really comes out is counted again.
    private static Dictionary<string, byte[]> Unpack(ZipArchive archive, List<ArchiveFault> faults)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        long left = MaxTotalBytes;
        byte[] buffer = new byte[16 * 1024];
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => !IsFolder(entry)))
        {
            using Stream packed = entry.Open();
            using MemoryStream content = new();
            int read;
            while ((read = packed.Read(buffer)) > 0)
            {
                left -= read;
                if (content.Length + read > MaxEntryBytes || left < 0)
                {
                    faults.Add(new(Shown(entry.FullName), $"The entry '{Shown(entry.FullName)}' unpacks to more than it says, or than is read.", $"条目“{Shown(entry.FullName)}”解压后超过其声明的大小或读取上限。"));
                    return files;
                }

                content.Write(buffer, 0, read);
            }

            files[entry.FullName] = content.ToArray();
        }

        return files;
    }

    private static List<ProcessFiles> Processes(Dictionary<string, byte[]> files)
    {
        List<ProcessFiles> processes = [];
        foreach ((string path, byte[] json) in files.OrderBy(file => file.Key, StringComparer.Ordinal).Where(file => IsDefinition(file.Key)))
        {
            string folder = path[..(path.LastIndexOf('/') + 1)];
            Dictionary<string, byte[]> assets = files
                .Where(file => AssetFolders.Any(below => file.Key.StartsWith(folder + below, StringComparison.Ordinal)))
                .ToDictionary(file => file.Key[folder.Length..], file => file.Value, StringComparer.Ordinal);
            processes.Add(new(path, json, assets));
        }

        return processes;
    }

    private static bool IsDefinition(string path) =>
        path.EndsWith(".json", StringComparison.Ordinal) && !path.Split('/')[..^1].Any(part => TextFolders.Contains(part, StringComparer.Ordinal));

    // What mails carry: documents and pictures, which are sent as they are and never opened here.
    private static bool IsSentFile(string path) => path.Split('/').SkipLast(1).Contains("files", StringComparer.Ordinal) && ContentTypes.OfName(path) != ContentTypes.Unknown;

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/');

    private static string Shown(string name)
    {
        string shown = new([.. name.Take(100).Select(unit => char.IsControl(unit) || char.IsSurrogate(unit) ? '\uFFFD' : unit)]);
        return name.Length > 100 ? shown + "…" : shown;
    }
}
