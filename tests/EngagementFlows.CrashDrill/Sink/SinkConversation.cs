using System.Text;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>One connection to the sink: as much of RFC 5321 as a submission client speaks, with pipelining.</summary>
internal sealed class SinkConversation(Stream stream, SinkRecord record, SinkBehaviour behaviour)
{
    // The points at which a message can be refused for now, in their order.
    private const int AtMail = 0;
    private const int AtRcpt = 1;
    private const int AtData = 2;
    private const int Points = 4;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private string _to = "";
    private SinkMode _mode;
    private int _point;

    /// <summary>Talks until the other side hangs up or is hung up on.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SayAsync("220 sink.drill.example ready", cancellationToken);
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            string verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                if (_to.Length == 0 || IsRefusedAt(AtData))
                    await SayAsync(_to.Length == 0 ? "503 no recipient" : "451 not now", cancellationToken);
                else if (!await TakeAsync(cancellationToken))
                    return;
            }
            else
            {
                await SayAsync(AnswerTo(verb, line), cancellationToken);
            }

            if (verb == "QUIT")
                return;
        }
    }

    private string AnswerTo(string verb, string line)
    {
        switch (verb)
        {
            case "EHLO":
                return "250-sink.drill.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10000000";
            case "MAIL":
                _mode = behaviour.OfNextMessage();
                _point = behaviour.Draw(Points);
                _to = "";
                return IsRefusedAt(AtMail) ? "451 not now" : "250 ok";
            case "RCPT":
                if (IsRefusedAt(AtMail) || IsRefusedAt(AtRcpt))
                    return "451 not now";
                _to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                return "250 ok";
            case "RSET":
                _to = "";
                return "250 ok";
            case "QUIT":
                return "221 bye";
            default:
                return "250 ok";
        }
    }

    private bool IsRefusedAt(int point) => _mode == SinkMode.RefuseForNow && _point == point;

    /// <summary>Takes a message, or does to it what the mode says; returns whether the conversation goes on.</summary>
    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        await SayAsync("354 go on", cancellationToken);
        StringBuilder message = new();
        while (true)
        {
            if (await ReadLineAsync(cancellationToken) is not { } line)
                return false;
            if (line == ".")
                break;
            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        AcceptedMail mail = MessageText.Read(_to, message.ToString());
        _to = "";
        return await AnswerAsync(mail, cancellationToken);
    }

    private async Task<bool> AnswerAsync(AcceptedMail mail, CancellationToken cancellationToken)
    {
        switch (_mode)
        {
            case SinkMode.DropBeforeRecord:
                return false;
            case SinkMode.RefuseForNow:
                await SayAsync("451 not now", cancellationToken);
                return true;
            case SinkMode.RefuseForGood:
                await SayAsync("554 never", cancellationToken);
                return true;
            case SinkMode.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(300 + behaviour.Draw(700)), cancellationToken);
                break;
        }

        record.Add(mail.ToLine());
        if (_mode == SinkMode.DropAfterRecord)
            return false;
        await SayAsync(_mode == SinkMode.AnswerTwice ? "250 taken\r\n250 taken" : "250 taken", cancellationToken);
        return true;
    }

    private async Task SayAsync(string line, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                string line = Encoding.ASCII.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                return null;
            _end += read;
        }
    }
}
