using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Engagements;
using Npgsql;

namespace EngagementFlows.Postgres.Cases;

/// <summary>Answers who is to own a matter, and who stands on the next rung.</summary>
internal static class AnswerCases
{
    // What a person has in hand and when he was last given a case; whoever has touched the matter stands out.
    private const string Sql = """
        select p.id,
               (select count(*) from task t where t.assignee_person_id = p.id and t.state = 'open'),
               (select max(c.owned_at) from engagement_case c where c.owner_id = p.id),
               exists (select 1 from engagement e where e.id = $1 and p.id in (e.owner_id, e.architect_id))
               or exists (select 1 from task t where t.instance_id = $2 and p.id in (t.assignee_person_id, t.escalated_person_id, t.completed_by_id))
        from person p
        where p.is_active
        """;

    public static async Task ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<Question> questions, string? escalationLastRung, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        OwnerAsked[] owners = [.. questions.OfType<OwnerAsked>()];
        NextRungAsked[] rungs = [.. questions.OfType<NextRungAsked>()];
        if (owners.Length + rungs.Length == 0)
            return;
        Dictionary<Guid, EngagementSnapshot> engagements = await LoadEngagements.ExecuteAsync(
            connection, [.. owners.Select(question => question.EngagementId).Union(rungs.Select(question => question.EngagementId))], cancellationToken);
        List<Person> staff = await ListStaff.ExecuteAsync(connection, cancellationToken);
        StaffDirectory directory = new(staff, escalationLastRung);
        foreach (OwnerAsked question in owners)
        {
            answers[question] = !engagements.TryGetValue(question.EngagementId, out EngagementSnapshot? engagement)
                ? NoEngagement(question.EngagementId)
                : Owner(question, engagement, staff, directory, await BurdensAsync(connection, question, cancellationToken));
        }

        foreach (NextRungAsked question in rungs)
        {
            answers[question] = !engagements.TryGetValue(question.EngagementId, out EngagementSnapshot? engagement)
                ? NoEngagement(question.EngagementId)
                : Answered(() => new NextRung(Member(directory.RungAbove(directory.Holder(question.Holder, engagement), engagement))));
        }
    }

    private static object Owner(OwnerAsked question, EngagementSnapshot engagement, List<Person> staff, StaffDirectory directory, Dictionary<Guid, Burden> burdens) => Answered(() =>
    {
        TaskHolder holder = directory.Holder(question.From, engagement);
        IEnumerable<Person> able = staff.Where(person => burdens.TryGetValue(person.Id, out Burden? burden)
            && (holder.PersonId == person.Id || (holder.Role is { } role && person.Is(role)))
            && !(question.IsNeutral && burden.HasTouched));
        IOrderedEnumerable<Person> inOrder = question.Choice == OwnerChoice.InTurn
            ? able.OrderBy(person => burdens[person.Id].LastOwnedAt ?? DateTimeOffset.MinValue)
            : able.OrderBy(person => burdens[person.Id].OpenTasks);
        return Member(inOrder.ThenBy(person => person.Name, StringComparer.Ordinal).FirstOrDefault())
            ?? (object)new Unanswerable(
                $"Nobody can own this: '{question.From}' means no active member of staff{(question.IsNeutral ? " who has not touched the matter" : "")}. "
                + "Add or activate somebody, or choose from another role, then retry.");
    });

    private static async Task<Dictionary<Guid, Burden>> BurdensAsync(NpgsqlConnection connection, OwnerAsked question, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(question.EngagementId);
        command.Parameters.AddUuid(question.InstanceId);
        Dictionary<Guid, Burden> burdens = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            burdens[reader.GetGuid(0)] = new(reader.GetInt64(1), reader.OptionalInstant(2), reader.GetBoolean(3));
        return burdens;
    }

    private static object Answered(Func<object> find)
    {
        try
        {
            return find();
        }
        catch (MendableEffectException fault)
        {
            return new Unanswerable(fault.Message);
        }
    }

    private static StaffMember? Member(Person? person) => person is null ? null : new(person.Email, person.Name);

    private static Unanswerable NoEngagement(Guid id) => new($"The engagement '{id}' does not exist. Start the flow with the id of an engagement as correlation id.");

    private sealed record Burden(long OpenTasks, DateTimeOffset? LastOwnedAt, bool HasTouched);
}
