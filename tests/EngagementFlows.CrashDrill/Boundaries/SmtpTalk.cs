using System.Net.Sockets;
using System.Text;

namespace EngagementFlows.CrashDrill.Boundaries;

/// <summary>One connection to the sink: a boundary before and after each of its replies is passed on.</summary>
internal sealed class SmtpTalk(NetworkStream near, NetworkStream far, BoundaryTrap trap)
{
    private readonly Queue<string> _asked = new(["the connection"]);
    private readonly Lock _lock = new();
    private bool _isContent;

    /// <summary>Passes on until a side hangs up or the server is killed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using StreamReader asked = new(near, Encoding.Latin1, leaveOpen: true);
        using StreamReader answered = new(far, Encoding.Latin1, leaveOpen: true);
        await Task.WhenAny(PassCommandsAsync(asked, cancellationToken), PassRepliesAsync(answered, cancellationToken));
    }

    private async Task PassCommandsAsync(StreamReader from, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line)
        {
            lock (_lock)
            {
                if (!_isContent)
                    _asked.Enqueue(line.Split(' ', ':')[0].ToUpperInvariant());
                else if (line == ".")
                    _isContent = false;
            }

            await far.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), cancellationToken);
        }
    }

    private async Task PassRepliesAsync(StreamReader from, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line)
        {
            bool isLast = line.Length < 4 || line[3] == ' ';
            string name = isLast ? NameOf(line) : "";
            if (isLast && !trap.Cross($"before the reply to {name}"))
                return;
            await near.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), cancellationToken);
            if (isLast && !trap.Cross($"after the reply to {name}"))
                return;
        }
    }

    private string NameOf(string reply)
    {
        lock (_lock)
        {
            string name = _asked.TryDequeue(out string? asked) ? asked : "?";
            if (reply.StartsWith("354", StringComparison.Ordinal))
            {
                _isContent = true;
                _asked.Enqueue("the message");
            }

            return name;
        }
    }
}
