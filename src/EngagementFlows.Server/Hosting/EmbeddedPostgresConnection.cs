using System.Globalization;
using Npgsql;

namespace EngagementFlows.Server.Hosting;

/// <summary>The way into a running cluster.</summary>
internal sealed class EmbeddedPostgresConnection(EmbeddedPostgresFolder folder)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    /// <summary>Returns the connection string for a database of the cluster.</summary>
    public string StringFor(string database)
    {
        NpgsqlConnectionStringBuilder builder = new()
        {
            Database = database,
            Username = EmbeddedPostgresCluster.Name,
            Password = File.ReadAllText(folder.PasswordFile),
        };
        if (OperatingSystem.IsWindows())
        {
            builder.Host = "127.0.0.1";
            builder.Port = int.Parse(File.ReadAllText(folder.PortFile), CultureInfo.InvariantCulture);
        }
        else
        {
            builder.Host = folder.Socket;
        }

        return builder.ConnectionString;
    }

    /// <summary>Waits while the cluster comes up; returns whether it answers.</summary>
    /// <param name="isRunning">Whether its process lives.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<bool> AnswersAsync(Func<bool> isRunning, CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (isRunning())
        {
            try
            {
                await using NpgsqlConnection connection = new(WithoutPool("postgres"));
                await connection.OpenAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException fault) when (fault is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } && TimeProvider.System.GetElapsedTime(began) < StartLimit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Makes the product's database if it does not exist.</summary>
    public async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        if (!await HasDatabaseAsync(EmbeddedPostgresCluster.Name, cancellationToken))
            await ExecuteAsync(["create database " + EmbeddedPostgresCluster.Name], cancellationToken);
    }

    /// <summary>Returns whether the cluster has a database of a name.</summary>
    public async Task<bool> HasDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(WithoutPool("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand exists = new("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        return await exists.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Runs statements on the cluster, one after the other, outside any transaction of this method.</summary>
    public async Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(WithoutPool("postgres"));
        await connection.OpenAsync(cancellationToken);
        foreach (string statement in statements)
        {
            await using NpgsqlCommand command = new(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private string WithoutPool(string database) => new NpgsqlConnectionStringBuilder(StringFor(database)) { Pooling = false }.ConnectionString;
}
