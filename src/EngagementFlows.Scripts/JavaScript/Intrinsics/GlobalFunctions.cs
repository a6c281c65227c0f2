using System.Text;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Functions and constants of the global object (ECMA-262 §19), and <c>print</c>.</summary>
internal static class GlobalFunctions
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
    private const string ReservedMarks = ";/?:@&=+$,";

    public static BuiltinFunction Define(Intrinsics i, Builder b)
    {
        i.Global("undefined", Value.Undefined);
        i.Global("NaN", double.NaN);
        i.Global("Infinity", double.PositiveInfinity);
        Global(i, b, "isNaN", 1, (realm, _, a) => double.IsNaN(Operations.ToNumber(realm, a.At(0))));
        Global(i, b, "isFinite", 1, (realm, _, a) => double.IsFinite(Operations.ToNumber(realm, a.At(0))));
        Global(i, b, "encodeURIComponent", 1, (realm, _, a) => Encode(realm, Operations.ToString(realm, a.At(0)), Unreserved));
        Global(i, b, "encodeURI", 1, (realm, _, a) => Encode(realm, Operations.ToString(realm, a.At(0)), Unreserved + ReservedMarks + "#"));
        Global(i, b, "decodeURIComponent", 1, (realm, _, a) => Decode(realm, Operations.ToString(realm, a.At(0)), string.Empty));
        Global(i, b, "decodeURI", 1, (realm, _, a) => Decode(realm, Operations.ToString(realm, a.At(0)), ReservedMarks + "#"));
        Global(i, b, "structuredClone", 1, (realm, _, a) => new StructuredClone(realm).Copy(a.At(0)));
        return b.Function("print", 1, (realm, _, a) =>
        {
            StringBuilder line = new();
            for (int n = 0; n < a.Length; n++)
                line.Append(n > 0 ? " " : string.Empty).Append(a[n].IsSymbol ? a[n].Symbol.ToString() : Operations.ToString(realm, a[n]));
            realm.Print(line.ToString());
            return Value.Undefined;
        });
    }

    public static BuiltinFunction ParseFloat(Intrinsics i, Builder b) => Global(i, b, "parseFloat", 1, (realm, _, a) =>
    {
        ReadOnlySpan<char> text = Characters.TrimStart(Operations.ToString(realm, a.At(0)));
        realm.Charge(text.Length >> 4);
        int length = NumberText.DecimalLength(text);
        return length == 0 ? double.NaN : NumberText.ParseDecimal(text[..length]);
    });

    public static BuiltinFunction ParseInt(Intrinsics i, Builder b) => Global(i, b, "parseInt", 2, (realm, _, a) =>
    {
        ReadOnlySpan<char> text = Characters.TrimStart(Operations.ToString(realm, a.At(0)));
        realm.Charge(text.Length >> 4);
        int radix = Operations.ToInt32(realm, a.At(1));
        bool isNegative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '+' or '-')
            text = text[1..];
        if (radix is not 0 and (< 2 or > 36))
            return double.NaN;
        if (radix is 0 or 16 && text.Length > 1 && text[0] == '0' && text[1] is 'x' or 'X')
        {
            text = text[2..];
            radix = 16;
        }

        double number = NumberText.ParseRadix(text, radix == 0 ? 10 : radix, out int used);
        return isNegative ? -number : number;
    });

    private static BuiltinFunction Global(Intrinsics i, Builder b, string name, int length, NativeCode code)
    {
        BuiltinFunction function = b.Function(name, length, code);
        i.Global(name, function);
        return function;
    }

    private static string Encode(Realm realm, string text, string plain)
    {
        TextBuilder result = new(realm);
        for (int n = 0; n < text.Length; n++)
        {
            char c = text[n];
            if (c < 128 && plain.Contains(c, StringComparison.Ordinal))
            {
                result.Append(c);
                continue;
            }

            int code = Texts.CodePointAt(text, n);
            if (code is >= 0xd800 and <= 0xdfff)
                throw realm.UriError("URI malformed.");
            if (code > 0xffff)
                n++;
            foreach (byte part in Encoding.UTF8.GetBytes(Texts.OfCodePoint(code)))
                result.Append($"%{part:X2}");
        }

        return result.ToString();
    }

    private static string Decode(Realm realm, string text, string kept)
    {
        TextBuilder result = new(realm);
        byte[] bytes = new byte[4];
        for (int n = 0; n < text.Length; n++)
        {
            if (text[n] != '%')
            {
                result.Append(text[n]);
                continue;
            }

            int start = n;
            bytes[0] = DecodeByte(realm, text, n);
            n += 2;
            int count = bytes[0] < 0x80 ? 1 : bytes[0] is >= 0xc2 and < 0xe0 ? 2 : bytes[0] is >= 0xe0 and < 0xf0 ? 3 : bytes[0] is >= 0xf0 and < 0xf5 ? 4 : throw realm.UriError("URI malformed.");
            for (int k = 1; k < count; k++)
            {
                bytes[k] = DecodeByte(realm, text, ++n);
                n += 2;
            }

            if (Rune.DecodeFromUtf8(bytes.AsSpan(0, count), out Rune rune, out int used) != System.Buffers.OperationStatus.Done || used != count)
                throw realm.UriError("URI malformed.");
            string decoded = rune.ToString();
            result.Append(count == 1 && kept.Contains(decoded[0], StringComparison.Ordinal) ? text[start..(n + 1)] : decoded);
        }

        return result.ToString();
    }

    private static byte DecodeByte(Realm realm, string text, int at)
    {
        if (at + 2 >= text.Length || text[at] != '%' || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            throw realm.UriError("URI malformed.");
        return (byte)((NumberText.DigitOf(text[at + 1]) * 16) + NumberText.DigitOf(text[at + 2]));
    }
}

internal sealed partial class Realm
{
    private int _printed;

    public void Print(string line)
    {
        _printed += line.Length + 1;
        if (_printed > Limits.OutputLength)
            throw LimitReached(LimitKind.OutputLength);
        Host.Print(line);
    }
}
