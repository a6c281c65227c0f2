using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Engine.Instances;

/// <summary>The secret of an instance, from which its ids and chance come: they can be replayed, but not guessed.</summary>
/// <remarks>A keyed hash (SipHash-2-4, 128 bits) is enough and thirty times cheaper than HMAC-SHA-256, which makes the secret itself.</remarks>
internal readonly struct InstanceSecret
{
    private readonly ulong _key0;
    private readonly ulong _key1;

    private InstanceSecret(ulong key0, ulong key1)
    {
        _key0 = key0;
        _key1 = key1;
    }

    /// <summary>Derives the secret of an instance from the host's key.</summary>
    public static InstanceSecret Derive(ReadOnlySpan<byte> hostKey, Guid instanceId)
    {
        Span<byte> id = stackalloc byte[16];
        instanceId.TryWriteBytes(id, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(hostKey, id, hash);
        return Read(hash);
    }

    /// <summary>Reads a secret that was stored.</summary>
    public static InstanceSecret Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));

    /// <summary>Writes the secret's 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _key0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], _key1);
    }

    /// <summary>Returns an id made of an instant (48 bits of milliseconds, so that ids of one time lie together) and of what it is for.</summary>
    public Guid Id(long milliseconds, ulong ordinal, ReadOnlySpan<char> purpose)
    {
        UInt128 hash = Hash(ordinal, purpose);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }

    /// <summary>Returns a keyed hash of a number and a text.</summary>
    public UInt128 Hash(ulong ordinal, ReadOnlySpan<char> purpose)
    {
        int size = 8 + Encoding.UTF8.GetMaxByteCount(purpose.Length);
        Span<byte> input = size <= 512 ? stackalloc byte[size] : new byte[size];
        BinaryPrimitives.WriteUInt64LittleEndian(input, ordinal);
        int written = Encoding.UTF8.GetBytes(purpose, input[8..]);
        return SipHash(input[..(8 + written)]);
    }

    /// <summary>Returns a keyed hash of bytes.</summary>
    public UInt128 Hash(ReadOnlySpan<byte> input) => SipHash(input);

    private UInt128 SipHash(ReadOnlySpan<byte> input)
    {
        ulong v0 = 0x736f6d6570736575UL ^ _key0;
        ulong v1 = 0x646f72616e646f6dUL ^ _key1 ^ 0xee;
        ulong v2 = 0x6c7967656e657261UL ^ _key0;
        ulong v3 = 0x7465646279746573UL ^ _key1;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(input);
        foreach (ulong raw in words)
        {
            ulong word = BitConverter.IsLittleEndian ? raw : BinaryPrimitives.ReverseEndianness(raw);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        ulong last = (ulong)input.Length << 56;
        ReadOnlySpan<byte> rest = input[(words.Length * 8)..];
        for (int i = 0; i < rest.Length; i++)
            last |= (ulong)rest[i] << (8 * i);
        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xee;
        for (int i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
        ulong low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        for (int i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return new(v0 ^ v1 ^ v2 ^ v3, low);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
