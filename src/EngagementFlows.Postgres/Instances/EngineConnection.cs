using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>A loop's own connection, opened again after it was lost. Not safe for use by several threads.</summary>
internal sealed class EngineConnection(NpgsqlDataSource dataSource, TimeProvider time) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>Returns the connection, open; tries once.</summary>
    public async Task<NpgsqlConnection> GetAsync(CancellationToken cancellationToken)
    {
        if (_connection is { State: System.Data.ConnectionState.Open })
            return _connection;
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        return _connection = await dataSource.OpenConnectionAsync(cancellationToken);
    }

    /// <summary>Returns the connection, open; tries for a while when the database is away.</summary>
    /// <exception cref="NpgsqlException">It did not come back in that time.</exception>
    public async Task<NpgsqlConnection> GetPatientlyAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(20);
        while (true)
        {
            try
            {
                return await GetAsync(cancellationToken);
            }
            catch (NpgsqlException) when (time.GetElapsedTime(began) < patience)
            {
                await Task.Delay(pause, time, cancellationToken);
                pause = pause < TimeSpan.FromSeconds(1) ? pause * 2 : pause;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
    }
}
