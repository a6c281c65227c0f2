using System.Text;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Unicode normal forms (Unicode §3.11), Hangul by arithmetic (§3.12).</summary>
internal static class Normalization
{
    private const int HangulBase = 0xac00;
    private const int HangulCount = 11172;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11a7;
    private const int Vowels = 21;
    private const int Tails = 28;

    public static string Normalize(string text, string form)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007f') < 0)
            return text;
        List<int> codes = Decompose(text, form is "NFKC" or "NFKD");
        Reorder(codes);
        if (form is "NFC" or "NFKC")
            Compose(codes);
        StringBuilder result = new(text.Length);
        foreach (int code in codes)
            result.Append(Texts.OfCodePoint(code));
        return result.ToString();
    }

    private static int ClassOf(int code) => UnicodeData.Shared.Classes.GetValueOrDefault(code);

    private static List<int> Decompose(string text, bool isCompatible)
    {
        List<int> codes = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int code = Texts.CodePointAt(text, i);
            if (code > 0xffff)
                i++;
            Decompose(code, isCompatible, codes);
        }

        return codes;
    }

    private static void Decompose(int code, bool isCompatible, List<int> codes)
    {
        if (code is >= HangulBase and < HangulBase + HangulCount)
        {
            int index = code - HangulBase;
            codes.Add(LeadBase + (index / (Vowels * Tails)));
            codes.Add(VowelBase + (index % (Vowels * Tails) / Tails));
            if (index % Tails > 0)
                codes.Add(TailBase + (index % Tails));
            return;
        }

        if (code < 0xa0 || (!UnicodeData.Shared.Canonical.TryGetValue(code, out int[]? parts) && !(isCompatible && UnicodeData.Shared.Compatible.TryGetValue(code, out parts))))
        {
            codes.Add(code);
            return;
        }

        foreach (int part in parts!)
            Decompose(part, isCompatible, codes);
    }

    /// <summary>Sorts each run of marks by combining class, stably.</summary>
    private static void Reorder(List<int> codes)
    {
        for (int i = 0; i < codes.Count; i++)
        {
            if (ClassOf(codes[i]) == 0)
                continue;
            int end = i;
            while (end < codes.Count && ClassOf(codes[end]) != 0)
                end++;
            int[] sorted = [.. codes.GetRange(i, end - i).OrderBy(ClassOf)];
            for (int k = 0; k < sorted.Length; k++)
                codes[i + k] = sorted[k];
            i = end;
        }
    }

    private static void Compose(List<int> codes)
    {
        int to = 0;
        int starter = -1;
        int lastClass = -1;
        for (int from = 0; from < codes.Count; from++)
        {
            int code = codes[from];
            int codeClass = ClassOf(code);
            if (starter >= 0 && (lastClass < codeClass || lastClass == -1) && TryPair(codes[starter], code, out int composed))
            {
                codes[starter] = composed;
                continue;
            }

            if (codeClass == 0)
            {
                starter = to;
                lastClass = -1;
            }
            else
            {
                lastClass = codeClass;
            }

            codes[to++] = code;
        }

        codes.RemoveRange(to, codes.Count - to);
    }

    private static bool TryPair(int first, int second, out int composed)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < 19 && vowel is >= 0 and < Vowels)
        {
            composed = HangulBase + (((lead * Vowels) + vowel) * Tails);
            return true;
        }

        int syllable = first - HangulBase;
        int tail = second - TailBase;
        if (syllable is >= 0 and < HangulCount && syllable % Tails == 0 && tail is > 0 and < Tails)
        {
            composed = first + tail;
            return true;
        }

        return UnicodeData.Shared.Compositions.TryGetValue((first, second), out composed);
    }
}
