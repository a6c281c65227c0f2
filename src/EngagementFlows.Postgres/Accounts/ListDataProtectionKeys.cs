using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Reads the stored keys of cookie protection.</summary>
/// <remarks>Synchronous, as the framework's key ring asks for it; happens once a day.</remarks>
public sealed class ListDataProtectionKeys(NpgsqlDataSource dataSource)
{
    private const string Sql = "select xml from data_protection_key order by created_at, name";

    /// <summary>Returns the keys as XML.</summary>
    public IReadOnlyList<string> Execute()
    {
        using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<string> keys = [];
        while (reader.Read())
            keys.Add(reader.GetString(0));
        return keys;
    }
}
