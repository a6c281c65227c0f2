using System.Text;
using Markdig.Syntax.Inlines;

namespace EngagementFlows.Engagements.Mail.Markup;

/// <summary>The words of a paragraph in plain text, and the links that it names.</summary>
internal sealed class TextLines
{
    private readonly StringBuilder _text = new();

    /// <summary>Gets words and address of each link whose words are not its address.</summary>
    public List<(string Words, string Address)> Links { get; } = [];

    public void AppendInlines(ContainerInline inlines)
    {
        foreach (Inline inline in inlines)
            Append(inline);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Append(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                _text.Append(ValueCode.Decode(literal.Content.ToString()));
                break;
            case CodeInline code:
                _text.Append(ValueCode.Decode(code.Content));
                break;
            case HtmlEntityInline entity:
                _text.Append(entity.Transcoded.ToString());
                break;
            case LineBreakInline line:
                _text.Append(line.IsHard ? '\n' : ' ');
                break;
            case AutolinkInline link:
                _text.Append(ValueCode.Decode(link.Url));
                break;
            case LinkInline link:
                AppendLink(link);
                break;
            case ContainerInline container:
                AppendInlines(container);
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: mail text does not know the inline '{inline.GetType().Name}'.");
        }
    }

    private void AppendLink(LinkInline link)
    {
        int from = _text.Length;
        AppendInlines(link);
        string words = _text.ToString(from, _text.Length - from);
        string address = MailAddress.Of(link.Url ?? "");
        if (words != address && "mailto:" + words != address)
            Links.Add((words, address));
    }
}
