namespace EngagementFlows.Server.Hosting;

/// <summary>A copy of the product's database in its cluster that is to take its place.</summary>
internal sealed class StandInDatabase(EmbeddedPostgresConnection connection)
{
    private const string Name = EmbeddedPostgresCluster.Name + "_next";
    private const string Replaced = EmbeddedPostgresCluster.Name + "_replaced";

    /// <summary>Removes what a process left that died in the middle.</summary>
    public Task DropAsync(CancellationToken cancellationToken) =>
        connection.ExecuteAsync([$"drop database if exists {Name} with (force)", $"drop database if exists {Replaced} with (force)"], cancellationToken);

    /// <summary>Makes the copy and returns its connection string. Nobody may be connected to the original.</summary>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync([$"create database {Name} template {EmbeddedPostgresCluster.Name}"], cancellationToken);
        return connection.StringFor(Name);
    }

    /// <summary>Puts the copy into the original's place. Nobody may be connected to either of them.</summary>
    /// <remarks>Both names change in one transaction: there is never no database of the product's name. Its commit also brings to the disk whatever the copy's commits did not wait for.</remarks>
    public Task PutInPlaceAsync(CancellationToken cancellationToken) => connection.ExecuteAsync(
        [
            "begin",
            $"alter database {EmbeddedPostgresCluster.Name} rename to {Replaced}",
            $"alter database {Name} rename to {EmbeddedPostgresCluster.Name}",
            "commit",
            $"drop database {Replaced}",
        ],
        cancellationToken);
}
