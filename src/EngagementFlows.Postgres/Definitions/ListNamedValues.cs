using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Something of the firm that flows name.</summary>
/// <param name="List"><see cref="Calendar"/> or <see cref="PromiseClass"/>.</param>
/// <param name="Value">What a flow writes.</param>
/// <param name="Name">What people read.</param>
public sealed record NamedValue(string List, string Value, LocalizedText Name)
{
    public const string Calendar = "calendar";

    public const string PromiseClass = "promise-class";
}

/// <summary>Lists calendars and classes of promises with their names: the designer asks after every save, so it is one statement that reads no more than it shows.</summary>
public static class ListNamedValues
{
    private const string Sql = """
        select 'calendar', id, name_en, name_zh from calendar
        union all
        select 'promise-class', id, name_en, name_zh from promise_class
        order by 1, 2
        """;

    /// <summary>Returns them, ordered by list and value.</summary>
    public static async Task<IReadOnlyList<NamedValue>> ExecuteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<NamedValue> values = [];
        while (await reader.ReadAsync(cancellationToken))
            values.Add(new(reader.GetString(0), reader.GetString(1), reader.Localized(2)));
        return values;
    }
}
