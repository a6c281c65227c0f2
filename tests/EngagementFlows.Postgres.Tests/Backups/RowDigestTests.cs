using System.Text;
using EngagementFlows.Postgres.Backups;

namespace EngagementFlows.Postgres.Tests.Backups;

public sealed class RowDigestTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "c\na\nb\n", true, "the order does not count")]
    [InlineData("a\na\nb\n", "a\nb\n", false, "a row twice is not the row once")]
    [InlineData("ab\nc\n", "a\nbc\n", false, "the same bytes in other rows")]
    [InlineData("a\nb\n", "a\nc\n", false, "another row")]
    [InlineData("", "\n", false, "an empty row is a row")]
    public void Matches_TwoStreamsOfRows_TellsWhetherTheyAreTheSame(string one, string other, bool expected, string because)
    {
        using RowDigest left = Of(one, portion: 1);
        using RowDigest right = Of(other, portion: 3);

        left.Matches(right).Should().Be(expected, because);
    }

    private static RowDigest Of(string rows, int portion)
    {
        RowDigest digest = new();
        foreach (byte[] bytes in Encoding.ASCII.GetBytes(rows).Chunk(portion))
            digest.Append(bytes);
        return digest;
    }
}
