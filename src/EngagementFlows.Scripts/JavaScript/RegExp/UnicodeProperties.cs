using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Sets for <c>\p{…}</c>: general categories, and the properties and scripts that texts in English and Chinese need.</summary>
internal static class UnicodeProperties
{
    private static readonly Dictionary<string, string[]> s_categories = new(StringComparer.Ordinal)
    {
        ["L"] = ["Lu", "Ll", "Lt", "Lm", "Lo"],
        ["Letter"] = ["Lu", "Ll", "Lt", "Lm", "Lo"],
        ["LC"] = ["Lu", "Ll", "Lt"],
        ["Cased_Letter"] = ["Lu", "Ll", "Lt"],
        ["Lu"] = ["Lu"],
        ["Uppercase_Letter"] = ["Lu"],
        ["Ll"] = ["Ll"],
        ["Lowercase_Letter"] = ["Ll"],
        ["Lt"] = ["Lt"],
        ["Titlecase_Letter"] = ["Lt"],
        ["Lm"] = ["Lm"],
        ["Modifier_Letter"] = ["Lm"],
        ["Lo"] = ["Lo"],
        ["Other_Letter"] = ["Lo"],
        ["M"] = ["Mn", "Mc", "Me"],
        ["Mark"] = ["Mn", "Mc", "Me"],
        ["Mn"] = ["Mn"],
        ["Nonspacing_Mark"] = ["Mn"],
        ["Mc"] = ["Mc"],
        ["Spacing_Mark"] = ["Mc"],
        ["Me"] = ["Me"],
        ["Enclosing_Mark"] = ["Me"],
        ["N"] = ["Nd", "Nl", "No"],
        ["Number"] = ["Nd", "Nl", "No"],
        ["Nd"] = ["Nd"],
        ["Decimal_Number"] = ["Nd"],
        ["digit"] = ["Nd"],
        ["Nl"] = ["Nl"],
        ["Letter_Number"] = ["Nl"],
        ["No"] = ["No"],
        ["Other_Number"] = ["No"],
        ["P"] = ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"],
        ["Punctuation"] = ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"],
        ["punct"] = ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"],
        ["Pc"] = ["Pc"],
        ["Connector_Punctuation"] = ["Pc"],
        ["Pd"] = ["Pd"],
        ["Dash_Punctuation"] = ["Pd"],
        ["Ps"] = ["Ps"],
        ["Open_Punctuation"] = ["Ps"],
        ["Pe"] = ["Pe"],
        ["Close_Punctuation"] = ["Pe"],
        ["Pi"] = ["Pi"],
        ["Initial_Punctuation"] = ["Pi"],
        ["Pf"] = ["Pf"],
        ["Final_Punctuation"] = ["Pf"],
        ["Po"] = ["Po"],
        ["Other_Punctuation"] = ["Po"],
        ["S"] = ["Sm", "Sc", "Sk", "So"],
        ["Symbol"] = ["Sm", "Sc", "Sk", "So"],
        ["Sm"] = ["Sm"],
        ["Math_Symbol"] = ["Sm"],
        ["Sc"] = ["Sc"],
        ["Currency_Symbol"] = ["Sc"],
        ["Sk"] = ["Sk"],
        ["Modifier_Symbol"] = ["Sk"],
        ["So"] = ["So"],
        ["Other_Symbol"] = ["So"],
        ["Z"] = ["Zs", "Zl", "Zp"],
        ["Separator"] = ["Zs", "Zl", "Zp"],
        ["Zs"] = ["Zs"],
        ["Space_Separator"] = ["Zs"],
        ["Zl"] = ["Zl"],
        ["Line_Separator"] = ["Zl"],
        ["Zp"] = ["Zp"],
        ["Paragraph_Separator"] = ["Zp"],
        ["C"] = ["Cc", "Cf", "Cs", "Co", "Cn"],
        ["Other"] = ["Cc", "Cf", "Cs", "Co", "Cn"],
        ["Cc"] = ["Cc"],
        ["Control"] = ["Cc"],
        ["cntrl"] = ["Cc"],
        ["Cf"] = ["Cf"],
        ["Format"] = ["Cf"],
        ["Cs"] = ["Cs"],
        ["Surrogate"] = ["Cs"],
        ["Co"] = ["Co"],
        ["Private_Use"] = ["Co"],
        ["Cn"] = ["Cn"],
        ["Unassigned"] = ["Cn"],
    };

