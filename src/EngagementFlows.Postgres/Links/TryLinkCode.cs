using EngagementFlows.Engagements.Links;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Takes one try at a link's code.</summary>
internal static class TryLinkCode
{
    // Counted and committed before anything is compared: of any number of guesses at once, five see the code.
    private const string Sql = """
        update link_code set tries = tries + 1
        where link_id = $1 and ended_at is null and expires_at > $2 and tries < 5
        returning id, key_id, tries
        """;

    /// <summary>Returns the code to compare with and how many tries it has left after this one; <see langword="null"/> if there is none that may be tried.</summary>
    /// <remarks>One statement, committed by itself: a try counts whatever becomes of the answer.</remarks>
    public static async Task<(LinkCode Code, int Left)?> ExecuteAsync(NpgsqlConnection connection, Guid link, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (new(reader.GetGuid(0), reader.GetString(1)), LinkCodeLimits.Tries - reader.GetInt16(2)) : null;
    }
}
