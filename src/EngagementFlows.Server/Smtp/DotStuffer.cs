namespace EngagementFlows.Server.Smtp;

/// <summary>Turns a message into the bytes of the DATA phase: lines end with CRLF, a line's first dot is doubled (RFC 5321 §4.5.2).</summary>
/// <remarks>Keeps its place between calls, so a message may come in pieces cut anywhere. A lone CR or LF becomes CRLF: servers that
/// take one for a line end would otherwise see an end of message, and a second message behind it, that we never sent.</remarks>
internal struct DotStuffer
{
    private bool _insideLine;
    private bool _afterCarriageReturn;

    /// <summary>Gets what ends the message after all of its pieces.</summary>
    public readonly ReadOnlyMemory<byte> Terminator => _insideLine ? "\r\n.\r\n"u8.ToArray() : ".\r\n"u8.ToArray();

    /// <summary>Writes <paramref name="piece"/> to <paramref name="target"/>, which needs twice its length, and returns the bytes written.</summary>
    public int Encode(ReadOnlySpan<byte> piece, Span<byte> target)
    {
        int written = 0;
        while (!piece.IsEmpty)
        {
            if (_afterCarriageReturn)
            {
                _afterCarriageReturn = false;
                if (piece[0] == '\n')
                {
                    piece = piece[1..];
                    continue;
                }
            }

            int end = piece.IndexOfAny((byte)'\r', (byte)'\n');
            ReadOnlySpan<byte> run = end < 0 ? piece : piece[..end];
            if (!run.IsEmpty)
            {
                if (!_insideLine && run[0] == '.')
                    target[written++] = (byte)'.';
                run.CopyTo(target[written..]);
                written += run.Length;
                _insideLine = true;
            }

            if (end < 0)
                break;

            "\r\n"u8.CopyTo(target[written..]);
            written += 2;
            _insideLine = false;
            _afterCarriageReturn = piece[end] == '\r';
            piece = piece[(end + 1)..];
        }

        return written;
    }
}
