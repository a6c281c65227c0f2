using System.Diagnostics;
using System.Net.Mail;
using System.Text;
using EngagementFlows.Server.Smtp;
using EngagementFlows.Testing.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngagementFlows.Benchmarks.Smtp;

/// <summary>Messages a second to another's mail server (npm <c>smtp-server</c>) on this machine, beside the framework's client in the same run.</summary>
/// <remarks>Without TLS on both sides: what is compared is the conversation, not the ciphers. The server's process takes most of the time.</remarks>
public sealed class SmtpBenchmark : Benchmark
{
    private const int WarmUp = 200;
    private const int Messages = 2_000;
    private const int FrameworkMessages = 500;

    private static readonly string Body = string.Concat(Enumerable.Repeat("Dear client, this line is one of many that a letter of the usual length has.\r\n", 64));
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("From: flows@firm.example\r\nTo: client@customer.example\r\nSubject: Hello\r\n\r\n" + Body);

    public override IReadOnlyList<string> Names => ["smtp-1-connection", "smtp-4-connections", "smtp-framework-1", "smtp-framework-4"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { quiet = true, authOptional = true, hideSTARTTLS = true, maxClients = 64 });
        double one = await OursAsync(peer.Port, 1, cancellationToken);
        double four = await OursAsync(peer.Port, 4, cancellationToken);
        double frameworkOne = await FrameworksAsync(peer.Port, 1, cancellationToken);
        double frameworkFour = await FrameworksAsync(peer.Port, 4, cancellationToken);
        return
        [
            new Figure("smtp-1-connection", one, "messages/s", one / frameworkOne, "above the framework's client"),
            new Figure("smtp-4-connections", four, "messages/s", four / frameworkFour, "above the framework's client"),
            new Figure("smtp-framework-1", frameworkOne, "messages/s"),
            new Figure("smtp-framework-4", frameworkFour, "messages/s"),
        ];
    }

    private static async Task<double> OursAsync(int port, int connections, CancellationToken cancellationToken)
    {
        SmtpOptions options = new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, MaxConnections = connections, MessagesPerConnection = 10_000 };
        using HttpClient http = new();
        await using SmtpSubmission submission = new(options, http, TimeProvider.System, NullLogger<SmtpSubmission>.Instance);
        SmtpMessage message = new("flows@firm.example", "client@customer.example", Content);
        return await PerSecondAsync(connections, Messages, async () =>
        {
            SubmissionResult result = await submission.SubmitAsync(message, static _ => Task.FromResult(true), cancellationToken);
            if (result is not SubmissionResult.Accepted)
                throw new InvalidOperationException($"The benchmark's mail was not accepted: {result}");
        });
    }

    private static async Task<double> FrameworksAsync(int port, int connections, CancellationToken cancellationToken)
    {
        // One client does one message at a time; it keeps its connection.
        Stack<SmtpClient> clients = new(Enumerable.Range(0, connections).Select(_ => new SmtpClient("127.0.0.1", port)));
        double figure = await PerSecondAsync(connections, FrameworkMessages, async () =>
        {
            SmtpClient client;
            lock (clients)
                client = clients.Pop();
            using MailMessage message = new("flows@firm.example", "client@customer.example", "Hello", Body);
            await client.SendMailAsync(message, cancellationToken);
            lock (clients)
                clients.Push(client);
        });
        foreach (SmtpClient client in clients)
            client.Dispose();
        return figure;
    }

    private static async Task<double> PerSecondAsync(int side, int count, Func<Task> submit)
    {
        await RunAsync(side, WarmUp, submit);
        long began = Stopwatch.GetTimestamp();
        await RunAsync(side, count, submit);
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static Task RunAsync(int side, int count, Func<Task> submit) => Task.WhenAll(Enumerable.Range(0, side).Select(async _ =>
    {
        for (int message = 0; message < count / side; message++)
            await submit();
    }));
}
