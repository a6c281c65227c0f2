using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engine.Tests.Instances;

public sealed class PlainStateTests
{
    [Fact]
    public void OfText_WhatToTextMade_IsTheSameValueOfTheSameKind() =>
        Prop.ForAll(Values(4).ToArbitrary(), value => IsSame(value, PlainState.OfText(PlainState.ToText(value)))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("""{"$t":"double","v":"1.5"}""", "'$t'")]
    [InlineData("""{"$g":"no guid"}""", "'$g'")]
    [InlineData("""{"$m":12}""", "'$m'")]
    [InlineData("""{"$x":"1"}""", "no kind '$x'")]
    [InlineData("""{"$s":"1.00:00:00","$t":"2026"}""", "more than one member")]
    [InlineData("""{"a":1} 2""", "no JSON")]
    [InlineData("""{"a":""", "no JSON")]
    [InlineData("", "no JSON")]
    public void OfText_WhatItDidNotMake_SaysWhatIsWrong(string text, string expected)
    {
        Action read = () => PlainState.OfText(text);

        read.Should().Throw<FormatException>().WithMessage($"*{expected}*");
    }

    private static Gen<object?> Values(int depth) => depth == 0 ? Leaves() : Gen.Frequency(
        (4, Leaves()),
        (1, from items in Values(depth - 1).ListOf() select (object?)new PlainList(items)),
        (1, from names in Gen.Elements("a", "名", "$t", "$o", "$x", "$", "$long", "").ListOf()
            from value in Values(depth - 1)
            select (object?)Named(names, value)));

    private static PlainObject Named(IEnumerable<string> names, object? value)
    {
        PlainObject map = new();
        foreach (string name in names)
            map[name] = value;
        return map;
    }

    private static Gen<object?> Leaves() => Gen.OneOf(
        Gen.Constant<object?>(null),
        Gen.Elements<object?>(true, false, long.MinValue, long.MaxValue, 0L, 5.0, -0.0, 0.1, 1e300, 1e15, double.NaN, double.NegativeInfinity, 0.1m, 1.10m, decimal.MinValue),
        Gen.Elements<object?>("", "text", "\u0001\ud83d\ude42 “名”", "$t"),
        Gen.Elements<object?>(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 7, TimeSpan.FromHours(8)).AddTicks(1), TimeSpan.MinValue, TimeSpan.FromTicks(1), Guid.Empty, new byte[] { 0, 255 }));

    private static bool IsSame(object? expected, object? found) => (expected, found) switch
    {
        (null, null) => true,
        (PlainList a, PlainList b) => a.Count == b.Count && a.Zip(b).All(pair => IsSame(pair.First, pair.Second)),
        (PlainObject a, PlainObject b) => a.Count == b.Count && a.Zip(b).All(pair => pair.First.Key == pair.Second.Key && IsSame(pair.First.Value, pair.Second.Value)),
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        (DateTimeOffset a, DateTimeOffset b) => a.EqualsExact(b),
        (decimal a, decimal b) => PlainJson.Write(a) == PlainJson.Write(b),
        _ => expected?.GetType() == found?.GetType() && Equals(expected, found),
    };
}
