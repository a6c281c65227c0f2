using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Finds an effect that played time left for a real sender: a call, or a mail whose sending failed or broke off. Mails whose day lies ahead are none.</summary>
public static class FindUnsentEffect
{
    private const string Sql = """
        select kind || ' ' || effect_key from outbox
        where kind <> 'mail' or failing_since is not null or state in ('claimed', 'sending', 'uncertain')
        order by created_at, id
        limit 1
        """;

    /// <summary>Returns kind and key of the first one; <see langword="null"/> if there is none.</summary>
    public static async Task<string?> ExecuteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
