using EngagementFlows.Postgres.Migrations;
using Npgsql;

namespace EngagementFlows.Server.Hosting;

/// <summary>A copy of the product's database in its cluster that is to take its place.</summary>
/// <remarks>
/// The original takes no connections from before the copy is made until it is dropped, or <see cref="SettleAsync"/> opens it again: what is dropped in the end is what was copied.
/// Callers hold the lock of the data folder.
/// </remarks>
internal sealed class StandInDatabase(EmbeddedPostgresConnection connection)
{
    private const string Original = EmbeddedPostgresCluster.Name;
    private const string Name = Original + "_next";
    private const string Replaced = Original + "_replaced";

    /// <summary>Closes the original, makes the copy and returns its connection string. Nobody may be connected to the original.</summary>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        // Closed first: who got in before is still connected and makes the copying fail, who comes later is refused.
        await connection.ExecuteAsync([$"alter database {Original} allow_connections false", $"create database {Name} template {Original}"], cancellationToken);
        return connection.StringFor(Name);
    }

    /// <summary>Puts the copy into the original's place; <see cref="SettleAsync"/> must follow. Nobody may be connected to either of them.</summary>
    /// <remarks>Both names change in one transaction: there is never no database of the product's name. Its commit also brings to the disk whatever the copy's commits did not wait for.</remarks>
    public Task PutInPlaceAsync(CancellationToken cancellationToken) => connection.ExecuteAsync(
        ["begin", $"alter database {Original} rename to {Replaced}", $"alter database {Name} rename to {Original}", "commit"], cancellationToken);

    /// <summary>Leaves one database, which takes connections: the original, or the copy that took its place. Right after any step of this class, and after a process died at any of them.</summary>
    /// <remarks>A copy that is not in its place is dropped. An original that was replaced is dropped only if it is untouched; otherwise it gets its place back, whatever opened it.</remarks>
    /// <returns>Whether the copy had to give its place back.</returns>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync([$"drop database if exists {Name} with (force)"], cancellationToken);
        bool isReplaced = await connection.HasDatabaseAsync(Replaced, cancellationToken);
        bool isTouched = isReplaced && !await IsReplacedUntouchedAsync(cancellationToken);
        if (isTouched)
            await TakeBackAsync(cancellationToken);
        else if (isReplaced)
            await connection.ExecuteAsync([$"drop database {Replaced} with (force)"], cancellationToken);
        await connection.ExecuteAsync([$"alter database {Original} allow_connections true"], cancellationToken);
        return isTouched;
    }

    private async Task<bool> IsReplacedUntouchedAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync([$"alter database {Replaced} allow_connections true"], cancellationToken);
        await using NpgsqlDataSource replaced = NpgsqlDataSource.Create(connection.StringFor(Replaced));
        return await IsUntouched.ExecuteAsync(replaced, cancellationToken);
    }

    private Task TakeBackAsync(CancellationToken cancellationToken) => connection.ExecuteAsync(
        [
            $"alter database {Original} allow_connections false",
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname in ('{Original}', '{Replaced}')",
            "begin",
            $"alter database {Original} rename to {Name}",
            $"alter database {Replaced} rename to {Original}",
            "commit",
            $"drop database {Name} with (force)",
        ],
        cancellationToken);
}
