using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>The server's end of one connection, for a test's script.</summary>
internal sealed class ScriptedConnection(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    /// <summary>Gets whether the client sent more than was read of it.</summary>
    public bool HasMore => _start < _end;

    public bool IsEncrypted => _stream is SslStream;

    /// <summary>Reads a line without its CRLF; <see langword="null"/> = the client hung up.</summary>
    public async Task<string?> ReadLineAsync()
    {
        List<byte> line = [];
        while (await ReadByteAsync() is { } next)
        {
            line.Add(next);
            if (line.Count >= 2 && line[^2] == '\r' && next == '\n')
                return Encoding.UTF8.GetString(line.ToArray(), 0, line.Count - 2);
        }

        return null;
    }

    /// <summary>Reads a message's bytes as they travel, up to and with the end; <see langword="null"/> = the client hung up before it.</summary>
    public async Task<byte[]?> ReadMessageAsync()
    {
        List<byte> message = [];
        while (await ReadByteAsync() is { } next)
        {
            message.Add(next);
            if (next == '\n' && EndsMessage(message))
                return [.. message];
        }

        return null;
    }

    /// <summary>Reads that many bytes or until the client hangs up.</summary>
    public async Task ReadAsync(int count)
    {
        for (int read = 0; read < count && await ReadByteAsync() is not null; read++)
        {
        }
    }

    public async Task SendAsync(string text)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await _stream.FlushAsync();
    }

    public async Task StartTlsAsync(X509Certificate2 certificate)
    {
        SslStream tls = new(_stream);
        await tls.AuthenticateAsServerAsync(certificate);
        _stream = tls;
    }

    /// <summary>Closes so that the client's next read or write fails instead of ending.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void HangUp() => _stream.Dispose();

    public void Dispose() => _stream.Dispose();

    private static bool EndsMessage(List<byte> message) =>
        message.Count == 3 ? message[0] == '.' && message[1] == '\r'
        : message.Count > 4 && message[^2] == '\r' && message[^3] == '.' && message[^4] == '\n' && message[^5] == '\r';

    private async Task<byte?> ReadByteAsync()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await _stream.ReadAsync(_buffer);
            if (_end == 0)
                return null;
        }

        return _buffer[_start++];
    }
}
