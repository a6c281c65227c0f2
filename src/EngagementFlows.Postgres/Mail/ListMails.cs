using System.Globalization;
using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>A line of the mailbox.</summary>
/// <param name="Id">The mail.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Audience"><c>client</c>, <c>staff</c> or <c>other</c>.</param>
/// <param name="Recipient">The recipient's address.</param>
/// <param name="ToName">The recipient's name, or <see langword="null"/>.</param>
/// <param name="Language">The language in which it is written.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Template">The template's name, or <see langword="null"/>.</param>
/// <param name="EngagementId">The engagement, or <see langword="null"/>.</param>
/// <param name="ClientId">The client, or <see langword="null"/>.</param>
/// <param name="Client">The client's name, or <see langword="null"/>.</param>
/// <param name="InstanceId">The instance that wrote it, or <see langword="null"/>.</param>
/// <param name="State">The outbox's state: <c>pending, claimed, sending, accepted, rejected, uncertain, held</c>.</param>
/// <param name="DueAt">Not sent before this instant.</param>
/// <param name="EndedAt">When it was accepted, rejected, or became uncertain.</param>
/// <param name="FailingSince">When the first of the attempts failed that have all failed since; <see langword="null"/> = none has.</param>
/// <param name="LetBeAt">When a person decided that it is not to be sent any more, or <see langword="null"/>.</param>
public sealed record MailLine(
    Guid Id,
    DateTimeOffset CreatedAt,
    string Audience,
    string Recipient,
    string? ToName,
    string Language,
    string Subject,
    string? Template,
    Guid? EngagementId,
    Guid? ClientId,
    string? Client,
    Guid? InstanceId,
    string State,
    DateTimeOffset DueAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? FailingSince,
    DateTimeOffset? LetBeAt);

/// <summary>Lists mails, latest first.</summary>
public sealed class ListMails(NpgsqlDataSource dataSource)
{
    private static readonly string[] States = ["pending", "claimed", "sending", "accepted", "rejected", "uncertain", "held"];
    private static readonly string[] Audiences = ["client", "staff", "other"];

    private const string Sql = """
        select m.id, m.created_at, m.audience, m.recipient, m.to_name, m.language, m.subject, m.template, m.engagement_id, c.id, c.name, m.instance_id,
               o.state, o.due_at, o.ended_at, o.failing_since, o.let_be_at, m.sequence
        from mail m
        join outbox o on o.id = m.id
        left join engagement e on e.id = m.engagement_id
        left join client c on c.id = e.client_id
        where ($1::text is null or o.state = $1)
          and ($2::text is null or m.audience = $2)
          and ($3::uuid is null or m.engagement_id = $3)
          and ($4::uuid is null or c.id = $4)
          and ($5::uuid is null or m.instance_id = $5)
          and ($6::text is null or m.subject ilike $6 or m.to_name ilike $6 or c.name ilike $6 or m.recipient ilike $6)
          and ($7::bigint is null or m.sequence < $7)
          and engagement_is_open_to(m.engagement_id, $9) and instance_id_is_open_to(m.instance_id, $9)
        order by m.sequence desc
        limit $8
        """;

    /// <summary>Returns a page.</summary>
    /// <param name="filter">Which mails.</param>
    /// <param name="after"><see cref="ListPage{T}.Next"/> of the page before, or <see langword="null"/>.</param>
    /// <param name="limit">1 to 500 rows.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public async Task<ListPage<MailLine>> ExecuteAsync(MailFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        if (!IsKnown(filter.State, States) || !IsKnown(filter.Audience, Audiences))
            return new([], null);
        limit = Math.Clamp(limit, 1, 500);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(filter.State);
        command.Parameters.AddText(filter.Audience);
        command.Parameters.AddUuid(filter.EngagementId);
        command.Parameters.AddUuid(filter.ClientId);
        command.Parameters.AddUuid(filter.InstanceId);
        command.Parameters.AddText(Like.Contains(filter.Search));
        command.Parameters.AddBigint(ListPlace.Number(after));
        command.Parameters.AddInteger(limit + 1);
        command.Parameters.AddUuid(filter.Viewer);
        List<(long Sequence, MailLine Line)> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((reader.GetInt64(17), Read(reader)));
        string? next = rows.Count > limit ? rows[limit - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return new([.. rows.Take(limit).Select(row => row.Line)], next);
    }

    private static bool IsKnown(string? wanted, string[] known) => wanted is null || known.Contains(wanted, StringComparer.Ordinal);

    internal static MailLine Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.Instant(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.Text(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.Text(7),
        reader.Uuid(8),
        reader.Uuid(9),
        reader.Text(10),
        reader.Uuid(11),
        reader.GetString(12),
        reader.Instant(13),
        reader.OptionalInstant(14),
        reader.OptionalInstant(15),
        reader.OptionalInstant(16));
}

/// <summary>Which mails a list shows; what is <see langword="null"/> does not matter.</summary>
public sealed record MailFilter
{
    /// <summary>Gets the state of the outbox.</summary>
    public string? State { get; init; }

    /// <summary>Gets <c>client</c>, <c>staff</c> or <c>other</c>.</summary>
    public string? Audience { get; init; }

    /// <summary>Gets the engagement.</summary>
    public Guid? EngagementId { get; init; }

    /// <summary>Gets the client.</summary>
    public Guid? ClientId { get; init; }

    /// <summary>Gets the instance.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>Gets a part of subject, recipient or client.</summary>
    public string? Search { get; init; }

    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }
}
