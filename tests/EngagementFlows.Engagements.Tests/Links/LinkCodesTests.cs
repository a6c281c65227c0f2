using EngagementFlows.Engagements.Links;

namespace EngagementFlows.Engagements.Tests.Links;

public sealed class LinkCodesTests
{
    private static readonly byte[] OldKey = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly byte[] NewKey = [.. Enumerable.Range(100, 32).Select(number => (byte)number)];
    private static readonly Guid Id = new("0197a000-0000-7000-8000-0000000000aa");

    [Fact]
    public void TextOf_ByAnotherProcessWithTheKey_IsTheSameSixDigits()
    {
        LinkCode code = Codes("k1", ("k1", OldKey)).Make(Id);

        string text = Codes("k1", ("k1", OldKey)).TextOf(code)!;

        text.Should().MatchRegex("^[0-9]{6}$");
        Codes("k2", ("k1", OldKey), ("k2", NewKey)).TextOf(code).Should().Be(text, "a rotation ends no code");
        Codes("k1", ("k1", NewKey)).TextOf(code).Should().NotBe(text);
        Codes("k2", ("k2", NewKey)).TextOf(code).Should().BeNull("its key is gone");
        Codes("k2", ("k2", NewKey)).IsRight(code, text).Should().BeFalse();
    }

    [Fact]
    public void TextOf_ManyCodes_AreSpreadOverAllDigits()
    {
        LinkCodes codes = Codes("k1", ("k1", OldKey));

        string[] texts = [.. Enumerable.Range(0, 20_000).Select(number => codes.TextOf(codes.Make(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))!)];

        texts.Distinct().Should().HaveCountGreaterThan(19_600, "of a million, 20,000 meet about 200 times");
        for (int place = 0; place < LinkCodes.Digits; place++)
        {
            // 2,000 of each expected, standard deviation 42: nine of them never happen.
            texts.GroupBy(text => text[place]).Should().HaveCount(10).And.OnlyContain(group => group.Count() > 1_600 && group.Count() < 2_400);
        }
    }

    [Fact]
    public void IsRight_OnlyForItsOwnDigits()
    {
        LinkCodes codes = Codes("k1", ("k1", OldKey));
        LinkCode code = codes.Make(Id);
        string right = codes.TextOf(code)!;
        string wrong = right[..5] + (right[5] == '0' ? '1' : '0');

        codes.IsRight(code, right).Should().BeTrue();
        codes.IsRight(code, wrong).Should().BeFalse();
        codes.IsRight(code, "").Should().BeFalse();
    }

    [Theory]
    [InlineData("012345", "012345")]
    [InlineData(" 012 345\n", "012345")]
    [InlineData("012-345", "012345")]
    [InlineData("０１２３４５", "012345")]
    [InlineData("01234", null)]
    [InlineData("0123456", null)]
    [InlineData("01234x", null)]
    [InlineData("٠١٢٣٤٥", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Read_TakesSixDigitsAsPeopleTypeThem(string? typed, string? digits) => LinkCodes.Read(typed).Should().Be(digits);

    private static LinkCodes Codes(string active, params (string Id, byte[] Key)[] keys) =>
        new(new LinkKeys(active, keys.Select(key => KeyValuePair.Create(key.Id, key.Key))));
}
