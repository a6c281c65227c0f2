using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>A line of a list of tasks.</summary>
/// <param name="Id">The task.</param>
/// <param name="Kind">Work or approval.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Outcomes">The outcomes to choose from.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Engagement">Its title.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="Tier">The client's service class.</param>
/// <param name="Assignee">The person's name, or the role.</param>
/// <param name="IsEscalated">Whether somebody else may do it as well by now.</param>
/// <param name="OpenedAt">When it was given.</param>
/// <param name="DueAt">By when it is to be done, or <see langword="null"/>.</param>
/// <param name="HasForm">Whether it asks for a form.</param>
/// <param name="DueIsProvisional">Whether the due instant was computed from a year whose holidays were not published yet.</param>
public sealed record TaskLine(
    Guid Id,
    TaskKind Kind,
    LocalizedText Title,
    TaskState State,
    IReadOnlyList<string> Outcomes,
    Guid EngagementId,
    string Engagement,
    Guid ClientId,
    string Client,
    int Tier,
    string Assignee,
    bool IsEscalated,
    DateTimeOffset OpenedAt,
    DateTimeOffset? DueAt,
    bool HasForm,
    bool DueIsProvisional);

/// <summary>Lists tasks in the order in which they are due; those without a due instant come last.</summary>
public sealed class ListTasks(NpgsqlDataSource dataSource)
{
    // The far end of time stands for "no due instant", so that one key orders all and the next page knows its place.
    private const string Sql = """
        select t.id, t.kind, t.title_en, t.title_zh, t.state, t.outcomes, t.engagement_id, e.title, c.id, c.name, c.tier,
               coalesce(p.name, t.assignee_role), t.escalated_at is not null, t.opened_at, t.due_at, t.form_path is not null,
               exists (select 1 from provisional_date v where v.reference_id = t.id)
        from task t
        join engagement e on e.id = t.engagement_id
        join client c on c.id = e.client_id
        left join person p on p.id = t.assignee_person_id
        where ($1::uuid is null
               or t.assignee_person_id = $1 or t.assignee_role = any ($2) or t.escalated_person_id = $1 or t.escalated_role = any ($2))
          and ($3::text is null or t.state = $3)
          and ($4::uuid is null or t.engagement_id = $4)
          and engagement_is_open_to(t.engagement_id, $8) and instance_id_is_open_to(t.instance_id, $8)
          and ($5::timestamptz is null or (coalesce(t.due_at, 'infinity'), t.id) > (coalesce($5, 'infinity'), $6::uuid))
        order by coalesce(t.due_at, 'infinity'), t.id
        limit $7
        """;

    private const string Forever = "infinity";

    /// <summary>Returns a page of the tasks that <paramref name="holder"/> may do, or of all if it is <see langword="null"/>.</summary>
    /// <param name="holder">The person, or <see langword="null"/> for those who watch over all tasks.</param>
    /// <param name="state">A state, or <see langword="null"/> for all.</param>
    /// <param name="engagement">Only this engagement, or <see langword="null"/> for all.</param>
    /// <param name="after"><see cref="ListPage{T}.Next"/> of the page before, or <see langword="null"/>.</param>
    /// <param name="limit">1 to 500 rows.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <param name="viewer">Who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</param>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public async Task<ListPage<TaskLine>> ExecuteAsync(
        Person? holder, TaskState? state, Guid? engagement, string? after, int limit, CancellationToken cancellationToken, Guid? viewer = null)
    {
        limit = Math.Clamp(limit, 1, 500);
        (DateTime? due, Guid? id) = Place(after);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(holder?.Id);
        command.Parameters.AddTexts([.. holder?.Roles ?? []]);
        command.Parameters.AddText(state is { } wanted ? TaskText.Of(wanted) : null);
        command.Parameters.AddUuid(engagement);
        command.Parameters.Add(new() { Value = due is { } instant ? instant : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(limit + 1);
        command.Parameters.AddUuid(viewer);
        List<TaskLine> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(Read(reader));
        return ListPage<TaskLine>.Of(rows, limit, row => PageCursor.Of(row.DueAt?.ToString("O", CultureInfo.InvariantCulture) ?? Forever, row.Id));
    }

    private static (DateTime? Due, Guid? Id) Place(string? after)
    {
        if (PageCursor.Read(after) is not { } cursor)
            return (null, null);
        // Npgsql writes the greatest DateTime as infinity.
        if (cursor.Key == Forever)
            return (DateTime.MaxValue, cursor.Id);
        return DateTimeOffset.TryParseExact(cursor.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset due)
            ? (due.UtcDateTime, cursor.Id)
            : throw new ListPlaceException(ListPlace.After, after!);
    }

    private static TaskLine Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        TaskText.KindOf(reader.GetString(1)),
        new(reader.GetString(2), reader.GetString(3)),
        TaskText.StateOf(reader.GetString(4)),
        reader.GetFieldValue<string[]>(5),
        reader.GetGuid(6),
        reader.GetString(7),
        reader.GetGuid(8),
        reader.GetString(9),
        reader.GetInt16(10),
        reader.GetString(11),
        reader.GetBoolean(12),
        reader.Instant(13),
        reader.OptionalInstant(14),
        reader.GetBoolean(15),
        reader.GetBoolean(16));
}
