using System.Globalization;
using System.Text;
using Markdig.Syntax;

namespace EngagementFlows.Engagements.Mail.Markup;

/// <summary>Writes a letter as plain text: the words as they are, and each address on a line of its own behind its paragraph.</summary>
internal sealed class TextPart
{
    private readonly StringBuilder _text = new();
    private readonly MailTexts _texts;

    private TextPart(MailTexts texts) => _texts = texts;

    /// <summary>Returns the text; lines end with a line feed.</summary>
    public static string Write(MailDocument letter, MailTexts texts)
    {
        TextPart part = new(texts);
        part.WriteBlocks(letter.Blocks, "", isTight: false);
        return part._text.ToString();
    }

    private void WriteBlocks(ContainerBlock blocks, string indent, bool isTight)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            int before = _text.Length;
            if (i > 0)
                _text.Append(isTight ? "" : indent.TrimEnd() + "\n");
            int from = _text.Length;
            WriteBlock(blocks[i], indent);
            // A block that writes nothing, such as the definition of a link, leaves no gap.
            if (_text.Length == from)
                _text.Length = before;
        }
    }

    private void WriteBlock(Block block, string indent)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                WriteParagraph(paragraph, indent);
                break;
            case HeadingBlock heading:
                TextLines words = new();
                words.AppendInlines(heading.Inline!);
                WriteLines(words.ToString(), indent);
                WriteLinks(words, indent);
                break;
            case ListBlock list:
                WriteList(list, indent);
                break;
            case QuoteBlock quote:
                WriteBlocks(quote, indent + "> ", isTight: false);
                break;
            case ThematicBreakBlock:
                _text.Append(indent).Append("----\n");
                break;
            case CodeBlock code:
                WriteLines(ValueCode.Decode(code.Lines.ToString()), indent + "    ");
                break;
            case LinkReferenceDefinitionGroup:
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: mail text does not know the block '{block.GetType().Name}'.");
        }
    }

    private void WriteParagraph(ParagraphBlock paragraph, string indent)
    {
        TextLines words = new();
        words.AppendInlines(paragraph.Inline!);
        // A paragraph that is one link needs its words once only, in front of the address.
        if (MailDocument.LinkOf(paragraph) is null || words.Links.Count == 0)
            WriteLines(words.ToString(), indent);
        WriteLinks(words, indent);
    }

    private void WriteLinks(TextLines words, string indent)
    {
        foreach ((string link, string address) in words.Links)
        {
            WriteLines(link + _texts.Separator.TrimEnd(), indent);
            WriteLines(address, indent);
        }
    }

    private void WriteList(ListBlock list, string indent)
    {
        int number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 1;
        bool isFirst = true;
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            if (!isFirst && list.IsLoose)
                _text.Append(indent.TrimEnd()).Append('\n');
            isFirst = false;
            string mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            string inner = indent + new string(' ', mark.Length);
            int from = _text.Length;
            WriteBlocks(item, inner, isTight: !list.IsLoose);
            if (_text.Length == from)
                _text.Append(inner).Append('\n');
            _text.Remove(from + indent.Length, mark.Length).Insert(from + indent.Length, mark);
        }
    }

    private void WriteLines(string text, string indent)
    {
        foreach (string line in text.Split('\n'))
            _text.Append(indent).Append(line.TrimEnd()).Append('\n');
    }
}
