using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>The process <c>sink PORT FILE SEED</c>: takes mails until its input ends; a line of input is the mode and the percentage of messages that it meets.</summary>
internal static class SinkProgram
{
    public static async Task<int> RunAsync(int port, string file, ulong seed)
    {
        using SinkRecord record = new(file);
        SinkBehaviour behaviour = new(new Chance(seed));
        using TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        await Console.Out.WriteLineAsync("ready");
        using CancellationTokenSource stop = new();
        Task taking = TakeAsync(listener, record, behaviour, stop.Token);
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
        {
            string[] words = line.Split(' ');
            behaviour.Set(Enum.Parse<SinkMode>(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture));
        }

        await stop.CancelAsync();
        await taking;
        return 0;
    }

    private static async Task TakeAsync(TcpListener listener, SinkRecord record, SinkBehaviour behaviour, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync(cancellationToken);
                client.NoDelay = true;
                _ = ServeAsync(client, record, behaviour, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The drill is at its end.
            }
        }
    }

    private static async Task ServeAsync(TcpClient client, SinkRecord record, SinkBehaviour behaviour, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                await new SinkConversation(client.GetStream(), record, behaviour).RunAsync(cancellationToken);
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // The other side was killed, or the drill is at its end.
            }
        }
    }
}
