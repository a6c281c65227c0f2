using EngagementFlows.Engagements.Links;

namespace EngagementFlows.Engagements.Tests.Links;

public sealed class LinkTokensTests
{
    private static readonly byte[] OldKey = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly byte[] NewKey = [.. Enumerable.Range(50, 32).Select(number => (byte)number)];
    private static readonly Guid Link = new("0197a000-0000-7000-8000-0000000000aa");

    [Fact]
    public void Make_ReadBack_GivesTheLink()
    {
        LinkTokens tokens = new(Keys("k1", ("k1", OldKey)));

        string token = tokens.Make(Link);

        token.Should().MatchRegex("^k1\\.[A-Za-z0-9_-]{64}$");
        tokens.Read(token).Should().Be(Link);
    }

    [Fact]
    public void Read_AfterRotation_TakesTheOldKeyUntilItIsRemoved()
    {
        string token = new LinkTokens(Keys("k1", ("k1", OldKey))).Make(Link);

        new LinkTokens(Keys("k2", ("k1", OldKey), ("k2", NewKey))).Read(token).Should().Be(Link);
        new LinkTokens(Keys("k2", ("k2", NewKey))).Read(token).Should().BeNull();
    }

    [Fact]
    public void Read_KeyIdExchanged_IsNotGenuineEvenUnderTheSameKey()
    {
        LinkTokens tokens = new(Keys("k1", ("k1", OldKey), ("k2", OldKey)));

        tokens.Read("k2" + tokens.Make(Link)[2..]).Should().BeNull();
    }

    [Fact]
    public void Read_AnyChangedCharacter_IsNotGenuine()
    {
        LinkTokens tokens = new(Keys("k1", ("k1", OldKey)));
        string token = tokens.Make(Link);

        for (int i = 0; i < token.Length; i++)
        {
            char other = token[i] == 'A' ? 'B' : 'A';
            tokens.Read(token[..i] + other + token[(i + 1)..]).Should().BeNull($"position {i} was changed");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("k1.")]
    [InlineData("k1.AAAA")]
    [InlineData("0197a000-0000-7000-8000-0000000000aa")]
    [InlineData("k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("k1.ААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААААА")]
    public void Read_Nonsense_IsNull(string? token) => new LinkTokens(Keys("k1", ("k1", OldKey))).Read(token).Should().BeNull();

    [Fact]
    public void LinkKeys_ShortOrMissingKey_IsRefused()
    {
        Action shortKey = () => Keys("k1", ("k1", new byte[31]));
        Action missing = () => Keys("k2", ("k1", OldKey));
        Action badId = () => Keys("k.1", ("k.1", OldKey));

        shortKey.Should().Throw<ArgumentException>().WithMessage("*at least 32*");
        missing.Should().Throw<ArgumentException>().WithMessage("*k2*");
        badId.Should().Throw<ArgumentException>().WithMessage("*letters or digits*");
    }

    private static LinkKeys Keys(string active, params (string Id, byte[] Key)[] keys) =>
        new(active, keys.Select(key => KeyValuePair.Create(key.Id, key.Key)));
}
