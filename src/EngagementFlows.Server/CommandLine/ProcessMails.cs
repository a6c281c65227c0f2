using System.Text.Json;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using MailLanguages = EngagementFlows.Engagements.Clients.Languages;

namespace EngagementFlows.Server.CommandLine;

/// <summary>The mails beside a definition file: <c>mail/&lt;name&gt;.&lt;language&gt;.md</c>, each with its sample model.</summary>
internal static class ProcessMails
{
    private const string Folder = "mail";
    private const string SampleEnd = ".sample.json";

    // A plausible frame: what it says shows in no fault.
    private static readonly MailFrame Frame = new("Sample Firm", "Sample Person", "+49 30 5550 100", "sample@firm.example")
    {
        Now = new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero),
        DueAt = new DateTimeOffset(2026, 3, 6, 9, 0, 0, TimeSpan.Zero),
    };

    /// <summary>Returns everything that is wrong with the mails of a definition's folder; nothing if it has none.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<MailFault> Validate(string definitionFile)
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(definitionFile))!, Folder);
        if (!Directory.Exists(folder))
            return [];
        List<MailFault> faults = [];
        foreach (IGrouping<string, (string Language, string Path)> mail in Files(folder, faults).GroupBy(file => file.Name, file => (file.Language, file.Path)))
        {
            if (Sample(folder, mail.Key, faults) is { } sample)
                faults.AddRange(MailValidation.Validate(mail.Key, mail.ToDictionary(file => file.Language, file => File.ReadAllText(file.Path)), MailLanguages.All, sample, Frame));
        }

        return faults;
    }

    private static List<(string Name, string Language, string Path)> Files(string folder, List<MailFault> faults)
    {
        List<(string Name, string Language, string Path)> files = [];
        foreach (string path in Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            string[] parts = Path.GetFileName(path).Split('.');
            if (parts.Length == 3 && MailLanguages.All.Contains(parts[1]))
                files.Add((parts[0], parts[1], path));
            else
                faults.Add(new MailFault($"{Folder}/{Path.GetFileName(path)}", $"The file's name does not say name and language: write welcome.{MailLanguages.All[0]}.md or welcome.{MailLanguages.All[1]}.md."));
        }

        return files;
    }

    private static PlainObject? Sample(string folder, string name, List<MailFault> faults)
    {
        string file = $"{Folder}/{name}{SampleEnd}";
        string path = Path.Combine(folder, name + SampleEnd);
        if (!File.Exists(path))
        {
            faults.Add(new MailFault(file, $"Mail '{name}' has no sample model: add the file, with every name that the mail reads."));
            return null;
        }

        try
        {
            if (PlainJson.Parse(File.ReadAllText(path)) is PlainObject sample)
                return sample;
            faults.Add(new MailFault(file, "The sample model must be a JSON object."));
        }
        catch (JsonException fault)
        {
            faults.Add(new MailFault(file, $"The sample model is no JSON: {fault.Message}", (int)((fault.LineNumber ?? -1) + 1)));
        }

        return null;
    }
}
