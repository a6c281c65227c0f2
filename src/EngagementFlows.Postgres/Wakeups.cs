using EngagementFlows.Postgres.Instances;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EngagementFlows.Postgres;

/// <summary>Tells other processes, and hears from them, that there is something to look at: LISTEN and NOTIFY on a connection of its own.</summary>
/// <remarks>Never inside a commit, which it would serialise; at most one notice per channel in 10 ms. Nothing depends on a notice to arrive.</remarks>
internal sealed partial class Wakeups(NpgsqlDataSource dataSource, CommitSignals signals, DatabaseClock clock, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Channels = ["inbox", "outbox", "definitions", "webhooks", "schedules"];
    private readonly Lock _lock = new();
    private readonly HashSet<string> _wanted = [];
    private CancellationTokenSource? _interrupt;

    /// <summary>Called when another process changed the definitions.</summary>
    public Action? DefinitionsChanged { get; set; }

    /// <summary>Called when another process changed the webhooks.</summary>
    public Action? WebhooksChanged { get; set; }

    /// <summary>Asks for a notice to the other processes; returns at once.</summary>
    public void Notify(string channel)
    {
        lock (_lock)
        {
            if (_wanted.Add(channel) && _wanted.Count == 1)
                _interrupt?.CancelAsync();
        }
    }

    /// <summary>Listens and notifies until it is stopped; connects again when the connection is lost.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
                await ServeAsync(connection, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogLost(logger, fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock.Time, cancellationToken);
            }
        }
    }

    private async Task ServeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        int self = connection.ProcessID;
        connection.Notification += (_, notice) =>
        {
            if (notice.PID != self)
                Hear(notice.Channel);
        };
        await using (NpgsqlCommand listen = new(string.Join("; ", Channels.Select(channel => $"listen {channel}")), connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        // What happened before the ear was open is looked at once.
        foreach (string channel in Channels)
            Hear(channel);
        while (true)
        {
            string[] wanted = Take(cancellationToken, out CancellationTokenSource wait);
            using (wait)
            {
                if (wanted.Length == 0)
                {
                    try
                    {
                        await connection.WaitAsync(wait.Token);
                    }
                    catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                    {
                        // There is something to notify.
                    }

                    continue;
                }
            }

            await using NpgsqlCommand notify = new(string.Join("; ", wanted.Select(channel => $"notify {channel}")), connection);
            await notify.ExecuteNonQueryAsync(cancellationToken);
            await Task.Delay(Pause, clock.Time, cancellationToken);
        }
    }

    private string[] Take(CancellationToken cancellationToken, out CancellationTokenSource wait)
    {
        lock (_lock)
        {
            string[] wanted = [.. _wanted];
            _wanted.Clear();
            wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _interrupt = wanted.Length == 0 ? wait : null;
            return wanted;
        }
    }

    private void Hear(string channel)
    {
        switch (channel)
        {
            case "inbox":
                signals.Inbox.Wake();
                break;
            case "outbox":
                signals.Outbox.Wake();
                break;
            case "schedules":
                signals.Schedules.Wake();
                break;
            case "webhooks":
                WebhooksChanged?.Invoke();
                break;
            default:
                DefinitionsChanged?.Invoke();
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection for notices was lost ({Reason}); until it is back, work of other processes is found by looking.")]
    private static partial void LogLost(ILogger logger, string reason);
}
