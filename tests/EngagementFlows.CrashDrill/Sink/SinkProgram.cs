using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>
/// The process <c>sink MAILPORT MAILFILE FACTPORT FACTFILE SEED</c>: takes mails, and messages of webhooks, until its input ends; a line of input is the mode and the
/// percentage of messages that it meets.
/// </summary>
internal static class SinkProgram
{
    /// <summary>The argument that makes the drill's program a sink.</summary>
    public const string Role = "sink";

    public static async Task<int> RunAsync(int mailPort, string mailFile, int factPort, string factFile, ulong seed)
    {
        using SinkRecord mails = new(mailFile);
        using SinkRecord facts = new(factFile);
        SinkBehaviour behaviour = new(new Chance(seed));
        using TcpListener mailListener = new(IPAddress.Loopback, mailPort);
        using TcpListener factListener = new(IPAddress.Loopback, factPort);
        mailListener.Start();
        factListener.Start();
        await Console.Out.WriteLineAsync("ready");
        using CancellationTokenSource stop = new();
        Task taking = Task.WhenAll(
            TakeAsync(mailListener, stream => new SinkConversation(stream, mails, behaviour).RunAsync(stop.Token), stop.Token),
            TakeAsync(factListener, stream => new FactConversation(stream, facts, behaviour).RunAsync(stop.Token), stop.Token));
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
        {
            string[] words = line.Split(' ');
            behaviour.Set(Enum.Parse<SinkMode>(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture));
        }

        await stop.CancelAsync();
        await taking;
        return 0;
    }

    private static async Task TakeAsync(TcpListener listener, Func<Stream, Task> talk, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync(cancellationToken);
                client.NoDelay = true;
                _ = ServeAsync(client, talk);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The drill is at its end.
            }
        }
    }

    private static async Task ServeAsync(TcpClient client, Func<Stream, Task> talk)
    {
        using (client)
        {
            try
            {
                await talk(client.GetStream());
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // The other side was killed, or the drill is at its end.
            }
        }
    }
}
