using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace EngagementFlows.CrashDrill.Boundaries;

/// <summary>One connection to PostgreSQL, frame by frame: a boundary before each Execute, Query and Sync is passed on, and one after each answer came.</summary>
internal sealed class PostgresTalk(NetworkStream near, NetworkStream far, BoundaryTrap trap)
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int HeadLength = 5;

    private readonly Dictionary<string, string> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _portals = new(StringComparer.Ordinal);
    private volatile string _running = "";

    /// <summary>Passes on until a side hangs up or the server is killed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        PipeReader asked = PipeReader.Create(near);
        if (!await StartUpAsync(asked, cancellationToken))
            return;
        Task asking = PassAsync(asked, far, BeforeFrame, cancellationToken);
        Task answering = PassAsync(PipeReader.Create(far), near, AfterFrame, cancellationToken);
        await Task.WhenAny(asking, answering);
    }

    /// <summary>The first message has no type; wishes for encryption are declined here.</summary>
    private async Task<bool> StartUpAsync(PipeReader asked, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await asked.ReadAtLeastAsync(8, cancellationToken);
            if (read.Buffer.Length < 8)
                return false;
            byte[] head = read.Buffer.Slice(0, 8).ToArray();
            int length = BinaryPrimitives.ReadInt32BigEndian(head);
            int code = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
            asked.AdvanceTo(read.Buffer.Start);
            read = await asked.ReadAtLeastAsync(length, cancellationToken);
            if (read.Buffer.Length < length)
                return false;
            byte[] message = read.Buffer.Slice(0, length).ToArray();
            asked.AdvanceTo(read.Buffer.GetPosition(length));
            if (code is SslRequest or GssRequest)
            {
                await near.WriteAsync("N"u8.ToArray(), cancellationToken);
                continue;
            }

            await far.WriteAsync(message, cancellationToken);
            return true;
        }
    }

    private static async Task PassAsync(PipeReader from, NetworkStream to, Func<byte, ReadOnlySequence<byte>, bool> cross, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await from.ReadAtLeastAsync(HeadLength, cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.Length < HeadLength)
                return;
            while (TryTakeFrame(ref buffer, out ReadOnlySequence<byte> frame))
            {
                byte[] bytes = frame.ToArray();
                if (!cross(bytes[0], frame.Slice(HeadLength)))
                    return;
                await to.WriteAsync(bytes, cancellationToken);
            }

            from.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    private static bool TryTakeFrame(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (buffer.Length < HeadLength)
            return false;
        Span<byte> head = stackalloc byte[HeadLength];
        buffer.Slice(0, HeadLength).CopyTo(head);
        long length = 1L + BinaryPrimitives.ReadInt32BigEndian(head[1..]);
        if (buffer.Length < length)
            return false;
        frame = buffer.Slice(0, length);
        buffer = buffer.Slice(length);
        return true;
    }

    private bool BeforeFrame(byte type, ReadOnlySequence<byte> body)
    {
        switch ((char)type)
        {
            case 'P':
                string[] parsed = Texts(body, 2);
                _statements[parsed[0]] = StatementName.Of(parsed[1]);
                return true;
            case 'B':
                string[] bound = Texts(body, 2);
                _portals[bound[0]] = _statements.GetValueOrDefault(bound[1], "?");
                return true;
            case 'E':
                return Begin(_portals.GetValueOrDefault(Texts(body, 1)[0], "?"));
            case 'Q':
                return Begin(StatementName.Of(Texts(body, 1)[0]));
            case 'S':
                return trap.Cross($"before Sync of {_running}");
            default:
                return true;
        }
    }

    // The answers to all commands of a batch come together, when it is committed: its end stands for them.
    private bool AfterFrame(byte type, ReadOnlySequence<byte> body) => type != 'Z' || IsReset(_running) || trap.Cross($"after {_running}");

    private bool Begin(string name)
    {
        _running = name;
        return IsReset(name) || trap.Cross($"before {name}");
    }

    // The end of a sign-in, and what a pool says before it gives a connection out again: no commands of ours.
    private static bool IsReset(string name) => name is "" or "set" or "discard";

    private static string[] Texts(ReadOnlySequence<byte> body, int count)
    {
        string[] texts = new string[count];
        SequenceReader<byte> reader = new(body);
        for (int i = 0; i < count; i++)
            texts[i] = reader.TryReadTo(out ReadOnlySequence<byte> text, 0) ? Encoding.UTF8.GetString(text) : "";
        return texts;
    }
}
