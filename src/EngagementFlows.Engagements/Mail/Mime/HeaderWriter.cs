using System.Globalization;
using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>Writes header fields, folded at 76 characters (RFC 5322 §2.2.3). What is given to it can never begin another field.</summary>
internal sealed class HeaderWriter
{
    private const int LongestLine = 76;

    private readonly StringBuilder _text = new();

    /// <summary>Writes a field of words; a line is broken between words only.</summary>
    public void Write(string name, IEnumerable<string> words) => Write(name, words, word => word.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0);

    public void Write(string name, string value) => Write(name, value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Writes a field of free text in any language.</summary>
    public void WriteText(string name, string text)
    {
        string line = ValueCode.OneLine(text);
        Write(name, EncodedWords.IsPlain(line) ? line.Split(' ') : EncodedWords.Of(line, name.Length + 1));
    }

    /// <summary>Writes a field of mailboxes. No encoding of a header's text may stand in an address: one that is not ASCII stands there as it is (RFC 6532).</summary>
    public void Write(string name, IReadOnlyList<Mailbox> mailboxes) => Write(
        name,
        mailboxes.SelectMany((mailbox, index) => WordsOf(mailbox, index == 0 ? name.Length + 1 : 0, index < mailboxes.Count - 1 ? "," : "")),
        word => !word.Any(char.IsControl));

    public void WriteDate(DateTimeOffset date) => Write(
        "Date",
        date.ToString("ddd, d MMM yyyy HH':'mm':'ss ", CultureInfo.InvariantCulture) + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));

    /// <summary>Ends the head.</summary>
    public void End() => _text.Append("\r\n");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Write(string name, IEnumerable<string> words, Func<string, bool> isSafe)
    {
        _text.Append(name).Append(':');
        int length = name.Length + 1;
        bool isFirst = true;
        foreach (string word in words)
        {
            if (!isSafe(word))
                throw new ArgumentException($"EngagementFlows bug: header '{name}' was given text that is not printable ASCII.", nameof(words));
            if (!isFirst && length + 1 + word.Length > LongestLine)
            {
                _text.Append("\r\n");
                length = 0;
            }

            _text.Append(' ').Append(word);
            length += 1 + word.Length;
            isFirst = false;
        }

        _text.Append("\r\n");
    }

    private static IEnumerable<string> WordsOf(Mailbox mailbox, int used, string end)
    {
        if (mailbox.Name is null)
            return [mailbox.Address + end];
        string address = $"<{mailbox.Address}>{end}";
        if (!EncodedWords.IsPlain(mailbox.Name))
            return [.. EncodedWords.Of(mailbox.Name, used), address];
        string quoted = mailbox.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return [.. $"\"{quoted}\"".Split(' '), address];
    }
}
