using EngagementFlows.Engagements.Documents;
using Npgsql;

namespace EngagementFlows.Postgres.Documents;

/// <summary>A decision about a version: an approver's, or the client's.</summary>
/// <param name="By">The name of who decided.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Comment">What was written with it, or <see langword="null"/>.</param>
/// <param name="At">When.</param>
public sealed record VersionDecision(string By, string Outcome, string? Comment, DateTimeOffset At);

/// <summary>Reads the documents of engagements.</summary>
public sealed class ReadDocuments(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        select v.id, v.engagement_id, v.kind, v.number, v.definition_version_id, v.form_path, v.content::text, v.content_hash, v.state, v.proposed_at, v.proposed_by, v.frozen_at, v.frozen_by
        from document_version v
        """;

    private const string ByIdSql = $"{Columns} where v.id = $1";

    private const string PreviousSql = $"{Columns} join document_version n on n.id = $1 and v.engagement_id = n.engagement_id and v.kind = n.kind and v.number = n.number - 1";

    // What a contact was not asked about is the firm's own: drafts that were returned inside never reached him.
    private const string ShownBeforeSql = $"""
        {Columns}
        join link asked on asked.id = $1
        join document_version n on n.id = asked.document_version_id and v.engagement_id = n.engagement_id and v.kind = n.kind and v.number < n.number
        where exists (
          select 1 from link earlier
          where earlier.engagement_id = asked.engagement_id and earlier.contact_id = asked.contact_id and earlier.document_version_id = v.id and earlier.issued_at <= asked.issued_at
        )
        order by v.number desc limit 1
        """;

    private const string OfEngagementSql = $"{Columns} where v.engagement_id = $1 order by v.kind, v.number desc limit 200";

    private const string DecisionsSql = """
        select p.name, t.outcome, t.comment, t.closed_at
        from task t join person p on p.id = t.completed_by_id
        where t.document_version_id = $1 and t.kind = 'approval' and t.state = 'completed'
        union all
        select c.name, l.outcome, null, l.closed_at
        from link l join contact c on c.id = l.contact_id
        where l.document_version_id = $1 and l.state = 'consumed'
        order by 4
        """;

    /// <summary>Returns a version; <see langword="null"/> if there is none of that id.</summary>
    public async Task<DocumentVersion?> FindAsync(Guid version, CancellationToken cancellationToken) => await ReadAsync(ByIdSql, version, cancellationToken) is [var found] ? found : null;

    /// <summary>Returns the version before; <see langword="null"/> for the first.</summary>
    public async Task<DocumentVersion?> PreviousAsync(Guid version, CancellationToken cancellationToken) => await ReadAsync(PreviousSql, version, cancellationToken) is [var found] ? found : null;

    /// <summary>Returns the version about which an earlier link asked the same contact last; <see langword="null"/> if none did.</summary>
    /// <param name="link">The link that asks about the newer version.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<DocumentVersion?> ShownBeforeAsync(Guid link, CancellationToken cancellationToken) => await ReadAsync(ShownBeforeSql, link, cancellationToken) is [var found] ? found : null;

    /// <summary>Returns the versions of an engagement's documents, the newest of each first; at most 200.</summary>
    public Task<IReadOnlyList<DocumentVersion>> OfEngagementAsync(Guid engagement, CancellationToken cancellationToken) => ReadAsync(OfEngagementSql, engagement, cancellationToken);

    /// <summary>Returns what was decided about a version, in the order of time.</summary>
    public async Task<IReadOnlyList<VersionDecision>> DecisionsAsync(Guid version, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand command = new(DecisionsSql, connection);
        command.Parameters.AddUuid(version);
        List<VersionDecision> decisions = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            decisions.Add(new(reader.GetString(0), reader.GetString(1), reader.Text(2), reader.Instant(3)));
        return decisions;
    }

    private async Task<IReadOnlyList<DocumentVersion>> ReadAsync(string sql, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        command.Parameters.AddUuid(id);
        List<DocumentVersion> versions = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(new()
            {
                Id = reader.GetGuid(0),
                EngagementId = reader.GetGuid(1),
                Kind = reader.GetString(2),
                Number = reader.GetInt32(3),
                DefinitionVersionId = reader.GetString(4),
                FormPath = reader.GetString(5),
                Content = reader.GetString(6),
                ContentHash = reader.GetString(7),
                State = DocumentText.StateOf(reader.GetString(8)),
                ProposedAt = reader.Instant(9),
                ProposedBy = reader.Text(10),
                FrozenAt = reader.OptionalInstant(11),
                FrozenBy = reader.Text(12),
            });
        }

        return versions;
    }
}
