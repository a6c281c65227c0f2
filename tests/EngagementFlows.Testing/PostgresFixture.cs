using Npgsql;
using Xunit;

namespace EngagementFlows.Testing;

/// <summary>A migrated database of its own for a test class, on the PostgreSQL that the whole run shares.</summary>
/// <remarks>Use as <c>IClassFixture&lt;PostgresFixture&gt;</c>; within a class, tests share the database and so keep to ids of their own.</remarks>
public class PostgresFixture : IAsyncLifetime
{
    private TestPostgres? _postgres;

    /// <summary>Gets the connection string of the database.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Gets a data source for the database, for the tests' own looks into it.</summary>
    public NpgsqlDataSource DataSource { get; private set; } = null!;

    /// <summary>Gets whether the database begins with the migrated schema or empty.</summary>
    protected virtual bool IsMigrated => true;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _postgres = await TestPostgres.GetAsync();
        ConnectionString = await _postgres.CreateDatabaseAsync(IsMigrated);
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await _postgres!.DropDatabaseAsync(ConnectionString);
    }

    /// <summary>Makes one more database of the same kind, which lives until the run's end or until it is dropped by the next run.</summary>
    public async Task<string> CreateAnotherDatabaseAsync() => await _postgres!.CreateDatabaseAsync(IsMigrated);

    /// <summary>Runs a statement of the test's own.</summary>
    public async Task<int> ExecuteAsync(string sql, params object[] arguments)
    {
        await using NpgsqlCommand command = DataSource.CreateCommand(sql);
        foreach (object argument in arguments)
            command.Parameters.Add(new() { Value = argument });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns the single value of a statement of the test's own; <see langword="default"/> for null or no row.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object[] arguments)
    {
        await using NpgsqlCommand command = DataSource.CreateCommand(sql);
        foreach (object argument in arguments)
            command.Parameters.Add(new() { Value = argument });
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }
}

/// <summary>An empty database of its own for a test class.</summary>
public sealed class EmptyPostgresFixture : PostgresFixture
{
    /// <inheritdoc/>
    protected override bool IsMigrated => false;
}
