using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Stores a new webhook. Runs in the caller's transaction.</summary>
public static class AddWebhook
{
    private const string Sql = """
        insert into webhook (id, name, url, kinds, secret, created_at, created_by, changed_at, changed_by)
        values ($1, $2, $3, $4, $5, $6, $7, $6, $7)
        """;

    /// <summary>Stores it.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="id">A new id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="url">Where facts go.</param>
    /// <param name="kinds">Which facts.</param>
    /// <param name="secret">The secret, sealed.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task ExecuteAsync(
        NpgsqlTransaction transaction, Guid id, string name, string url, IReadOnlyList<string> kinds, string secret, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddText(name);
        command.Parameters.AddText(url);
        command.Parameters.AddTexts([.. kinds]);
        command.Parameters.AddText(secret);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
