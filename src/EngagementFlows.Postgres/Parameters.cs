using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres;

/// <summary>Typed positional parameters: a null in an array or alone must still say what it is.</summary>
internal static class Parameters
{
    public static void AddUuids(this NpgsqlParameterCollection parameters, Guid[] values) => parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = values });

    public static void AddUuidsOrNull(this NpgsqlParameterCollection parameters, IReadOnlyList<Guid>? values) =>
        parameters.Add(new NpgsqlParameter { Value = values is null ? DBNull.Value : values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });

    public static void AddUuids(this NpgsqlParameterCollection parameters, Guid?[] values) =>
        parameters.Add(new NpgsqlParameter<Guid?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });

    public static void AddTexts(this NpgsqlParameterCollection parameters, string?[] values) =>
        parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    public static void AddTextsOrNull(this NpgsqlParameterCollection parameters, string[]? values) =>
        parameters.Add(new NpgsqlParameter { Value = values is null ? DBNull.Value : values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    public static void AddJsons(this NpgsqlParameterCollection parameters, string?[] values) =>
        parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json });

    public static void AddIntegers(this NpgsqlParameterCollection parameters, int[] values) => parameters.Add(new NpgsqlParameter<int[]> { TypedValue = values });

    public static void AddBigints(this NpgsqlParameterCollection parameters, long[] values) => parameters.Add(new NpgsqlParameter<long[]> { TypedValue = values });

    public static void AddBooleans(this NpgsqlParameterCollection parameters, bool[] values) => parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = values });

    public static void AddInstants(this NpgsqlParameterCollection parameters, DateTime[] values) =>
        parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });

    public static void AddInstants(this NpgsqlParameterCollection parameters, DateTime?[] values) =>
        parameters.Add(new NpgsqlParameter<DateTime?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });

    public static void AddBytes(this NpgsqlParameterCollection parameters, ReadOnlyMemory<byte>[] values) =>
        parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });

    public static void AddUuid(this NpgsqlParameterCollection parameters, Guid? value) => parameters.Add(Single(value, NpgsqlDbType.Uuid));

    public static void AddText(this NpgsqlParameterCollection parameters, string? value) => parameters.Add(Single(value, NpgsqlDbType.Text));

    public static void AddJson(this NpgsqlParameterCollection parameters, string? value) => parameters.Add(Single(value, NpgsqlDbType.Json));

    public static void AddJsonb(this NpgsqlParameterCollection parameters, string? value) => parameters.Add(Single(value, NpgsqlDbType.Jsonb));

    public static void AddInteger(this NpgsqlParameterCollection parameters, int? value) => parameters.Add(Single(value, NpgsqlDbType.Integer));

    public static void AddBigint(this NpgsqlParameterCollection parameters, long? value) => parameters.Add(Single(value, NpgsqlDbType.Bigint));

    public static void AddBoolean(this NpgsqlParameterCollection parameters, bool? value) => parameters.Add(Single(value, NpgsqlDbType.Boolean));

    public static void AddInstant(this NpgsqlParameterCollection parameters, DateTimeOffset? value) => parameters.Add(Single(value?.UtcDateTime, NpgsqlDbType.TimestampTz));

    public static void AddInterval(this NpgsqlParameterCollection parameters, TimeSpan value) => parameters.Add(Single(value, NpgsqlDbType.Interval));

    public static void AddBytes(this NpgsqlParameterCollection parameters, byte[]? value) => parameters.Add(Single(value, NpgsqlDbType.Bytea));

    private static NpgsqlParameter Single(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
