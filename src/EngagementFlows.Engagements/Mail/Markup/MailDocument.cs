using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EngagementFlows.Engagements.Mail.Markup;

/// <summary>A letter, parsed from Markdown without HTML, tables or pictures.</summary>
/// <param name="Blocks">Paragraphs, headings, lists, quotes, code, rules.</param>
/// <param name="Button">The paragraph that is one link and nothing else, if there is one: the letter's one act.</param>
/// <param name="ButtonCount">How many such paragraphs there are; only the first is a button.</param>
/// <param name="HasPictures">Whether the letter names pictures, which it cannot show.</param>
internal sealed record MailDocument(MarkdownDocument Blocks, ParagraphBlock? Button, int ButtonCount, bool HasPictures)
{
    // CommonMark with HTML switched off: tags in a template or a value are text.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static MailDocument Parse(string markdown)
    {
        MarkdownDocument blocks = Markdown.Parse(markdown, Pipeline);
        List<ParagraphBlock> buttons = [.. blocks.OfType<ParagraphBlock>().Where(paragraph => LinkOf(paragraph) is not null)];
        bool hasPictures = blocks.Descendants<LinkInline>().Any(link => link.IsImage);
        return new MailDocument(blocks, buttons.FirstOrDefault(), buttons.Count, hasPictures);
    }

    /// <summary>Returns the link that a paragraph consists of, or <see langword="null"/>.</summary>
    public static LinkInline? LinkOf(ParagraphBlock paragraph) =>
        paragraph.Inline is { } line && line.FirstChild is LinkInline { IsImage: false } link && ReferenceEquals(link, line.LastChild) ? link : null;

    /// <summary>Returns the words of a link.</summary>
    public static string WordsOf(ContainerInline link)
    {
        TextLines words = new();
        words.AppendInlines(link);
        return words.ToString();
    }
}
