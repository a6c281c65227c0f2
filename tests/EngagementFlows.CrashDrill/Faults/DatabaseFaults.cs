using Npgsql;

namespace EngagementFlows.CrashDrill.Faults;

/// <summary>Faults that PostgreSQL itself reports: statements and commits that fail, are cancelled, or wait for a lock that somebody else holds.</summary>
/// <remarks>They are put into the round's database from outside, by triggers and by another connection, and are taken away again.</remarks>
internal sealed class DatabaseFaults(NpgsqlDataSource dataSource)
{
    private static readonly TimeSpan BetweenCancels = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Tables = ["instance", "journal", "inbox", "outbox", "bookmark", "mail", "task", "idempotency"];

    // What a PostgreSQL says to a statement that is not at fault itself.
    private static readonly (string State, string Name)[] Errors =
    [
        ("40001", "serialization failure"), ("40P01", "deadlock"), ("57014", "statement time-out"), ("53100", "disk full"), ("53200", "out of memory"), ("25006", "read-only"),
    ];

    /// <summary>Tells which table and which error a number stands for.</summary>
    public static string Describe(FaultKind kind, int pick) => kind == FaultKind.LockTable ? TableOf(pick) : $"{ErrorOf(pick).Name} at {TableOf(pick)}";

    /// <summary>Lets a part of the writes to a table fail; <paramref name="atCommit"/> = when their transaction is to be committed.</summary>
    public async Task FailAsync(int pick, int percent, bool atCommit, TimeSpan lasts)
    {
        string trigger = atCommit
            ? $"create constraint trigger drill_fault after insert or update on {TableOf(pick)} deferrable initially deferred for each row execute function drill_fault()"
            : $"create trigger drill_fault after insert or update on {TableOf(pick)} for each statement execute function drill_fault()";
        await RunAsync($"""
            create function drill_fault() returns trigger language plpgsql as $$
            begin
              if random() * 100 < {percent} then
                raise exception 'the drill wants this to fail' using errcode = '{ErrorOf(pick).State}';
              end if;
              return null;
            end $$;
            {trigger}
            """);
        await Task.Delay(lasts, CancellationToken.None);
        await RunAsync("drop function drill_fault() cascade");
    }

    /// <summary>Cancels whatever the product runs, again and again.</summary>
    public async Task CancelAsync(TimeSpan lasts)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < lasts)
        {
            await RunAsync("select pg_cancel_backend(pid) from pg_stat_activity where application_name like 'EngagementFlows%' and datname = current_database() and state = 'active'");
            await Task.Delay(BetweenCancels, CancellationToken.None);
        }
    }

    /// <summary>Locks a table: who writes to it or reads from it waits, and with him, soon, every connection of the pools.</summary>
    public Task LockAsync(int pick, TimeSpan lasts) =>
        RunAsync(FormattableString.Invariant($"begin; lock table {TableOf(pick)} in access exclusive mode; select pg_sleep({lasts.TotalSeconds}); rollback"));

    private static string TableOf(int pick) => Tables[pick % Tables.Length];

    private static (string State, string Name) ErrorOf(int pick) => Errors[pick / Tables.Length % Errors.Length];

    private async Task RunAsync(string sql)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
