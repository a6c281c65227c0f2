using EngagementFlows.Scripts;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Engagements.Mail;

/// <summary>A mail in one language: a head with the subject, then Markdown, both with Liquid; parsed once.</summary>
/// <remarks>Names that the model lacks are faults, values never become markup. May be used by several threads at once.</remarks>
public sealed class MailTemplate
{
    private static readonly LiquidOptions SubjectOptions = new() { StrictNames = true, StrictFilters = true, Filters = MailFilters.All };
    private static readonly LiquidOptions BodyOptions = SubjectOptions with { Encode = ValueCode.Encode };

    private readonly LiquidTemplate _subject;
    private readonly LiquidTemplate _body;

    private MailTemplate(string path, string language, LiquidTemplate subject, int subjectLine, LiquidTemplate body)
    {
        Path = path;
        Language = language;
        _subject = subject;
        SubjectLine = subjectLine;
        _body = body;
    }

    /// <summary>Gets the template's file, for messages.</summary>
    public string Path { get; }

    /// <summary>Gets the language: <c>en</c> or <c>zh-CN</c>.</summary>
    public string Language { get; }

    /// <summary>Gets the line of the subject, from 1.</summary>
    internal int SubjectLine { get; }

    /// <summary>Gets the names that subject and body read from the model, with their lines.</summary>
    internal IEnumerable<LiquidPath> Paths => _subject.Paths.Select(path => path with { Line = SubjectLine }).Concat(_body.Paths);

    /// <summary>Parses a template.</summary>
    /// <exception cref="MailTemplateException">With everything that is wrong with it.</exception>
    public static MailTemplate Parse(string path, string language, string text)
    {
        List<MailFault> faults = [];
        FrontMatter? head = FrontMatter.Read(path, text, faults);
        if (ValueCode.IsCarrying(text))
            faults.Add(new MailFault(path, "The template holds characters of Unicode's private plane 15, which are kept for values: remove them."));
        LiquidTemplate? subject = head is null ? null : Prepare(path, head.Subject, SubjectOptions, head.SubjectLine - 1, faults);
        LiquidTemplate? body = head is null ? null : Prepare(path, head.Body, BodyOptions, 0, faults);
        if (faults.Count > 0)
            throw new MailTemplateException(faults);
        return new MailTemplate(path, language, subject!, head!.SubjectLine, body!);
    }

    /// <summary>Gives the subject for a model, as one line.</summary>
    internal string RenderSubject(PlainObject model, ScriptContext context) => ValueCode.OneLine(Render(_subject, model, context, SubjectLine - 1));

    /// <summary>Gives the Markdown for a model, in which values are carried (<see cref="ValueCode"/>).</summary>
    internal string RenderBody(PlainObject model, ScriptContext context) => Render(_body, model, context, 0);

    private static LiquidTemplate? Prepare(string path, string source, LiquidOptions options, int linesBefore, List<MailFault> faults)
    {
        try
        {
            return LiquidTemplate.Prepare(source, options);
        }
        catch (ScriptException fault)
        {
            faults.AddRange(fault.Faults.Select(found => new MailFault(path, found.Message, found.Line + linesBefore)));
            return null;
        }
    }

    private string Render(LiquidTemplate template, PlainObject model, ScriptContext context, int linesBefore)
    {
        try
        {
            return template.Render(LiquidScope.Of(model), context);
        }
        catch (ScriptException fault)
        {
            throw new MailTemplateException([new MailFault(Path, fault.Fault.Message, fault.Fault.Line + linesBefore)]);
        }
    }
}
