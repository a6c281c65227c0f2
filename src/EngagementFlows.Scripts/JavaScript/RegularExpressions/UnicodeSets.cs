using System.Collections.Concurrent;
using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>The sets behind <c>\d \s \w</c> and <c>\p{…}</c> (ECMA-262 §22.2.2.9).</summary>
internal static class UnicodeSets
{
    public static readonly CodePointSet Digits = CodePointSet.Of(('0', '9')).Freeze();

    public static readonly CodePointSet Words = CodePointSet.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')).Freeze();

    public static readonly CodePointSet Spaces = CodePointSet.Of(
        (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)).Freeze();

    public static readonly CodePointSet LineEnds = CodePointSet.Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Freeze();

    private static readonly Dictionary<string, UnicodeCategory[]> Categories = MakeCategories();

    private static readonly Dictionary<string, (int From, int To)[]> Scripts = new(StringComparer.Ordinal)
    {
        ["Arabic"] = [(0x600, 0x604), (0x606, 0x60B), (0x60D, 0x61A), (0x61C, 0x61E), (0x620, 0x63F), (0x641, 0x64A), (0x656, 0x66F), (0x671, 0x6DC), (0x6DE, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8E1), (0x8E3, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)],
        ["Cyrillic"] = [(0x400, 0x484), (0x487, 0x52F), (0x1C80, 0x1C8A), (0x1D2B, 0x1D2B), (0x1D78, 0x1D78), (0x2DE0, 0x2DFF), (0xA640, 0xA69F), (0xFE2E, 0xFE2F)],
        ["Devanagari"] = [(0x900, 0x950), (0x955, 0x963), (0x966, 0x97F), (0xA8E0, 0xA8FF)],
        ["Greek"] = [(0x370, 0x373), (0x375, 0x377), (0x37A, 0x37D), (0x37F, 0x37F), (0x384, 0x384), (0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3E1), (0x3F0, 0x3FF), (0x1D26, 0x1D2A), (0x1F00, 0x1FFE), (0x2126, 0x2126)],
        ["Han"] = [(0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D), (0xFA70, 0xFAD9), (0x16FE2, 0x16FE3), (0x16FF0, 0x16FF1), (0x20000, 0x2A6DF), (0x2A700, 0x2B739), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x2EBF0, 0x2EE5D), (0x2F800, 0x2FA1D), (0x30000, 0x3134A), (0x31350, 0x323AF)],
        ["Hangul"] = [(0x1100, 0x11FF), (0x302E, 0x302F), (0x3131, 0x318E), (0x3200, 0x321E), (0x3260, 0x327E), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xD7B0, 0xD7C6), (0xD7CB, 0xD7FB), (0xFFA0, 0xFFBE), (0xFFC2, 0xFFC7), (0xFFCA, 0xFFCF), (0xFFD2, 0xFFD7), (0xFFDA, 0xFFDC)],
        ["Hebrew"] = [(0x591, 0x5C7), (0x5D0, 0x5EA), (0x5EF, 0x5F4), (0xFB1D, 0xFB36), (0xFB38, 0xFB3C), (0xFB3E, 0xFB3E), (0xFB40, 0xFB41), (0xFB43, 0xFB44), (0xFB46, 0xFB4F)],
        ["Hiragana"] = [(0x3041, 0x3096), (0x309D, 0x309F), (0x1B001, 0x1B11F), (0x1B132, 0x1B132), (0x1B150, 0x1B152), (0x1F200, 0x1F200)],
        ["Katakana"] = [(0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0x32D0, 0x32FE), (0x3300, 0x3357), (0xFF66, 0xFF6F), (0xFF71, 0xFF9D), (0x1AFF0, 0x1AFF3), (0x1AFF5, 0x1AFFB), (0x1AFFD, 0x1AFFE), (0x1B000, 0x1B000), (0x1B120, 0x1B122), (0x1B155, 0x1B155), (0x1B164, 0x1B167)],
        ["Latin"] = [(0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2B8), (0x2E0, 0x2E4), (0x1D00, 0x1D25), (0x1D2C, 0x1D5C), (0x1D62, 0x1D65), (0x1D6B, 0x1D77), (0x1D79, 0x1DBE), (0x1E00, 0x1EFF), (0x2071, 0x2071), (0x207F, 0x207F), (0x2090, 0x209C), (0x212A, 0x212B), (0x2132, 0x2132), (0x214E, 0x214E), (0x2160, 0x2188), (0x2C60, 0x2C7F), (0xA722, 0xA787), (0xA78B, 0xA7CD), (0xA7F2, 0xA7FF), (0xAB30, 0xAB5A), (0xAB5C, 0xAB64), (0xAB66, 0xAB69), (0xFB00, 0xFB06), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)],
        ["Thai"] = [(0xE01, 0xE3A), (0xE40, 0xE5B)],
    };

    private static readonly ConcurrentDictionary<string, CodePointSet?> Properties = new(StringComparer.Ordinal);

    /// <summary>Returns the set of a property expression (<c>Lu</c>, <c>Script=Han</c>), or <see langword="null"/> if it is not known.</summary>
    public static CodePointSet? Property(string expression)
    {
        // Only names that exist are kept, so hostile patterns cannot fill the cache.
        if (Properties.TryGetValue(expression, out CodePointSet? known))
            return known;
        CodePointSet? made = Make(expression);
        return made is null ? null : Properties.GetOrAdd(expression, made.Freeze());
    }

    private static CodePointSet? Make(string expression)
    {
        int equals = expression.IndexOf('=');
        if (equals >= 0)
        {
            string value = expression[(equals + 1)..];
            return expression[..equals] switch
            {
                "Script" or "sc" or "Script_Extensions" or "scx" => Script(value),
                "General_Category" or "gc" => Categories.TryGetValue(value, out UnicodeCategory[]? wanted) ? Where(category => Array.IndexOf(wanted, category) >= 0) : null,
                _ => null,
            };
        }

        if (Categories.TryGetValue(expression, out UnicodeCategory[]? categories))
            return Where(category => Array.IndexOf(categories, category) >= 0);
        return expression switch
        {
            "Any" => CodePointSet.Of((0, CodePointSet.Last)),
            "ASCII" => CodePointSet.Of((0, 0x7F)),
            "ASCII_Hex_Digit" or "AHex" => CodePointSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
            "White_Space" or "space" => CodePointSet.Of((0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
            "Alphabetic" or "Alpha" => Where(category => category <= UnicodeCategory.OtherLetter || category == UnicodeCategory.LetterNumber),
            "Uppercase" or "Upper" => Where(category => category == UnicodeCategory.UppercaseLetter),
            "Lowercase" or "Lower" => Where(category => category == UnicodeCategory.LowercaseLetter),
            "ID_Start" or "IDS" => Where(category => category <= UnicodeCategory.OtherLetter || category == UnicodeCategory.LetterNumber),
            "ID_Continue" or "IDC" => Where(category => category <= UnicodeCategory.OtherLetter
                || category is UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation),
            "Ideographic" or "Ideo" => CodePointSet.Of((0x3006, 0x3007), (0x3021, 0x3029), (0x3038, 0x303A), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D), (0xFA70, 0xFAD9), (0x17000, 0x18CD5), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x2F800, 0x2FA1D), (0x30000, 0x323AF)),
            "Emoji_Presentation" or "EPres" or "Extended_Pictographic" or "ExtPict" => CodePointSet.Of((0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1E6, 0x1F202), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F7E0, 0x1F7EB), (0x1F90C, 0x1F9FF), (0x1FA70, 0x1FAFF)),
            _ => null,
        };
    }

    private static CodePointSet? Script(string name) => Scripts.TryGetValue(
        name switch
        {
            "Arab" => "Arabic",
            "Cyrl" => "Cyrillic",
            "Deva" => "Devanagari",
            "Grek" => "Greek",
            "Hani" => "Han",
            "Hang" => "Hangul",
            "Hebr" => "Hebrew",
            "Hira" => "Hiragana",
            "Kana" => "Katakana",
            "Latn" => "Latin",
            _ => name,
        },
        out (int From, int To)[]? ranges) ? CodePointSet.Of(ranges) : null;

    private static CodePointSet Where(Func<UnicodeCategory, bool> belongs)
    {
        CodePointSet set = new();
        int from = -1;
        for (int point = 0; point <= CodePointSet.Last + 1; point++)
        {
            bool isIn = point <= CodePointSet.Last && belongs(CharUnicodeInfo.GetUnicodeCategory(point));
            if (isIn && from < 0)
                from = point;
            else if (!isIn && from >= 0)
            {
                set.Add(from, point - 1);
                from = -1;
            }
        }

        return set;
    }

    private static Dictionary<string, UnicodeCategory[]> MakeCategories()
    {
        Dictionary<string, UnicodeCategory[]> all = new(StringComparer.Ordinal);
        void Name(string brief, string full, params UnicodeCategory[] categories) => all[brief] = all[full] = categories;
        Name("Lu", "Uppercase_Letter", UnicodeCategory.UppercaseLetter);
        Name("Ll", "Lowercase_Letter", UnicodeCategory.LowercaseLetter);
        Name("Lt", "Titlecase_Letter", UnicodeCategory.TitlecaseLetter);
        Name("LC", "Cased_Letter", UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter);
        Name("Lm", "Modifier_Letter", UnicodeCategory.ModifierLetter);
        Name("Lo", "Other_Letter", UnicodeCategory.OtherLetter);
        Name("L", "Letter", [.. all["LC"], UnicodeCategory.ModifierLetter, UnicodeCategory.OtherLetter]);
        Name("Mn", "Nonspacing_Mark", UnicodeCategory.NonSpacingMark);
        Name("Mc", "Spacing_Mark", UnicodeCategory.SpacingCombiningMark);
        Name("Me", "Enclosing_Mark", UnicodeCategory.EnclosingMark);
        Name("M", "Mark", UnicodeCategory.NonSpacingMark, UnicodeCategory.SpacingCombiningMark, UnicodeCategory.EnclosingMark);
        Name("Nd", "Decimal_Number", UnicodeCategory.DecimalDigitNumber);
        Name("Nl", "Letter_Number", UnicodeCategory.LetterNumber);
        Name("No", "Other_Number", UnicodeCategory.OtherNumber);
        Name("N", "Number", UnicodeCategory.DecimalDigitNumber, UnicodeCategory.LetterNumber, UnicodeCategory.OtherNumber);
        Name("Pc", "Connector_Punctuation", UnicodeCategory.ConnectorPunctuation);
        Name("Pd", "Dash_Punctuation", UnicodeCategory.DashPunctuation);
        Name("Ps", "Open_Punctuation", UnicodeCategory.OpenPunctuation);
        Name("Pe", "Close_Punctuation", UnicodeCategory.ClosePunctuation);
        Name("Pi", "Initial_Punctuation", UnicodeCategory.InitialQuotePunctuation);
        Name("Pf", "Final_Punctuation", UnicodeCategory.FinalQuotePunctuation);
        Name("Po", "Other_Punctuation", UnicodeCategory.OtherPunctuation);
        Name("P", "Punctuation", UnicodeCategory.ConnectorPunctuation, UnicodeCategory.DashPunctuation, UnicodeCategory.OpenPunctuation, UnicodeCategory.ClosePunctuation, UnicodeCategory.InitialQuotePunctuation, UnicodeCategory.FinalQuotePunctuation, UnicodeCategory.OtherPunctuation);
        Name("Sm", "Math_Symbol", UnicodeCategory.MathSymbol);
        Name("Sc", "Currency_Symbol", UnicodeCategory.CurrencySymbol);
        Name("Sk", "Modifier_Symbol", UnicodeCategory.ModifierSymbol);
        Name("So", "Other_Symbol", UnicodeCategory.OtherSymbol);
        Name("S", "Symbol", UnicodeCategory.MathSymbol, UnicodeCategory.CurrencySymbol, UnicodeCategory.ModifierSymbol, UnicodeCategory.OtherSymbol);
        Name("Zs", "Space_Separator", UnicodeCategory.SpaceSeparator);
        Name("Zl", "Line_Separator", UnicodeCategory.LineSeparator);
        Name("Zp", "Paragraph_Separator", UnicodeCategory.ParagraphSeparator);
        Name("Z", "Separator", UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator);
        Name("Cc", "Control", UnicodeCategory.Control);
        Name("Cf", "Format", UnicodeCategory.Format);
        Name("Cs", "Surrogate", UnicodeCategory.Surrogate);
        Name("Co", "Private_Use", UnicodeCategory.PrivateUse);
        Name("Cn", "Unassigned", UnicodeCategory.OtherNotAssigned);
        Name("C", "Other", UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate, UnicodeCategory.PrivateUse, UnicodeCategory.OtherNotAssigned);
        all["punct"] = all["P"];
        all["digit"] = all["Nd"];
        all["cntrl"] = all["Cc"];
        return all;
    }
}
