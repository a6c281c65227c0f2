using System.Collections.Frozen;
using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>What the framework does not tell without a culture library: decompositions, combining classes and upper case that is longer.</summary>
/// <remarks>
/// Read from <c>unicode.txt</c>, which holds one fact a line, code points in hexadecimal: <c>c</c> combining class, <c>d</c> canonical decomposition that
/// composes again, <c>x</c> one that does not, <c>k</c> compatibility decomposition, <c>u</c> upper case of more than one character.
/// </remarks>
internal sealed class UnicodeData
{
    private UnicodeData()
    {
        Dictionary<int, int> classes = [];
        Dictionary<int, int[]> canonical = [];
        Dictionary<int, int[]> compatible = [];
        Dictionary<(int, int), int> compositions = [];
        Dictionary<char, string> upper = [];
        using Stream stream = typeof(UnicodeData).Assembly.GetManifestResourceStream("EngagementFlows.Scripts.JavaScript.Unicode.unicode.txt")
            ?? throw new InvalidOperationException("EngagementFlows bug: the table of Unicode facts is not embedded.");
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            int[] codes = [.. line[2..].Split(' ').Select(code => int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
            switch (line[0])
            {
                case 'c': classes[codes[0]] = codes[1]; break;
                case 'k': compatible[codes[0]] = codes[1..]; break;
                case 'u': upper[(char)codes[0]] = string.Concat(codes[1..].Select(Texts.OfCodePoint)); break;
                default:
                    canonical[codes[0]] = codes[1..];
                    if (line[0] == 'd')
                        compositions[(codes[1], codes[2])] = codes[0];
                    break;
            }
        }

        Classes = classes.ToFrozenDictionary();
        Canonical = canonical.ToFrozenDictionary();
        Compatible = compatible.ToFrozenDictionary();
        Compositions = compositions.ToFrozenDictionary();
        LongUpper = upper.ToFrozenDictionary();
    }

    public static UnicodeData Shared { get; } = new();

    public FrozenDictionary<int, int> Classes { get; }

    public FrozenDictionary<int, int[]> Canonical { get; }

    public FrozenDictionary<int, int[]> Compatible { get; }

    public FrozenDictionary<(int First, int Second), int> Compositions { get; }

    public FrozenDictionary<char, string> LongUpper { get; }
}
