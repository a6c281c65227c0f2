using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Postgres.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>A task with what a person needs to do it.</summary>
/// <param name="Task">The task.</param>
/// <param name="Engagement">Its engagement with everybody who takes part.</param>
/// <param name="Holders">The names of those who may do it: people, or the role's own name.</param>
/// <param name="CompletedBy">The name of who did it, or <see langword="null"/>.</param>
public sealed record TaskDetail(HumanTask Task, EngagementSnapshot Engagement, IReadOnlyList<string> Holders, string? CompletedBy);

/// <summary>Reads one task.</summary>
public sealed class GetTask(NpgsqlDataSource dataSource)
{
    /// <summary>Returns the task; <see langword="null"/> if there is none of that id. Whether the reader may see it is decided by <see cref="TaskDecision.MayRead"/>.</summary>
    public async Task<TaskDetail?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (!(await LoadTasks.ExecuteAsync(connection, [id], cancellationToken)).TryGetValue(id, out HumanTask? task))
            return null;
        EngagementSnapshot engagement = (await LoadEngagements.ExecuteAsync(connection, [task.EngagementId], cancellationToken))[task.EngagementId];
        List<Person> staff = await ListStaff.ExecuteAsync(connection, cancellationToken);
        string? completedBy = staff.Find(person => person.Id == task.CompletedById)?.Name;
        return new(task, engagement, [.. NamesOf(task.Assignee, staff), .. task.EscalatedTo is null ? [] : NamesOf(task.EscalatedTo, staff)], completedBy);
    }

    private static IEnumerable<string> NamesOf(TaskHolder holder, List<Person> staff) =>
        holder.Role is { } role ? [role] : staff.Where(person => person.Id == holder.PersonId).Select(person => person.Name);
}
