using EngagementFlows.Engagements.Links;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>A link as the staff see it; no token stands here.</summary>
/// <param name="Id">The link's id.</param>
/// <param name="InstanceId">The instance that waits for the answer.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="Contact">Who is asked.</param>
/// <param name="ContactEmail">His mail address of now.</param>
/// <param name="DefinitionVersionId">The version whose form is shown.</param>
/// <param name="FormPath">The form.</param>
/// <param name="State">Where the link stands.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="ExpiresAt">From when it is dead.</param>
/// <param name="ClosedAt">When it was answered, ended or revoked, or <see langword="null"/>.</param>
/// <param name="Outcome">What the contact did, or <see langword="null"/>.</param>
/// <param name="Openings">How often it was looked at.</param>
/// <param name="MachineOpenings">How many of these were probably machines.</param>
/// <param name="LastOpenedAt">When it was last looked at, or <see langword="null"/>.</param>
/// <param name="ReplacedBy">The link that was sent in its place, or <see langword="null"/>.</param>
/// <param name="IsWaitedFor">Whether the instance still waits for an answer.</param>
/// <param name="ConfirmByCode">Whether an answer counts only with a code from the contact's mailbox.</param>
/// <param name="CodeSentAt">When the last code was sent, or <see langword="null"/>.</param>
/// <param name="ConfirmedAt">When the answer was confirmed by a code, or <see langword="null"/>.</param>
/// <param name="ExpiryIsProvisional">Whether its end was computed from a year whose holidays were not published yet.</param>
public sealed record LinkLine(
    Guid Id, Guid InstanceId, Guid EngagementId, Guid ClientId, string Client, string Contact, string ContactEmail, string DefinitionVersionId, string FormPath, LinkState State,
    DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? ClosedAt, string? Outcome, int Openings, int MachineOpenings, DateTimeOffset? LastOpenedAt,
    Guid? ReplacedBy, bool IsWaitedFor, bool ConfirmByCode, DateTimeOffset? CodeSentAt, DateTimeOffset? ConfirmedAt, bool ExpiryIsProvisional);

/// <summary>Reads links for the console: one, or those of an instance, the newest first.</summary>
public sealed class ReadLinks(NpgsqlDataSource dataSource)
{
    // Ids follow the instants of issue, so that one index is the order and the place of a page.
    private const string Sql = """
        select l.id, l.instance_id, l.engagement_id, c.id, c.name, k.name, k.email, l.definition_version_id, l.form_path, state_of_link(l), l.issued_at, l.expires_at, l.closed_at, l.outcome,
               l.openings, l.machine_openings, l.last_opened_at,
               (select next.id from link next where next.replaces = l.id limit 1),
               exists (select 1 from bookmark b where b.instance_id = l.instance_id and b.id = l.bookmark_id),
               l.confirm_by_code, code.sent_at, code.used_at, exists (select 1 from provisional_date p where p.reference_id = l.bookmark_id)
        from link l
        join engagement e on e.id = l.engagement_id
        join client c on c.id = e.client_id
        join contact k on k.id = l.contact_id
        cross join lateral (select max(made_at) as sent_at, max(used_at) as used_at from link_code where link_id = l.id) code
        where ($1::uuid is null or l.id = $1) and ($2::uuid is null or l.instance_id = $2) and ($3::uuid is null or l.id < $3)
        order by l.id desc
        limit $4
        """;

    /// <summary>Returns one; <see langword="null"/> if there is none of that id.</summary>
    public async Task<LinkLine?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(id, instance: null, after: null, 1, cancellationToken)).SingleOrDefault();

    /// <summary>Returns the page of an instance's links that begins after <paramref name="after"/>, a link's id; <see langword="null"/> = the newest.</summary>
    /// <exception cref="ListPlaceException">It is no id.</exception>
    public async Task<ListPage<LinkLine>> OfInstanceAsync(Guid instance, string? after, int limit, CancellationToken cancellationToken) =>
        ListPage<LinkLine>.Of(await ReadAsync(id: null, instance, ListPlace.Id(after), limit + 1, cancellationToken), limit, link => link.Id.ToString("D"));

    private async Task<List<LinkLine>> ReadAsync(Guid? id, Guid? instance, Guid? after, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddUuid(instance);
        command.Parameters.AddUuid(after);
        command.Parameters.AddInteger(most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<LinkLine> links = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            links.Add(new(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetString(8),
                LinkText.StateOf(reader.GetString(9)), reader.Instant(10), reader.Instant(11), reader.OptionalInstant(12), reader.Text(13), reader.GetInt32(14), reader.GetInt32(15),
                reader.OptionalInstant(16), reader.Uuid(17), reader.GetBoolean(18), reader.GetBoolean(19), reader.OptionalInstant(20),
                reader.OptionalInstant(21), reader.GetBoolean(22)));
        }

        return links;
    }
}
