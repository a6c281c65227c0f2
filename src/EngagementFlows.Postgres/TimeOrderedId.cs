using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Postgres;

/// <summary>Ids whose first 48 bits are an instant, so that rows made together lie together and lists are in order (UUID version 7).</summary>
public static class TimeOrderedId
{
    /// <summary>Returns a new, unguessable id of that instant.</summary>
    public static Guid Create(DateTimeOffset now)
    {
        Span<byte> chance = stackalloc byte[16];
        RandomNumberGenerator.Fill(chance);
        return Make(now.ToUnixTimeMilliseconds(), chance);
    }

    /// <summary>Returns new, unguessable ids of that instant in ascending order: rows that are inserted in it fill their indexes from left to right.</summary>
    public static Guid[] CreateMany(DateTimeOffset now, int count)
    {
        byte[] chance = RandomNumberGenerator.GetBytes(count * 16);
        long milliseconds = now.ToUnixTimeMilliseconds();
        Guid[] ids = new Guid[count];
        for (int i = 0; i < count; i++)
            ids[i] = Make(milliseconds, chance.AsSpan(i * 16, 16));
        Array.Sort(ids);
        return ids;
    }

    /// <summary>Returns an id with the instant of <paramref name="basis"/> that is the same for the same basis and purpose.</summary>
    public static Guid Derive(Guid basis, string purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        basis.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return Make(milliseconds, Hash(bytes, purpose));
    }

    /// <summary>Returns an id of that instant that is the same for the same purpose.</summary>
    public static Guid Derive(DateTimeOffset instant, string purpose)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, instant.UtcTicks);
        return Make(instant.ToUnixTimeMilliseconds(), Hash(bytes, purpose));
    }

    private static byte[] Hash(ReadOnlySpan<byte> basis, string purpose)
    {
        byte[] text = Encoding.UTF8.GetBytes(purpose);
        byte[] input = new byte[basis.Length + text.Length];
        basis.CopyTo(input);
        text.CopyTo(input, basis.Length);
        return SHA256.HashData(input);
    }

    private static Guid Make(long milliseconds, ReadOnlySpan<byte> rest)
    {
        Span<byte> bytes = stackalloc byte[16];
        rest[..16].CopyTo(bytes);
        bytes[0] = (byte)(milliseconds >> 40);
        bytes[1] = (byte)(milliseconds >> 32);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
