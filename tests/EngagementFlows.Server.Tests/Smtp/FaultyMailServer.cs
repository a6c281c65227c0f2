using System.Text;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>A mail server that goes wrong once, at one point, and works from then on; keeps the books that a result is compared with.</summary>
internal sealed class FaultyMailServer : IAsyncDisposable
{
    private readonly ServerPoint? _point;
    private readonly ServerFault _fault;
    private readonly ManualClock _clock;
    private readonly ScriptedServer _server;
    private int _faultsLeft = 1;

    public FaultyMailServer(ServerPoint? point, ServerFault fault, ManualClock clock)
    {
        _point = point;
        _fault = fault;
        _clock = clock;
        _server = ScriptedServer.Start(ServeAsync);
    }

    public int Port => _server.Port;

    public int Connections => _server.Connections;

    public bool Pipelining { get; init; } = true;

    /// <summary>Gets the ways to sign in.</summary>
    public string Mechanisms { get; init; } = "PLAIN LOGIN";

    /// <summary>Gets the offers besides STARTTLS, AUTH and PIPELINING.</summary>
    public string[] Offers { get; init; } = ["8BITMIME", "SMTPUTF8", "SIZE 50000000"];

    public List<string> Commands { get; } = [];

    /// <summary>Gets the messages that were read to their end, as they travelled.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Gets how many messages the server said yes to, in a whole answer.</summary>
    public int Accepted { get; private set; }

    /// <summary>Gets a task that ends when the server has begun to be silent.</summary>
    public TaskCompletionSource Silent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(ScriptedConnection client)
    {
        if (!await SayAsync(client, ServerPoint.Greeting, "220 mail.test ready"))
            return;

        while (await client.ReadLineAsync() is { } line)
        {
            lock (Commands)
                Commands.Add(line);
            if (!await AnswerAsync(client, line))
                return;
        }
    }

    private Task<bool> AnswerAsync(ScriptedConnection client, string line) => line.Split(' ')[0] switch
    {
        "EHLO" => SayAsync(client, client.IsEncrypted ? ServerPoint.EhloUnderTls : ServerPoint.Ehlo, Hello(client)),
        "STARTTLS" => EncryptAsync(client),
        "AUTH" => SignInAsync(client, line),
        "MAIL" => SayAsync(client, ServerPoint.Mail, "250 2.1.0 ok"),
        "RCPT" => SayAsync(client, ServerPoint.Rcpt, "250 2.1.5 ok"),
        "DATA" => TakeAsync(client),
        "RSET" => SayAsync(client, ServerPoint.Rset, "250 2.0.0 ok"),
        "QUIT" => SayAsync(client, ServerPoint.Quit, "221 2.0.0 bye"),
        _ => SendAsync(client, "502 5.5.1 what"),
    };

    private string Hello(ScriptedConnection client)
    {
        string[] lines = ["mail.test", .. client.IsEncrypted ? [$"AUTH {Mechanisms}"] : new[] { "STARTTLS" }, .. Pipelining ? ["PIPELINING"] : Array.Empty<string>(), .. Offers];
        return string.Join("\r\n", lines.Select((text, at) => $"250{(at == lines.Length - 1 ? ' ' : '-')}{text}"));
    }

    private async Task<bool> SignInAsync(ScriptedConnection client, string line)
    {
        ServerPoint[] questions = line switch
        {
            "AUTH LOGIN" => [ServerPoint.Auth, ServerPoint.AuthName],
            "AUTH CRAM-MD5" => [ServerPoint.Auth],
            _ => [],
        };
        foreach (ServerPoint question in questions)
        {
            if (!await SayAsync(client, question, "334 PDE4OTYuNjk3MTcwOTUyQG1haWwudGVzdD4=") || await client.ReadLineAsync() is not { } answer)
                return false;
            // Whoever was told no goes on with another command, not with an answer.
            if (answer.Contains(' ', StringComparison.Ordinal) || answer is "QUIT" or "*")
                return false;
        }

        return await SayAsync(client, questions.Length == 0 ? ServerPoint.Auth : ServerPoint.AuthSecret, "235 2.7.0 welcome");
    }

