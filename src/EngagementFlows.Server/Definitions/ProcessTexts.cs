using System.Text.Json;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using MailLanguages = EngagementFlows.Engagements.Clients.Languages;

namespace EngagementFlows.Server.Definitions;

/// <summary>What is wrong with a mail or a form of a process, or could be better.</summary>
/// <param name="Path">The file, such as <c>mail/welcome.en.md</c>.</param>
/// <param name="Message">A complete sentence in English.</param>
/// <param name="Line">Line in the file, from 1; 0 if the fault has no place.</param>
/// <param name="IsWarning">Whether it works all the same.</param>
public sealed record TextFault(string Path, string Message, int Line = 0, bool IsWarning = false)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? $"{Path}: {Message}" : $"{Path}({Line}): {Message}";
}

/// <summary>Checks the texts beside a definition: mails, <c>mail/&lt;name&gt;.&lt;language&gt;.md</c> with their sample models, and forms, <c>forms/&lt;name&gt;.json</c>. Pure.</summary>
internal static class ProcessTexts
{
    private const string MailFolder = "mail/";
    private const string FormFolder = "forms/";
    private const string SampleEnd = ".sample.json";

    // A plausible frame: what it says shows in no fault.
    private static readonly MailFrame Frame = new("Sample Firm", "Sample Person", "+49 30 5550 100", "sample@firm.example")
    {
        Now = new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero),
        DueAt = new DateTimeOffset(2026, 3, 6, 9, 0, 0, TimeSpan.Zero),
    };

    /// <summary>Returns everything that is wrong with the texts; nothing if there are none.</summary>
    /// <param name="assets">The files by their path below the process's folder, with slashes.</param>
    public static IReadOnlyList<TextFault> Validate(IReadOnlyDictionary<string, byte[]> assets)
    {
        List<TextFault> faults = [];
        foreach (IGrouping<string, (string Language, string Path)> mail in Mails(assets, faults).GroupBy(file => file.Name, file => (file.Language, file.Path)))
        {
            if (Sample(assets, mail.Key, faults) is not { } sample)
                continue;
            Dictionary<string, string> texts = mail.ToDictionary(file => file.Language, file => AssetText.Of(assets[file.Path]));
            faults.AddRange(MailValidation.Validate(mail.Key, texts, MailLanguages.All, sample, Frame).Select(fault => new TextFault(fault.Path, fault.Message, fault.Line, fault.IsWarning)));
        }

        foreach (string path in In(assets, FormFolder, ".json"))
            faults.AddRange(FormReader.Read(AssetText.Of(assets[path])).Faults.Select(fault => new TextFault(path, $"{fault.Where}: {fault.Message}")));
        return faults;
    }

    private static List<(string Name, string Language, string Path)> Mails(IReadOnlyDictionary<string, byte[]> assets, List<TextFault> faults)
    {
        List<(string Name, string Language, string Path)> files = [];
        foreach (string path in In(assets, MailFolder, ".md"))
        {
            string[] parts = path[MailFolder.Length..].Split('.');
            if (parts.Length == 3 && MailLanguages.All.Contains(parts[1]))
                files.Add((parts[0], parts[1], path));
            else
                faults.Add(new(path, $"The file's name does not say name and language: write welcome.{MailLanguages.All[0]}.md or welcome.{MailLanguages.All[1]}.md."));
        }

        return files;
    }

    private static PlainObject? Sample(IReadOnlyDictionary<string, byte[]> assets, string name, List<TextFault> faults)
    {
        string path = MailFolder + name + SampleEnd;
        if (!assets.TryGetValue(path, out byte[]? json))
        {
            faults.Add(new(path, $"Mail '{name}' has no sample model: add the file, with every name that the mail reads."));
            return null;
        }

        try
        {
            if (PlainJson.Parse(AssetText.Of(json)) is PlainObject sample)
                return sample;
            faults.Add(new(path, "The sample model must be a JSON object."));
        }
        catch (JsonException fault)
        {
            faults.Add(new(path, $"The sample model is no JSON: {fault.Message}", (int)((fault.LineNumber ?? -1) + 1)));
        }

        return null;
    }

    private static IEnumerable<string> In(IReadOnlyDictionary<string, byte[]> assets, string folder, string extension) => assets.Keys
        .Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(extension, StringComparison.Ordinal) && path.LastIndexOf('/') == folder.Length - 1)
        .Order(StringComparer.Ordinal);
}
