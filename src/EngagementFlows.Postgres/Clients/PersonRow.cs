using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>The columns name, email, roles, language, zone, phone, is_active, wherever they begin.</summary>
internal static class PersonRow
{
    public static Person Read(NpgsqlDataReader reader, Guid id, int first) => new(
        id,
        reader.GetString(first),
        reader.GetString(first + 1),
        reader.GetFieldValue<string[]>(first + 2),
        reader.GetString(first + 3),
        reader.GetString(first + 4),
        reader.Text(first + 5),
        reader.GetBoolean(first + 6));
}
