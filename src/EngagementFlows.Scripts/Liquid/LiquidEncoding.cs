using System.Text;

namespace EngagementFlows.Scripts.Liquid;

/// <summary>Encodings of outputs.</summary>
public static class LiquidEncoding
{
    /// <summary>Returns <paramref name="text"/> with the five characters that mean something in HTML written as character references.</summary>
    public static string Html(string text)
    {
        int at = text.AsSpan().IndexOfAny("&<>\"'");
        if (at < 0)
            return text;
        StringBuilder encoded = new(text.Length + 16);
        encoded.Append(text, 0, at);
        foreach (char c in text.AsSpan(at))
        {
            string? reference = ReferenceOf(c);
            if (reference is null)
                encoded.Append(c);
            else
                encoded.Append(reference);
        }

        return encoded.ToString();
    }

    private static string? ReferenceOf(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&#34;",
        '\'' => "&#39;",
        _ => null,
    };
}
