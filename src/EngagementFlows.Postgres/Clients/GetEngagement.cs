using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Reads one engagement with everybody who takes part.</summary>
public sealed class GetEngagement(NpgsqlDataSource dataSource)
{
    /// <summary>Returns the engagement; <see langword="null"/> if there is none of that id.</summary>
    public async Task<EngagementSnapshot?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await LoadEngagements.ExecuteAsync(connection, [id], cancellationToken)).GetValueOrDefault(id);
    }
}
