using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EngagementFlows.Postgres.Backups;

/// <summary>A digest of rows that does not depend on their order: the sum of the rows' hashes. Two streams of the same rows have the same one.</summary>
/// <remarks>
/// A table gives its rows back in the order in which they lie, and that need not be the order in which they came: a small row goes into the room that a large one left.
/// The digest guards against loss, not against an attacker who can choose rows; the checksum of a file's bytes stands beside it.
/// </remarks>
internal sealed class RowDigest : IDisposable
{
    private const byte EndOfRow = (byte)'\n';

    private readonly IncrementalHash _row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ulong[] _sum = new ulong[SHA256.HashSizeInBytes / sizeof(ulong)];

    /// <summary>Takes the next bytes; a row may end in a later call.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf(EndOfRow) is >= 0 and int end)
        {
            _row.AppendData(bytes[..end]);
            AddRow();
            bytes = bytes[(end + 1)..];
        }

        _row.AppendData(bytes);
    }

    /// <summary>Tells whether both have taken the same whole rows.</summary>
    public bool Matches(RowDigest other) => _sum.AsSpan().SequenceEqual(other._sum);

    public void Dispose() => _row.Dispose();

    private void AddRow()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _row.GetHashAndReset(hash);
        for (int i = 0; i < _sum.Length; i++)
            _sum[i] = unchecked(_sum[i] + BinaryPrimitives.ReadUInt64LittleEndian(hash[(i * sizeof(ulong))..]));
    }
}