    private async Task<bool> EncryptAsync(ScriptedConnection client)
    {
        if (!await SayAsync(client, ServerPoint.StartTls, "220 2.0.0 go ahead"))
            return false;
        if (IsNow(ServerPoint.Handshake) && _fault != ServerFault.HangUpAfter)
            return await FailAsync(client, "220 hello");
        await client.StartTlsAsync(TestCertificates.Good);
        return !IsNow(ServerPoint.Handshake) || Fail(client.HangUp);
    }

    private async Task<bool> TakeAsync(ScriptedConnection client)
    {
        bool isLetIn = !IsNow(ServerPoint.Data) || _fault == ServerFault.Twice;
        if (!await SayAsync(client, ServerPoint.Data, "354 go ahead"))
            return false;
        if (!isLetIn)
            return true;

        if (IsNow(ServerPoint.Content))
        {
            await client.ReadAsync(50_000);
            return await FailAsync(client, "250 2.0.0 so soon");
        }

        if (await client.ReadMessageAsync() is not { } message)
            return false;

        lock (Messages)
            Messages.Add(Encoding.UTF8.GetString(message));
        if (!IsNow(ServerPoint.End) || _fault is ServerFault.HangUpAfter or ServerFault.Twice)
            Accepted++;
        return await SayAsync(client, ServerPoint.End, "250 2.0.0 queued as 4711");
    }

    private bool IsNow(ServerPoint here) => here == _point && _faultsLeft > 0;

    private Task<bool> SayAsync(ScriptedConnection client, ServerPoint here, string answer) =>
        IsNow(here) ? FailAsync(client, answer) : SendAsync(client, answer);

    private static async Task<bool> SendAsync(ScriptedConnection client, string answer)
    {
        await client.SendAsync(answer + "\r\n");
        return true;
    }

    private bool Fail(Action act)
    {
        _faultsLeft--;
        act();
        return false;
    }

    /// <summary>Does what is wrong and returns whether the conversation goes on.</summary>
    private async Task<bool> FailAsync(ScriptedConnection client, string answer)
    {
        _faultsLeft--;
        switch (_fault)
        {
            case ServerFault.HangUp:
                client.HangUp();
                return false;
            case ServerFault.Reset:
                client.Reset();
                return false;
            case ServerFault.HangUpAfter:
                await client.SendAsync(answer + "\r\n");
                client.HangUp();
                return false;
            case ServerFault.Say421:
                await client.SendAsync("421 4.3.2 shutting down\r\n");
                client.HangUp();
                return false;
            case ServerFault.Say4xx:
                return await SendAsync(client, "451 4.7.1 later please");
            case ServerFault.Say5xx:
                return await SendAsync(client, "550 5.7.1 never");
            case ServerFault.Say1xx:
                return await SendAsync(client, "150 thinking");
            case ServerFault.Silence:
                Silent.SetResult();
                await client.ReadAsync(int.MaxValue);
                return false;
            case ServerFault.Drip:
                return await DripAsync(client);
            case ServerFault.Garbage:
                return await SendAsync(client, "HTTP/1.1 400 Bad Request\r\n\r\n<html>");
            case ServerFault.EndlessLine:
                await client.SendAsync("250 " + new string('x', 1_000_000));
                await client.ReadAsync(int.MaxValue);
                return false;
            case ServerFault.EndlessAnswer:
                await client.SendAsync(string.Concat(Enumerable.Repeat("250-and on\r\n", 100_000)));
                await client.ReadAsync(int.MaxValue);
                return false;
            case ServerFault.TwoCodes:
                return await SendAsync(client, "250-yes\r\n550 no");
            case ServerFault.HalfLine:
                await client.SendAsync(answer[..3]);
                client.HangUp();
                return false;
            case ServerFault.Twice:
                return await SendAsync(client, answer + "\r\n" + answer);
            default:
                throw new InvalidOperationException($"No such fault: {_fault}.");
        }
    }

    private async Task<bool> DripAsync(ScriptedConnection client)
    {
        while (true)
        {
            await client.SendAsync("2");
            _clock.Advance(TimeSpan.FromSeconds(29));
        }
    }
}
