using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace EngagementFlows.Server.Smtp;

/// <summary>Commands out, answers in, over one connection; every failure of the line is a <see cref="SmtpBrokenException"/>.</summary>
internal sealed class SmtpChannel(Socket socket, SmtpDeadline deadline, TimeSpan timeout) : IDisposable
{
    private readonly byte[] _input = new byte[SmtpReplyParser.MaxLineBytes];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    /// <summary>Gets the TLS stream, or <see langword="null"/> as long as the line is not encrypted.</summary>
    public SslStream? Tls => _stream as SslStream;

    /// <summary>Gets whether bytes were read that belong to no answer we asked for.</summary>
    public bool HasBufferedInput => _start < _end;

    /// <summary>Gets whether the server said something unasked or hung up: such a line must not carry another message.</summary>
    public bool HasUnaskedInput => HasBufferedInput || socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    public IPAddress LocalAddress => ((IPEndPoint)socket.LocalEndPoint!).Address;

    /// <summary>Sends one line and reads the answer to it, both within the common time-out.</summary>
    public async Task<SmtpReply> AskAsync(string verb, string line)
    {
        ForbidUnaskedInput(verb);
        deadline.Arm(timeout);
        await SendLinesAsync(verb, line);
        return await ReadReplyAsync(verb);
    }

    /// <summary>Ends the line if the server has said something already: its answers would be taken for those to other commands.</summary>
    public void ForbidUnaskedInput(string verb)
    {
        if (HasBufferedInput)
            throw new SmtpBrokenException($"The server spoke out of turn before {verb}: it sent more than the answer it was asked for.");
    }

    /// <summary>Sends lines; <paramref name="verb"/> names them in messages, because a line may hold a password.</summary>
    public Task SendLinesAsync(string verb, params ReadOnlySpan<string> lines)
    {
        StringBuilder text = new();
        foreach (string line in lines)
        {
            // The last guard: whatever was checked before, no value ever becomes a command of its own.
            if (line.AsSpan().ContainsAny('\r', '\n', '\0'))
                throw new InvalidOperationException($"EngagementFlows bug: the SMTP command {verb} holds a line end or NUL.");
            text.Append(line).Append("\r\n");
        }

        return SendAsync(verb, Encoding.UTF8.GetBytes(text.ToString()));
    }

    public async Task SendAsync(string what, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes, deadline.Token);
            await _stream.FlushAsync(deadline.Token);
        }
        catch (Exception fault) when (IsOfTheLine(fault))
        {
            throw Broken($"while {what} was being sent", fault);
        }
    }

    /// <summary>Reads the answer to <paramref name="verb"/>; may run while something is being sent.</summary>
    public async Task<SmtpReply> ReadReplyAsync(string verb)
    {
        SmtpReplyParser parser = new();
        for (int searched = 0; ;)
        {
            int length = _input.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                ReadOnlySpan<byte> line = _input.AsSpan(_start, searched + length);
                _start += line.Length + 1;
                searched = 0;
                if (parser.Add(line.EndsWith("\r"u8) ? line[..^1] : line) is { } reply)
                    return reply;
                continue;
            }

            searched = _end - _start;
            if (searched == _input.Length)
                throw new SmtpBrokenException($"The server's answer to {verb} has a line of more than {SmtpReplyParser.MaxLineBytes} bytes.");
            await FillAsync(verb);
        }
    }

    public void Encrypt(SslStream tls) => _stream = tls;

    public Stream Stream => _stream;

    public SmtpBrokenException Broken(string when, Exception? fault) => fault switch
    {
        OperationCanceledException when deadline.WasStopped => new SmtpBrokenException($"EngagementFlows was stopped {when}.", fault),
        OperationCanceledException => new SmtpBrokenException($"The time of {deadline.Given.TotalSeconds:0.###} s ran out {when}.", fault),
        null => new SmtpBrokenException($"The server closed the connection {when}."),
        _ => new SmtpBrokenException($"The connection broke {when}: {(fault.InnerException ?? fault).Message}", fault),
    };

    public static bool IsOfTheLine(Exception fault) =>
        fault is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException;

    public void Dispose() => _stream.Dispose();

    private async Task FillAsync(string verb)
    {
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
        string when = $"before the answer to {verb} came";
        int read;
        try
        {
            read = await _stream.ReadAsync(_input.AsMemory(_end), deadline.Token);
        }
        catch (Exception fault) when (IsOfTheLine(fault))
        {
            throw Broken(when, fault);
        }

        if (read == 0)
            throw Broken(when, null);
        _end += read;
    }
}
