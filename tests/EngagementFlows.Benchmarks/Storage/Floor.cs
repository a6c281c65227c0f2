using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>What the machine allows: one-row inserts, each committed durably, prepared, by 16 connections.</summary>
internal static class Floor
{
    private const int Connections = 16;

    public static async Task<double> MeasureAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Connections + 1 }.ConnectionString);
        await using (NpgsqlCommand create = dataSource.CreateCommand("drop table if exists bench_floor; create table bench_floor (id uuid primary key, content text not null)"))
            await create.ExecuteNonQueryAsync(cancellationToken);
        NpgsqlCommand[] inserts = new NpgsqlCommand[Connections];
        string content = new('x', 200);
        for (int i = 0; i < Connections; i++)
        {
            NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
            inserts[i] = new("insert into bench_floor (id, content) values ($1, $2)", connection);
            inserts[i].Parameters.Add(new NpgsqlParameter<Guid> { NpgsqlDbType = NpgsqlDbType.Uuid });
            inserts[i].Parameters.Add(new NpgsqlParameter<string> { TypedValue = content });
            await inserts[i].PrepareAsync(cancellationToken);
        }

        double floor = await Callers.PerSecondAsync(
            Connections,
            TimeSpan.FromSeconds(0.5),
            TimeSpan.FromSeconds(2),
            async caller =>
            {
                ((NpgsqlParameter<Guid>)inserts[caller].Parameters[0]).TypedValue = Postgres.TimeOrderedId.Create(TimeProvider.System.GetUtcNow());
                await inserts[caller].ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);
        foreach (NpgsqlCommand insert in inserts)
        {
            await insert.Connection!.DisposeAsync();
            await insert.DisposeAsync();
        }

        return floor;
    }
}
