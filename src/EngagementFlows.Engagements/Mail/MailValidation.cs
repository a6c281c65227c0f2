using System.Text;
using EngagementFlows.Engagements.Mail.Markup;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Engagements.Mail;

/// <summary>Tries a mail on its sample model before anybody gets it.</summary>
public static class MailValidation
{
    /// <summary>The most bytes that the HTML of a mail may have.</summary>
    public const int MostHtmlBytes = 30 * 1024;

    private const int MostSubjectWidth = 50;

    /// <summary>Returns everything that is wrong with a mail: faults of its languages, names that the sample model lacks in any branch, and what a reader would stumble over.</summary>
    /// <param name="name">The mail's name, as in <see cref="MailTemplateSet.Parse"/>.</param>
    /// <param name="sources">The files' texts by language; every language of <paramref name="languages"/> must be there.</param>
    /// <param name="languages">The languages in which the house writes.</param>
    /// <param name="sample">A model with every name that the mail may read; a value that may be missing is there as null.</param>
    /// <param name="frame">A plausible frame.</param>
    public static IReadOnlyList<MailFault> Validate(
        string name, IReadOnlyDictionary<string, string> sources, IEnumerable<string> languages, PlainObject sample, MailFrame frame)
    {
        List<MailFault> faults = [];
        foreach (string language in languages.Where(language => !sources.ContainsKey(language)))
            faults.Add(new MailFault($"mail/{name}.{language}.md", $"Mail '{name}' has no text in '{language}': add the file."));
        foreach ((string language, string text) in sources.OrderBy(source => source.Key, StringComparer.Ordinal))
        {
            try
            {
                Check(MailTemplate.Parse($"mail/{name}.{language}.md", language, text), sample, frame, faults);
            }
            catch (MailTemplateException fault)
            {
                faults.AddRange(fault.Faults);
            }
        }

        return faults;
    }

    private static void Check(MailTemplate template, PlainObject sample, MailFrame frame, List<MailFault> faults)
    {
        int before = faults.Count;
        faults.AddRange(template.Paths.Select(path => MissingName(template, path, sample)).OfType<MailFault>().DistinctBy(fault => (fault.Line, fault.Message)));
        if (faults.Count > before)
            return;
        ComposedMail mail = MailComposer.Compose(template, sample, frame);
        MailDocument letter = MailComposer.Letter(template, sample, frame);
        if (mail.Subject.Length == 0)
            faults.Add(new MailFault(template.Path, "The subject is empty for the sample model.", template.SubjectLine));
        if (WidthOf(mail.Subject) > MostSubjectWidth)
        {
            string message = $"The subject '{mail.Subject}' is wider than {MostSubjectWidth} letters (a Chinese character counts twice): phones will cut it.";
            faults.Add(new MailFault(template.Path, message, template.SubjectLine, IsWarning: true));
        }

        if (letter.ButtonCount > 1)
            faults.Add(new MailFault(template.Path, $"The letter has {letter.ButtonCount} paragraphs that are a link alone; a letter asks for one thing: keep one, put the others into sentences."));
        if (letter.HasPictures)
            faults.Add(new MailFault(template.Path, "The letter names a picture ('![…](…)'); mails show none: take it out."));
        int bytes = Encoding.UTF8.GetByteCount(mail.Html);
        if (bytes > MostHtmlBytes)
            faults.Add(new MailFault(template.Path, $"The mail has {bytes} bytes of HTML for the sample model; at most {MostHtmlBytes} are allowed: say less, or put the rest behind the link."));
    }

    private static MailFault? MissingName(MailTemplate template, LiquidPath path, PlainObject sample)
    {
        PlainObject model = sample;
        for (int i = 0; i < path.Members.Count; i++)
        {
            string member = path.Members[i];
            if (!model.TryGetValue(member, out object? value))
            {
                string owner = i == 0 ? "The sample model" : $"'{string.Join('.', path.Members.Take(i))}' in the sample model";
                string known = string.Join(", ", model.Select(pair => pair.Key));
                return new MailFault(template.Path, $"{owner} has no '{member}'. There are: {(known.Length == 0 ? "none" : known)}.", path.Line);
            }

            // Lists, texts and what may be missing end what can be told from names alone.
            if (value is not PlainObject inner)
                return null;
            model = inner;
        }

        return null;
    }

    private static int WidthOf(string text) => text.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 ? 2 : 1);
}
