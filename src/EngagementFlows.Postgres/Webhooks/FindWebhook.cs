using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Reads what is needed to sign and send to a webhook.</summary>
public sealed class FindWebhook(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select w.id, w.url, w.state, w.secret from outbox o join webhook w on w.id = o.webhook_id where o.id = $1
        """;

    /// <summary>Returns id, address, state and sealed secret of the webhook that a delivery is for; <see langword="null"/> if it is gone.</summary>
    public async Task<(Guid Id, string Url, string State, string Secret)?> ForDeliveryAsync(Guid delivery, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(delivery);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)) : null;
    }
}
