namespace EngagementFlows.Engagements.Mail;

/// <summary>One mail of a process in the languages that it exists in.</summary>
/// <remarks>Immutable; may be used by several threads at once.</remarks>
public sealed class MailTemplateSet
{
    private static readonly string[] Fallback = ["en", "zh-CN"];

    private readonly Dictionary<string, MailTemplate> _templates;

    private MailTemplateSet(string name, Dictionary<string, MailTemplate> templates)
    {
        Name = name;
        _templates = templates;
    }

    /// <summary>Gets the mail's name: <c>welcome</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the templates, one per language.</summary>
    public IReadOnlyCollection<MailTemplate> Templates => _templates.Values;

    /// <summary>Parses a mail's files.</summary>
    /// <param name="name">The mail's name: <c>welcome</c> for <c>mail/welcome.en.md</c> and <c>mail/welcome.zh-CN.md</c>.</param>
    /// <param name="sources">The files' texts by language; at least one.</param>
    /// <exception cref="MailTemplateException">With everything that is wrong with any of them.</exception>
    public static MailTemplateSet Parse(string name, IReadOnlyDictionary<string, string> sources)
    {
        Dictionary<string, MailTemplate> templates = new(StringComparer.OrdinalIgnoreCase);
        List<MailFault> faults = [];
        if (sources.Count == 0)
            faults.Add(new MailFault($"mail/{name}.en.md", $"Mail '{name}' does not exist in any language: add mail/{name}.en.md and mail/{name}.zh-CN.md."));
        foreach ((string language, string text) in sources)
        {
            try
            {
                templates.Add(language, MailTemplate.Parse($"mail/{name}.{language}.md", language, text));
            }
            catch (MailTemplateException fault)
            {
                faults.AddRange(fault.Faults);
            }
        }

        return faults.Count == 0 ? new MailTemplateSet(name, templates) : throw new MailTemplateException(faults);
    }

    /// <summary>Returns the template for a reader: his language, another one of the same tongue (<c>zh</c> for <c>zh-TW</c>), English, else any.</summary>
    public MailTemplate In(string? language)
    {
        if (language is not null)
        {
            if (_templates.TryGetValue(language, out MailTemplate? exact))
                return exact;
            string tongue = language.Split('-')[0];
            foreach (MailTemplate template in _templates.Values)
            {
                if (template.Language.Split('-')[0].Equals(tongue, StringComparison.OrdinalIgnoreCase))
                    return template;
            }
        }

        foreach (string next in Fallback)
        {
            if (_templates.TryGetValue(next, out MailTemplate? template))
                return template;
        }

        return _templates.Values.First();
    }
}
