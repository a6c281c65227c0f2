namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Code points in UTF-16 text (ECMA-262 §11.1).</summary>
internal static class Texts
{
    public static int CodePointAt(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        ? char.ConvertToUtf32(text[at], text[at + 1])
        : text[at];

    public static string OfCodePoint(int code) => code > 0xffff ? char.ConvertFromUtf32(code) : ((char)code).ToString();

    public static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (CodePointAt(text, i) <= 0xffff)
                return false;
            i++;
        }

        return true;
    }

    public static string ToWellFormed(string text)
    {
        if (IsWellFormed(text))
            return text;
        char[] result = text.ToCharArray();
        for (int i = 0; i < result.Length; i++)
        {
            if (!char.IsSurrogate(result[i]))
                continue;
            if (CodePointAt(text, i) > 0xffff)
                i++;
            else
                result[i] = '\ufffd';
        }

        return new string(result);
    }
}
