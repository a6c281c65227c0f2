using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>How it stands with the confirmation of an open link.</summary>
/// <param name="Email">The mailbox on record, to which codes go.</param>
/// <param name="ExpiresAt">When the code that may be typed now ends; <see langword="null"/> if there is none.</param>
public sealed record LinkConfirmation(string Email, DateTimeOffset? ExpiresAt);

/// <summary>Reads how it stands with the confirmation of a link.</summary>
public sealed class FindLinkCode(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select k.email, c.expires_at
        from link l
        join contact k on k.id = l.contact_id
        left join link_code c on c.link_id = l.id and c.ended_at is null and c.expires_at > $2 and c.tries < 5
        where l.id = $1
        """;

    /// <summary>Returns it.</summary>
    /// <param name="link">A link that exists.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<LinkConfirmation> ExecuteAsync(Guid link, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetString(0), reader.OptionalInstant(1))
            : throw new InvalidOperationException($"EngagementFlows bug: link '{link}' is gone.");
    }
}
