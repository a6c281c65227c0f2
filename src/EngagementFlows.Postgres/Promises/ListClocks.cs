using EngagementFlows.Engagements.Promises;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>A clock with whom it is about.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Engagement">The engagement's title.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="Owner">The name of the engagement's owner of now.</param>
public sealed record ClockLine(Clock Clock, string Engagement, Guid ClientId, string Client, string Owner);

/// <summary>What a list of clocks shows; <see langword="null"/> = all.</summary>
/// <param name="EngagementId">Only those of an engagement.</param>
/// <param name="ClientId">Only those of a client.</param>
/// <param name="InstanceId">Only those that an instance started.</param>
/// <param name="State">Only those in this state.</param>
public sealed record ClocksWanted(Guid? EngagementId = null, Guid? ClientId = null, Guid? InstanceId = null, ClockState? State = null)
{
    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }
}

/// <summary>Lists clocks, the latest first.</summary>
public sealed class ListClocks(NpgsqlDataSource dataSource)
{
    // Ids begin with the instant of the start.
    private const string Sql = """
        select k.id, k.engagement_id, k.instance_id, k.case_id, k.name, k.class, k.started_at, k.time_limit, k.calendar, k.calendar_version, k.due_at, k.is_provisional,
               k.state, k.stopped_at, k.is_kept, k.elapsed, e.title, c.id, c.name, p.name
        from clock k
        join engagement e on e.id = k.engagement_id
        join client c on c.id = e.client_id
        join person p on p.id = e.owner_id
        where ($1::uuid is null or k.id < $1)
          and ($2::uuid is null or k.engagement_id = $2)
          and ($3::uuid is null or e.client_id = $3)
          and ($4::uuid is null or k.instance_id = $4)
          and ($5::text is null or k.state = $5)
          and engagement_is_open_to(k.engagement_id, $7) and instance_id_is_open_to(k.instance_id, $7)
        order by k.id desc
        limit $6
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public async Task<ListPage<ClockLine>> ExecuteAsync(ClocksWanted wanted, string? after, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(ListPlace.Id(after));
        command.Parameters.AddUuid(wanted.EngagementId);
        command.Parameters.AddUuid(wanted.ClientId);
        command.Parameters.AddUuid(wanted.InstanceId);
        command.Parameters.AddText(wanted.State is { } state ? ClockRow.TextOf(state) : null);
        command.Parameters.AddInteger(limit + 1);
        command.Parameters.AddUuid(wanted.Viewer);
        List<ClockLine> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new(ClockRow.Read(reader), reader.GetString(16), reader.GetGuid(17), reader.GetString(18), reader.GetString(19)));
        return ListPage<ClockLine>.Of(rows, limit, row => row.Clock.Id.ToString("D"));
    }
}
