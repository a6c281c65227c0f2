using Npgsql;

namespace EngagementFlows.Postgres.Backups;

/// <summary>A database beside the configured one, on the same server, for the length of a drill.</summary>
/// <remarks>One drill at a time: its lock ends with its process, and what a killed drill left behind is dropped by the next one.</remarks>
public sealed class ScratchDatabase : IAsyncDisposable
{
    // "EFDRIL" in ASCII.
    private const long LockNumber = 0x45464452494C;

    private readonly NpgsqlConnection _connection;
    private readonly string _name;

    private ScratchDatabase(NpgsqlConnection connection, string name, string connectionString)
    {
        _connection = connection;
        _name = name;
        ConnectionString = connectionString;
    }

    /// <summary>Gets the connection string of the scratch database.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes an empty database named after the one of <paramref name="connectionString"/>, with <c>_drill</c> at its end.</summary>
    /// <exception cref="BackupException">Another drill is at work, or the database user may not make databases.</exception>
    public static async Task<ScratchDatabase> CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await BackupSession.OpenAsync(connectionString, "EngagementFlows drill", cancellationToken);
        try
        {
            if (!await connection.ScalarAsync<bool>($"select pg_try_advisory_lock({LockNumber})", cancellationToken))
                throw new BackupException($"Another restore drill is at work beside database '{connection.Database}'. Wait for its end.");
            string name = $"{connection.Database}_drill";
            await connection.ExecuteAsync($"drop database if exists {BackupSession.Quoted(name)} with (force)", cancellationToken);
            await connection.ExecuteAsync($"create database {BackupSession.Quoted(name)} template template0 encoding 'UTF8'", cancellationToken);
            return new(connection, name, new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString);
        }
        catch (Exception fault)
        {
            await connection.DisposeAsync();
            if (fault is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege })
                throw new BackupException("The database user may not make the scratch database of a drill. Grant it CREATEDB, or drill elsewhere: with ConnectionStrings:EngagementFlows of another server, or empty and with another EngagementFlows:DataFolder.", fault);
            throw;
        }
    }

    /// <summary>Drops the database, whoever is still connected.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (_connection)
            await _connection.ExecuteAsync($"drop database if exists {BackupSession.Quoted(_name)} with (force)", CancellationToken.None);
    }
}
