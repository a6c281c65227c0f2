using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>A link with everything that its page shows.</summary>
/// <param name="Link">The link.</param>
/// <param name="Engagement">Its engagement with everybody who takes part.</param>
public sealed record LinkDetail(Link Link, EngagementSnapshot Engagement);

/// <summary>Reads one link. Call it only with an id that a genuine token or a signed cookie gave.</summary>
public sealed class FindLink(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, instance_id, bookmark_id, engagement_id, contact_id, definition_version_id, form_path, may_decline, state_of_link(link), issued_at, expires_at, closed_at, outcome, message, document_version_id, confirm_by_code
        from link
        where id = $1
        """;

    /// <summary>Returns the link; <see langword="null"/> if there is none of that id.</summary>
    public async Task<LinkDetail?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await ReadAsync(connection, id, cancellationToken) is not { } link)
            return null;
        return new(link, (await LoadEngagements.ExecuteAsync(connection, [link.EngagementId], cancellationToken))[link.EngagementId]);
    }

    internal static async Task<Link?> ReadAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        return new(
            reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetGuid(4), reader.GetString(5), reader.GetString(6),
            reader.GetBoolean(7), LinkText.StateOf(reader.GetString(8)), reader.Instant(9), reader.Instant(10), reader.OptionalInstant(11), reader.Text(12), reader.Text(13), reader.GetBoolean(15))
        {
            DocumentVersionId = reader.Uuid(14),
        };
    }
}
