using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Counts the open tasks that a person may do, for the number beside the inbox.</summary>
public sealed class CountTasks(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select count(*)
        from task
        where state = 'open'
          and (assignee_person_id = $1 or assignee_role = any ($2) or escalated_person_id = $1 or escalated_role = any ($2))
        """;

    /// <summary>Returns the number.</summary>
    public async Task<long> ExecuteAsync(Person holder, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(holder.Id);
        command.Parameters.AddTexts([.. holder.Roles]);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
