using System.Globalization;
using System.Text;
using EngagementFlows.Scripts.Liquid;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EngagementFlows.Engagements.Mail.Markup;

/// <summary>Writes a letter as HTML for mail programs: plain elements, styles on each of them, the one button as a table.</summary>
internal sealed class HtmlPart
{
    private const string Paragraph = "margin:0 0 16px";
    private const string ListItem = "margin:0 0 6px";

    private readonly StringBuilder _html = new();
    private readonly MailDocument _letter;
    private readonly MailTexts _texts;

    private HtmlPart(MailDocument letter, MailTexts texts)
    {
        _letter = letter;
        _texts = texts;
    }

    /// <summary>Returns the elements of the letter, without a document around them.</summary>
    public static string Write(MailDocument letter, MailTexts texts)
    {
        HtmlPart part = new(letter, texts);
        part.WriteBlocks(letter.Blocks, isTight: false);
        return part._html.ToString();
    }

    /// <summary>Returns a text with its values in place, encoded; their line breaks become elements.</summary>
    public static string Encode(string text) => LiquidEncoding.Html(ValueCode.Decode(text)).Replace("\n", "<br>", StringComparison.Ordinal);

    private void WriteBlocks(ContainerBlock blocks, bool isTight)
    {
        foreach (Block block in blocks)
            WriteBlock(block, isTight);
    }

    private void WriteBlock(Block block, bool isTight)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when ReferenceEquals(paragraph, _letter.Button):
                WriteButton(MailDocument.LinkOf(paragraph)!);
                break;
            case ParagraphBlock paragraph when isTight:
                WriteInlines(paragraph.Inline!);
                break;
            case ParagraphBlock paragraph:
                WriteElement("p", Paragraph, paragraph.Inline!);
                break;
            case HeadingBlock heading:
                string size = heading.Level == 1 ? "20px" : "17px";
                WriteElement(heading.Level == 1 ? "h1" : "h2", $"margin:0 0 12px;font-size:{size};line-height:1.4;font-weight:600", heading.Inline!);
                break;
            case ListBlock list:
                WriteList(list);
                break;
            case QuoteBlock quote:
                _html.Append("<blockquote class=\"quiet\" style=\"margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #c5ccd6\">");
                WriteBlocks(quote, isTight: false);
                _html.Append("</blockquote>\n");
                break;
            case ThematicBreakBlock:
                _html.Append("<hr style=\"border:0;border-top:1px solid #c5ccd6;margin:20px 0\">\n");
                break;
            case CodeBlock code:
                _html.Append("<pre style=\"margin:0 0 16px;white-space:pre-wrap;font-family:Consolas,Menlo,monospace;font-size:14px\">")
                    .Append(LiquidEncoding.Html(ValueCode.Decode(code.Lines.ToString()))).Append("</pre>\n");
                break;
            case LinkReferenceDefinitionGroup:
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: mail HTML does not know the block '{block.GetType().Name}'.");
        }
    }

    private void WriteList(ListBlock list)
    {
        string start = list.IsOrdered && list.OrderedStart is { } first and not "1" && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? string.Create(CultureInfo.InvariantCulture, $" start=\"{number}\"")
            : "";
        string name = list.IsOrdered ? "ol" : "ul";
        _html.Append($"<{name}{start} style=\"margin:0 0 16px;padding:0 0 0 24px\">");
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            _html.Append($"<li style=\"{ListItem}\">");
            WriteBlocks(item, isTight: !list.IsLoose);
            _html.Append("</li>");
        }

        _html.Append($"</{name}>\n");
    }

    // A table cell with a background shows as a button even where mail programs drop the styles of links.
    private void WriteButton(LinkInline link)
    {
        string address = LiquidEncoding.Html(MailAddress.Of(link.Url ?? ""));
        string words = LiquidEncoding.Html(MailDocument.WordsOf(link));
        _html.Append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:8px 0 12px\"><tr>")
            .Append("<td class=\"button\" bgcolor=\"#1f5fbf\" style=\"background:#1f5fbf;border-radius:6px\">")
            .Append($"<a href=\"{address}\" style=\"display:inline-block;padding:13px 26px;font-size:17px;font-weight:600;line-height:1.3;color:#ffffff;text-decoration:none\">")
            .Append(words).Append("</a></td></tr></table>\n")
            .Append("<p class=\"quiet\" style=\"margin:0 0 16px;font-size:13px;color:#5b6675\">")
            .Append(LiquidEncoding.Html(_texts.Button))
            .Append($"<br><a class=\"link\" href=\"{address}\" style=\"color:#1f5fbf;word-break:break-all\">{address}</a></p>\n");
    }

    private void WriteElement(string name, string style, ContainerInline inlines)
    {
        _html.Append($"<{name} style=\"{style}\">");
        WriteInlines(inlines);
        _html.Append($"</{name}>\n");
    }

    private void WriteInlines(ContainerInline inlines)
    {
        foreach (Inline inline in inlines)
            WriteInline(inline);
    }

    private void WriteInline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                _html.Append(Encode(literal.Content.ToString()));
                break;
            case CodeInline code:
                _html.Append("<code style=\"font-family:Consolas,Menlo,monospace\">").Append(Encode(code.Content)).Append("</code>");
                break;
            case HtmlEntityInline entity:
                _html.Append(LiquidEncoding.Html(entity.Transcoded.ToString()));
                break;
            case LineBreakInline line:
                _html.Append(line.IsHard ? "<br>" : "\n");
                break;
            case AutolinkInline link:
                WriteLink(link.IsEmail ? "mailto:" + link.Url : link.Url, () => _html.Append(Encode(link.Url)));
                break;
            case LinkInline { IsImage: false } link:
                WriteLink(link.Url ?? "", () => WriteInlines(link));
                break;
            case EmphasisInline { DelimiterCount: 2 } strong:
                WriteAround("strong", strong);
                break;
            case EmphasisInline emphasis:
                WriteAround("em", emphasis);
                break;
            case ContainerInline container:
                WriteInlines(container);
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: mail HTML does not know the inline '{inline.GetType().Name}'.");
        }
    }

    private void WriteLink(string address, Action writeWords)
    {
        _html.Append($"<a class=\"link\" href=\"{LiquidEncoding.Html(MailAddress.Of(address))}\" style=\"color:#1f5fbf\">");
        writeWords();
        _html.Append("</a>");
    }

    private void WriteAround(string name, ContainerInline inlines)
    {
        _html.Append($"<{name}>");
        WriteInlines(inlines);
        _html.Append($"</{name}>");
    }
}
