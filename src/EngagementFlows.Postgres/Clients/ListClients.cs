using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>A line of the list of clients.</summary>
/// <param name="Id">The client.</param>
/// <param name="ExternalId">The key of another system.</param>
/// <param name="Name">The name.</param>
/// <param name="Industry">What the client does, or <see langword="null"/>.</param>
/// <param name="Tier">The service class.</param>
/// <param name="Contact">The contact's name, or <see langword="null"/> if the client has no engagement.</param>
/// <param name="Engagement">The latest engagement's title, or <see langword="null"/>.</param>
/// <param name="Stage">Its stage, or <see langword="null"/>.</param>
/// <param name="Owner">Its owner's name, or <see langword="null"/>.</param>
public sealed record ClientLine(
    Guid Id, string ExternalId, string Name, string? Industry, int Tier, string? Contact, string? Engagement, string? Stage, string? Owner);

/// <summary>Lists clients by name; the firm itself is none.</summary>
public sealed class ListClients(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select c.id, c.external_id, c.name, c.industry, c.tier, e.contact, e.title, e.stage, e.owner
        from client c
        left join lateral (
          select k.name as contact, g.title, g.stage, o.name as owner
          from engagement g join contact k on k.id = g.contact_id join person o on o.id = g.owner_id
          where g.client_id = c.id
          order by g.id desc
          limit 1
        ) e on true
        where not c.is_internal
          and ($1::text is null or c.name ilike $1 or c.external_id ilike $1 or e.title ilike $1 or e.contact ilike $1)
          and ($2::text is null or e.stage = $2)
          and ($3::text is null or (c.name, c.id) > ($3, $4::uuid))
        order by c.name, c.id
        limit $5
        """;

    /// <summary>Returns a page.</summary>
    /// <param name="search">A part of name, external id, contact or title; <see langword="null"/> or blank = all.</param>
    /// <param name="stage">A stage, or <see langword="null"/> for all.</param>
    /// <param name="after"><see cref="ListPage{T}.Next"/> of the page before, or <see langword="null"/>.</param>
    /// <param name="limit">1 to 500 rows.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public async Task<ListPage<ClientLine>> ExecuteAsync(string? search, string? stage, string? after, int limit, CancellationToken cancellationToken)
    {
        if (stage is not null && !EngagementStages.IsKnown(stage))
            return new([], null);
        limit = Math.Clamp(limit, 1, 500);
        (string Key, Guid Id)? cursor = PageCursor.Read(after);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(Like.Contains(search));
        command.Parameters.AddText(stage);
        command.Parameters.AddText(cursor?.Key);
        command.Parameters.AddUuid(cursor?.Id);
        command.Parameters.AddInteger(limit + 1);
        List<ClientLine> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.Text(3), reader.GetInt16(4), reader.Text(5), reader.Text(6), reader.Text(7), reader.Text(8)));
        }

        return ListPage<ClientLine>.Of(rows, limit, row => PageCursor.Of(row.Name, row.Id));
    }
}