    private static readonly string[] s_short =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly Dictionary<string, (int First, int Last)[]> s_scripts = new(StringComparer.Ordinal)
    {
        ["Latin"] = [(0x41, 0x5a), (0x61, 0x7a), (0xaa, 0xaa), (0xba, 0xba), (0xc0, 0xd6), (0xd8, 0xf6), (0xf8, 0x2b8), (0x2e0, 0x2e4), (0x1d00, 0x1d25), (0x1d2c, 0x1d5c), (0x1d62, 0x1d65), (0x1d6b, 0x1d77), (0x1d79, 0x1dbe), (0x1e00, 0x1eff), (0x2071, 0x2071), (0x207f, 0x207f), (0x2090, 0x209c), (0x212a, 0x212b), (0x2132, 0x2132), (0x214e, 0x214e), (0x2160, 0x2188), (0x2c60, 0x2c7f), (0xa722, 0xa787), (0xa78b, 0xa7ca), (0xa7f2, 0xa7ff), (0xab30, 0xab5a), (0xab5c, 0xab64), (0xfb00, 0xfb06), (0xff21, 0xff3a), (0xff41, 0xff5a)],
        ["Greek"] = [(0x370, 0x373), (0x375, 0x377), (0x37a, 0x37d), (0x37f, 0x37f), (0x384, 0x384), (0x386, 0x386), (0x388, 0x3e1), (0x3f0, 0x3ff), (0x1f00, 0x1ffe), (0x2126, 0x2126)],
        ["Cyrillic"] = [(0x400, 0x484), (0x487, 0x52f), (0x1c80, 0x1c88), (0x1d2b, 0x1d2b), (0x1d78, 0x1d78), (0x2de0, 0x2dff), (0xa640, 0xa69f)],
        ["Han"] = [(0x2e80, 0x2e99), (0x2e9b, 0x2ef3), (0x2f00, 0x2fd5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303b), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xf900, 0xfa6d), (0xfa70, 0xfad9), (0x16fe2, 0x16fe3), (0x16ff0, 0x16ff1), (0x20000, 0x2a6df), (0x2a700, 0x2b739), (0x2b740, 0x2b81d), (0x2b820, 0x2cea1), (0x2ceb0, 0x2ebe0), (0x2f800, 0x2fa1d), (0x30000, 0x3134a), (0x31350, 0x323af)],
        ["Hiragana"] = [(0x3041, 0x3096), (0x309d, 0x309f), (0x1b001, 0x1b11f), (0x1f200, 0x1f200)],
        ["Katakana"] = [(0x30a1, 0x30fa), (0x30fd, 0x30ff), (0x31f0, 0x31ff), (0x32d0, 0x32fe), (0x3300, 0x3357), (0xff66, 0xff6f), (0xff71, 0xff9d)],
        ["Hangul"] = [(0x1100, 0x11ff), (0x302e, 0x302f), (0x3131, 0x318e), (0x3200, 0x321e), (0x3260, 0x327e), (0xa960, 0xa97c), (0xac00, 0xd7a3), (0xd7b0, 0xd7c6), (0xd7cb, 0xd7fb), (0xffa0, 0xffdc)],
        ["Hebrew"] = [(0x591, 0x5c7), (0x5d0, 0x5ea), (0x5ef, 0x5f4), (0xfb1d, 0xfb4f)],
        ["Arabic"] = [(0x600, 0x604), (0x606, 0x60b), (0x60d, 0x61a), (0x61c, 0x61e), (0x620, 0x63f), (0x641, 0x64a), (0x656, 0x66f), (0x671, 0x6dc), (0x6de, 0x6ff), (0x750, 0x77f), (0xfb50, 0xfdff), (0xfe70, 0xfefc)],
        ["Thai"] = [(0xe01, 0xe3a), (0xe40, 0xe5b)],
    };

    public static CharacterSet? Find(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string value = equals < 0 ? text : text[(equals + 1)..];
        string name = equals < 0 ? string.Empty : text[..equals];
        return name switch
        {
            "" => Category(value) ?? Binary(value),
            "gc" or "General_Category" => Category(value),
            "sc" or "Script" or "scx" or "Script_Extensions" => Script(value),
            _ => null,
        };
    }

    private static CharacterSet? Category(string value)
    {
        if (!s_categories.TryGetValue(value, out string[]? categories))
            return null;
        bool[] wanted = [.. s_short.Select(known => categories.Contains(known))];
        CharacterSet set = new();
        set.Add(c => wanted[(int)CharUnicodeInfo.GetUnicodeCategory(c)]);
        return set;
    }

    private static CharacterSet? Script(string value)
    {
        if (!s_scripts.TryGetValue(value, out (int First, int Last)[]? ranges))
            return null;
        CharacterSet set = new();
        foreach ((int first, int last) in ranges)
            set.Add(first, last);
        return set;
    }

    private static CharacterSet? Binary(string value)
    {
        CharacterSet set = new();
        switch (value)
        {
            case "Any": return set.Add(0, 0x10ffff);
            case "ASCII": return set.Add(0, 127);
            case "ASCII_Hex_Digit" or "AHex": return set.Add('0', '9').Add('a', 'f').Add('A', 'F');
            case "Alphabetic" or "Alpha":
                set.Add(c => CharUnicodeInfo.GetUnicodeCategory(c) is <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber);
                return set;
            case "Uppercase" or "Upper":
                set.Add(c => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter);
                return set;
            case "Lowercase" or "Lower":
                set.Add(c => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LowercaseLetter);
                return set;
            case "White_Space" or "space":
                return set.Add(9, 13).Add(32).Add(0x85).Add(0xa0).Add(0x1680).Add(0x2000, 0x200a).Add(0x2028, 0x2029).Add(0x202f).Add(0x205f).Add(0x3000);
            case "Assigned":
                set.Add(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.OtherNotAssigned);
                return set;
            case "ID_Start" or "IDS":
                set.Add(c => c is not ('$' or '_') && Characters.IsIdentifierStart(c));
                return set;
            case "ID_Continue" or "IDC":
                set.Add(c => c is not ('$' or 0x200c or 0x200d) && Characters.IsIdentifierPart(c));
                return set;
            case "Ideographic" or "Ideo":
                return set.Add(0x3006, 0x3007).Add(0x3021, 0x3029).Add(0x3038, 0x303a).Add(0x3400, 0x4dbf).Add(0x4e00, 0x9fff).Add(0xf900, 0xfa6d).Add(0xfa70, 0xfad9).Add(0x17000, 0x18cd5).Add(0x20000, 0x2a6df).Add(0x2a700, 0x2ebe0).Add(0x2f800, 0x2fa1d).Add(0x30000, 0x323af);
            case "Emoji_Presentation" or "EPres":
                return set.Add(0x231a, 0x231b).Add(0x23e9, 0x23ec).Add(0x23f0).Add(0x23f3).Add(0x25fd, 0x25fe).Add(0x2614, 0x2615).Add(0x2648, 0x2653).Add(0x267f).Add(0x2693).Add(0x26a1).Add(0x26aa, 0x26ab).Add(0x26bd, 0x26be).Add(0x26c4, 0x26c5).Add(0x26ce).Add(0x26d4).Add(0x26ea).Add(0x26f2, 0x26f3).Add(0x26f5).Add(0x26fa).Add(0x26fd).Add(0x2705).Add(0x270a, 0x270b).Add(0x2728).Add(0x274c).Add(0x274e).Add(0x2753, 0x2755).Add(0x2757).Add(0x2795, 0x2797).Add(0x27b0).Add(0x27bf).Add(0x2b1b, 0x2b1c).Add(0x2b50).Add(0x2b55).Add(0x1f004).Add(0x1f0cf).Add(0x1f18e).Add(0x1f191, 0x1f19a).Add(0x1f1e6, 0x1f1ff).Add(0x1f201).Add(0x1f21a).Add(0x1f22f).Add(0x1f232, 0x1f236).Add(0x1f238, 0x1f23a).Add(0x1f250, 0x1f251).Add(0x1f300, 0x1f320).Add(0x1f32d, 0x1f335).Add(0x1f337, 0x1f37c).Add(0x1f37e, 0x1f393).Add(0x1f3a0, 0x1f3ca).Add(0x1f3cf, 0x1f3d3).Add(0x1f3e0, 0x1f3f0).Add(0x1f3f4).Add(0x1f3f8, 0x1f43e).Add(0x1f440).Add(0x1f442, 0x1f4fc).Add(0x1f4ff, 0x1f53d).Add(0x1f54b, 0x1f54e).Add(0x1f550, 0x1f567).Add(0x1f57a).Add(0x1f595, 0x1f596).Add(0x1f5a4).Add(0x1f5fb, 0x1f64f).Add(0x1f680, 0x1f6c5).Add(0x1f6cc).Add(0x1f6d0, 0x1f6d2).Add(0x1f6d5, 0x1f6d7).Add(0x1f6dc, 0x1f6df).Add(0x1f6eb, 0x1f6ec).Add(0x1f6f4, 0x1f6fc).Add(0x1f7e0, 0x1f7eb).Add(0x1f7f0).Add(0x1f90c, 0x1f93a).Add(0x1f93c, 0x1f945).Add(0x1f947, 0x1f9ff).Add(0x1fa70, 0x1fa7c).Add(0x1fa80, 0x1fa88).Add(0x1fa90, 0x1fabd).Add(0x1fabf, 0x1fac5).Add(0x1face, 0x1fadb).Add(0x1fae0, 0x1fae8).Add(0x1faf0, 0x1faf8);
            default: return null;
        }
    }
}
