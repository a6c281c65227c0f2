using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres;

/// <summary>Nullable columns.</summary>
internal static class Rows
{
    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Reads two columns, English and Chinese; neither may be null.</summary>
    public static LocalizedText Localized(this NpgsqlDataReader reader, int column) => new(reader.GetString(column), reader.GetString(column + 1));

    public static Guid? Uuid(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static DateTimeOffset Instant(this NpgsqlDataReader reader, int column) => new(reader.GetDateTime(column), TimeSpan.Zero);

    public static DateTimeOffset? OptionalInstant(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Instant(column);

    public static int? Integer(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static byte[]? Bytes(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
