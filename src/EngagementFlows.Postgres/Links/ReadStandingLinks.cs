using EngagementFlows.Engagements.Links;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>A standing link with whom it is about; no token stands here.</summary>
/// <param name="Link">The link.</param>
/// <param name="Engagement">The engagement's title.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="IsErased">Whether the client's data was erased.</param>
/// <param name="Contact">The name of the contact who has it.</param>
/// <param name="ContactEmail">His mail address of now.</param>
/// <param name="ContactLanguage">His language.</param>
/// <param name="ContactZone">His zone.</param>
/// <param name="Owner">The name of the engagement's owner.</param>
/// <param name="IssuedBy">Who made it: a person, a key, or a flow.</param>
/// <param name="RevokedBy">Who took it back, or <see langword="null"/>.</param>
/// <param name="Uses">How often it started its flow.</param>
/// <param name="UsedAt">When it did last, or <see langword="null"/>.</param>
/// <param name="Openings">How often it was looked at.</param>
/// <param name="MachineOpenings">How many of these were probably machines.</param>
/// <param name="LastOpenedAt">When it was last looked at, or <see langword="null"/>.</param>
public sealed record StandingLinkLine(
    StandingLink Link, string Engagement, Guid ClientId, string Client, bool IsErased, string Contact, string ContactEmail, string ContactLanguage, string ContactZone, string Owner,
    string IssuedBy, string? RevokedBy, int Uses, DateTimeOffset? UsedAt, int Openings, int MachineOpenings, DateTimeOffset? LastOpenedAt);

/// <summary>What one sheet of a standing link's form came to.</summary>
/// <param name="InstanceId">The instance that it started.</param>
/// <param name="UsedAt">When.</param>
/// <param name="PromisedAt">By when something is promised, or <see langword="null"/> if nothing is that still runs.</param>
/// <param name="IsProvisional">Whether that instant lies in a year whose holidays are not published yet.</param>
public sealed record StandingLinkUse(Guid InstanceId, DateTimeOffset UsedAt, DateTimeOffset? PromisedAt, bool IsProvisional);

/// <summary>Reads standing links. For a client's page call it only with an id that a genuine token or a signed cookie gave.</summary>
public sealed class ReadStandingLinks(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select s.id, s.engagement_id, s.contact_id, s.definition_id, s.form_path, s.label_en, s.label_zh, s.issued_at, s.expires_at, s.revoked_at,
               e.title, c.id, c.name, c.erased_at is not null, k.name, k.email, k.language, k.zone, o.name,
               s.issued_by, s.revoked_by, s.uses, s.used_at, s.openings, s.machine_openings, s.last_opened_at
        from standing_link s
        join engagement e on e.id = s.engagement_id
        join client c on c.id = e.client_id
        join contact k on k.id = s.contact_id
        join person o on o.id = e.owner_id
        where ($1::uuid is null or s.id = $1) and ($2::uuid is null or s.engagement_id = $2) and ($3::uuid is null or s.id > $3)
        order by s.id
        limit $4
        """;

    private const string UseSql = """
        select u.instance_id, u.used_at, k.due_at, coalesce(k.is_provisional, false)
        from standing_link_use u
        left join lateral (select due_at, is_provisional from clock where instance_id = u.instance_id and state = 'running' order by due_at, id limit 1) k on true
        where u.link_id = $1 and u.sheet_id = $2
        """;

    /// <summary>Returns one; <see langword="null"/> if there is none of that id.</summary>
    public async Task<StandingLinkLine?> FindAsync(Guid id, CancellationToken cancellationToken) => await ReadAsync(id, engagement: null, after: null, 1, cancellationToken) is [var found] ? found : null;

    /// <summary>Returns the page of an engagement's links that begins after <paramref name="after"/>, a link's id; <see langword="null"/> = the first. Their order says nothing.</summary>
    /// <exception cref="ListPlaceException">It is no id.</exception>
    public async Task<ListPage<StandingLinkLine>> OfEngagementAsync(Guid engagement, string? after, int limit, CancellationToken cancellationToken) =>
        ListPage<StandingLinkLine>.Of(await ReadAsync(id: null, engagement, ListPlace.Id(after), limit + 1, cancellationToken), limit, line => line.Link.Id.ToString("D"));

    /// <summary>Returns what a sheet of a link's form started; <see langword="null"/> if it was not sent.</summary>
    public async Task<StandingLinkUse?> UseAsync(Guid link, Guid sheet, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(UseSql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddUuid(sheet);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetGuid(0), reader.Instant(1), reader.OptionalInstant(2), reader.GetBoolean(3)) : null;
    }

    private async Task<List<StandingLinkLine>> ReadAsync(Guid? id, Guid? engagement, Guid? after, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddUuid(engagement);
        command.Parameters.AddUuid(after);
        command.Parameters.AddInteger(most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<StandingLinkLine> links = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            links.Add(new(
                new(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4), reader.Localized(5), reader.Instant(7), reader.Instant(8), reader.OptionalInstant(9)),
                reader.GetString(10), reader.GetGuid(11), reader.GetString(12), reader.GetBoolean(13), reader.GetString(14), reader.GetString(15), reader.GetString(16), reader.GetString(17),
                reader.GetString(18), reader.GetString(19), reader.Text(20), reader.GetInt32(21), reader.OptionalInstant(22), reader.GetInt32(23), reader.GetInt32(24), reader.OptionalInstant(25)));
        }

        return links;
    }
}
