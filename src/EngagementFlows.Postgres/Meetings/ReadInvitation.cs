using EngagementFlows.Engagements.Links;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Tells whether a link, or one in whose place it was sent, asks a contact whether he comes to a meeting.</summary>
internal static class ReadInvitation
{
    private const string Sql = """
        select exists (select 1 from meeting g join link asked on asked.id = g.link_id where g.engagement_id = $1 and asked.bookmark_id = $2)
        """;

    public static async Task<bool> IsOneAsync(NpgsqlConnection connection, Link link, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(link.EngagementId);
        command.Parameters.AddUuid(link.BookmarkId);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
