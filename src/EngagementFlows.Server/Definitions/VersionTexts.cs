using System.Text.Json;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Definitions;

/// <summary>The mails of a version, as readers would get them with the sample values that stand beside them. Pure.</summary>
internal static class VersionTexts
{
    private const string Folder = "mail/";
    private const string End = ".md";

    /// <summary>Returns name and language of each mail among the files of a version, in order.</summary>
    /// <param name="assets">The files by their path below the process's folder, with slashes.</param>
    public static IEnumerable<(string Name, string Language)> MailsOf(IEnumerable<string> assets) => assets
        .Where(path => path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith(End, StringComparison.Ordinal))
        .Select(path => path[Folder.Length..^End.Length].Split('.'))
        .Where(parts => parts.Length == 2)
        .Select(parts => (parts[0], parts[1]))
        .Order();

    /// <summary>Returns the path of a mail's text.</summary>
    public static string PathOf(string name, string language) => $"{Folder}{name}.{language}{End}";

    /// <summary>Returns the path of a mail's sample values.</summary>
    public static string SampleOf(string name) => $"{Folder}{name}.sample.json";

    /// <summary>Composes a mail with its sample values.</summary>
    /// <param name="assets">The files.</param>
    /// <param name="name">The mail's name.</param>
    /// <param name="language">The language.</param>
    /// <param name="firm">The firm that writes.</param>
    /// <param name="zone">The reader's zone.</param>
    /// <param name="now">The instant that the mail would be written at.</param>
    /// <returns>The mail; or its faults; neither if there is no such mail.</returns>
    public static (ComposedMail? Mail, IReadOnlyList<MailFault> Faults) Compose(
        IReadOnlyDictionary<string, byte[]> assets, string name, string language, Firm firm, TimeZoneInfo zone, DateTimeOffset now)
    {
        string path = PathOf(name, language);
        if (!assets.TryGetValue(path, out byte[]? source))
            return (null, []);
        try
        {
            PlainObject sample = assets.TryGetValue(SampleOf(name), out byte[]? json) && PlainJson.Parse(AssetText.Of(json)) is PlainObject values ? values : new();
            MailFrame frame = new(firm.Name, firm.Name, firm.Phone, firm.Email) { Now = now, Zone = zone };
            return (MailComposer.Compose(MailTemplate.Parse(path, language, AssetText.Of(source)), sample, frame), []);
        }
        catch (MailTemplateException fault)
        {
            return (null, fault.Faults);
        }
        catch (JsonException fault)
        {
            return (null, [new MailFault(SampleOf(name), $"The sample model is no JSON: {fault.Message}")]);
        }
    }
}
