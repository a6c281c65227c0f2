using System.Globalization;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>A line of a list of meetings.</summary>
/// <param name="Id">The meeting.</param>
/// <param name="Title">What it is.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Audience">Who takes part.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="Zone">The zone by whose clocks it was arranged.</param>
/// <param name="Place">Where, or <see langword="null"/>.</param>
/// <param name="Series">What the meetings of its series have in common, or <see langword="null"/>.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Engagement">Its title.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="ContactAnswer">What the contact answered; to an internal meeting nobody asks him.</param>
/// <param name="OwnAnswer">What the person for whom the list was asked answered; none if it was asked for nobody.</param>
public sealed record MeetingLine(
    Guid Id,
    LocalizedText Title,
    MeetingState State,
    MeetingAudience Audience,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Zone,
    string? Place,
    string? Series,
    Guid EngagementId,
    string Engagement,
    Guid ClientId,
    string Client,
    MeetingAnswer ContactAnswer,
    MeetingAnswer OwnAnswer);

/// <summary>Which meetings are wanted.</summary>
/// <param name="IsPast">Those that are over, the latest first; else those that are not, the next first.</param>
/// <param name="State">A state, or <see langword="null"/> for all.</param>
/// <param name="EngagementId">Only this engagement, or <see langword="null"/> for all.</param>
/// <param name="PersonId">Only those to which this member of staff is invited, or <see langword="null"/> for all.</param>
/// <param name="Until">Only those that begin before, or <see langword="null"/>.</param>
public sealed record MeetingFilter(bool IsPast = false, MeetingState? State = null, Guid? EngagementId = null, Guid? PersonId = null, DateTimeOffset? Until = null)
{
    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }
}

/// <summary>Lists meetings: those to come in the order of their time, those that are over the other way round.</summary>
public sealed class ListMeetings(NpgsqlDataSource dataSource)
{
    private const string ComingSql = """
        select g.id, g.title_en, g.title_zh, g.state, g.audience, g.starts_at, g.ends_at, g.zone, g.place, g.series, e.id, e.title, c.id, c.name,
               (select i.answer from meeting_invitee i where i.meeting_id = g.id and i.contact_id is not null limit 1),
               (select i.answer from meeting_invitee i where i.meeting_id = g.id and i.person_id = $4 limit 1)
        from meeting g
        join engagement e on e.id = g.engagement_id
        join client c on c.id = e.client_id
        where g.ends_at > $1
          and ($2::text is null or g.state = $2)
          and ($3::uuid is null or g.engagement_id = $3)
          and ($4::uuid is null or exists (select 1 from meeting_invitee i where i.person_id = $4 and i.meeting_id = g.id))
          and ($5::timestamptz is null or g.starts_at < $5)
          and engagement_is_open_to(g.engagement_id, $9) and instance_id_is_open_to(g.instance_id, $9)
          and ($6::timestamptz is null or (g.starts_at, g.id) > ($6, $7::uuid))
        order by g.starts_at, g.id
        limit $8
        """;

    private const string PastSql = """
        select g.id, g.title_en, g.title_zh, g.state, g.audience, g.starts_at, g.ends_at, g.zone, g.place, g.series, e.id, e.title, c.id, c.name,
               (select i.answer from meeting_invitee i where i.meeting_id = g.id and i.contact_id is not null limit 1),
               (select i.answer from meeting_invitee i where i.meeting_id = g.id and i.person_id = $4 limit 1)
        from meeting g
        join engagement e on e.id = g.engagement_id
        join client c on c.id = e.client_id
        where g.ends_at <= $1
          and ($2::text is null or g.state = $2)
          and ($3::uuid is null or g.engagement_id = $3)
          and ($4::uuid is null or exists (select 1 from meeting_invitee i where i.person_id = $4 and i.meeting_id = g.id))
          and ($5::timestamptz is null or g.starts_at < $5)
          and engagement_is_open_to(g.engagement_id, $9) and instance_id_is_open_to(g.instance_id, $9)
          and ($6::timestamptz is null or (g.starts_at, g.id) < ($6, $7::uuid))
        order by g.starts_at desc, g.id desc
        limit $8
        """;

    /// <summary>Returns a page.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after"><see cref="ListPage{T}.Next"/> of the page before, or <see langword="null"/>.</param>
    /// <param name="limit">1 to 500 rows.</param>
    /// <param name="now">The instant that parts what is over from what is to come.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public async Task<ListPage<MeetingLine>> ExecuteAsync(MeetingFilter filter, string? after, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        limit = Math.Clamp(limit, 1, 500);
        (DateTimeOffset? at, Guid? id) = Place(after);
        await using NpgsqlCommand command = dataSource.CreateCommand(filter.IsPast ? PastSql : ComingSql);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(filter.State?.ToString().ToLowerInvariant());
        command.Parameters.AddUuid(filter.EngagementId);
        command.Parameters.AddUuid(filter.PersonId);
        command.Parameters.AddInstant(filter.Until);
        command.Parameters.AddInstant(at);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(limit + 1);
        command.Parameters.AddUuid(filter.Viewer);
        List<MeetingLine> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(Read(reader));
        return ListPage<MeetingLine>.Of(rows, limit, row => PageCursor.Of(row.StartsAt.ToString("O", CultureInfo.InvariantCulture), row.Id));
    }

    private static (DateTimeOffset? At, Guid? Id) Place(string? after)
    {
        if (PageCursor.Read(after) is not { } cursor)
            return (null, null);
        return DateTimeOffset.TryParseExact(cursor.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at)
            ? (at, cursor.Id)
            : throw new ListPlaceException(ListPlace.After, after!);
    }

    private static MeetingLine Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.Localized(1),
        MeetingText.StateOf(reader.GetString(3)),
        MeetingText.AudienceOf(reader.GetString(4)),
        reader.Instant(5),
        reader.Instant(6),
        reader.GetString(7),
        reader.Text(8),
        reader.Text(9),
        reader.GetGuid(10),
        reader.GetString(11),
        reader.GetGuid(12),
        reader.GetString(13),
        MeetingText.AnswerOf(reader.Text(14) ?? "none"),
        MeetingText.AnswerOf(reader.Text(15) ?? "none"));
}
