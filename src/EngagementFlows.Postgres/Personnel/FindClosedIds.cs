using Npgsql;

namespace EngagementFlows.Postgres.Personnel;

/// <summary>Tells which ids belong to engagements that a person must not be shown anything of: of the engagement itself, its instances, tasks, mails, documents, meetings and whatever else hangs on it.</summary>
/// <remarks>The rule stands in the database (<c>engagement_is_open_to</c>, <c>instance_is_open_to</c>), so that lists and looks by id share it.</remarks>
public sealed class FindClosedIds(NpgsqlDataSource dataSource)
{
    private const string Sql = "select closed_ids($1, $2)";

    /// <summary>Returns those of the ids that are closed to the viewer; ids of nothing are not among them.</summary>
    /// <param name="ids">Ids of anything.</param>
    /// <param name="viewer">Who looks; <see langword="null"/> = a program or a stranger.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<Guid>> ExecuteAsync(Guid[] ids, Guid? viewer, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
            return [];
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuids(ids);
        command.Parameters.AddUuid(viewer);
        List<Guid> closed = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            closed.Add(reader.GetGuid(0));
        return closed;
    }
}
