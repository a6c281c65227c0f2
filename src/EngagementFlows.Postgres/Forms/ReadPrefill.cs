using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Forms;

/// <summary>Reads what stands in the form of a link or a task when it is opened.</summary>
public sealed class ReadPrefill(NpgsqlDataSource dataSource)
{
    // Ids of links and tasks are never the same.
    private const string Sql = """
        select prefill from link where id = $1 and prefill is not null
        union all
        select prefill from task where id = $1 and prefill is not null
        """;

    /// <summary>Returns the answers by question; none for a link or task that begins with an empty form, and for an id that is neither.</summary>
    public async Task<PlainObject> ExecuteAsync(Guid linkOrTask, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(linkOrTask);
        return await command.ExecuteScalarAsync(cancellationToken) is string prefill ? AnswerJson.Read(prefill) ?? new() : new();
    }
}
