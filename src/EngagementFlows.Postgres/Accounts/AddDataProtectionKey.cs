using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Stores a key of cookie protection.</summary>
/// <remarks>Synchronous, as the framework's key ring asks for it.</remarks>
public sealed class AddDataProtectionKey(NpgsqlDataSource dataSource)
{
    private const string Sql = "insert into data_protection_key (name, xml) values ($1, $2) on conflict do nothing";

    /// <summary>Stores <paramref name="xml"/> under <paramref name="name"/>; a name that exists keeps its text.</summary>
    public void Execute(string name, string xml)
    {
        using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(xml);
        command.ExecuteNonQuery();
    }
}
