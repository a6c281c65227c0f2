using System.Text.Json;
using EngagementFlows.Postgres.Audit;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>What became of the wish to erase a client's data; a closed set.</summary>
public abstract record ClientErasure
{
    private ClientErasure()
    {
    }

    /// <summary>There is no client of that id; the firm itself is none.</summary>
    public sealed record NotFound : ClientErasure;

    /// <summary>The name that was typed is not the client's.</summary>
    public sealed record OtherName : ClientErasure;

    /// <summary>A file that holds the client is being imported now; its outcome comes first.</summary>
    /// <param name="Import">The import.</param>
    public sealed record ImportUnderWay(Guid Import) : ClientErasure;

    /// <summary>Nothing was erased yet, since instances still run for the client: they are to be cancelled first.</summary>
    /// <param name="Instances">The instances.</param>
    public sealed record StillRunning(IReadOnlyList<Guid> Instances) : ClientErasure;

    /// <summary>It is erased.</summary>
    /// <param name="At">Since when.</param>
    /// <param name="IsNew">Whether this call did it.</param>
    public sealed record Erased(DateTimeOffset At, bool IsNew) : ClientErasure;
}

/// <summary>Erases the person data of a client everywhere in the database, in one transaction: names, addresses, answers, letters, texts, what flows kept of them.</summary>
/// <remarks>
/// Ids, dates, states, counts and the service class stay, and so does who of the staff did what. All or nothing: after a stop at any instant the client is whole or erased.
/// It takes the client's row, so two who erase at once follow each other, and the commits of flows, which take it for reading, come before or are refused.
/// </remarks>
/// <param name="dataSource">The database.</param>
public sealed class EraseClient(NpgsqlDataSource dataSource)
{
    private const string LockSql = "select erased_at, name, external_id from client where id = $1 and not is_internal for update";

    private const string PeopleSql = """
        with engagements as (
          select id, external_id from engagement where client_id = $1 order by id for update
        ), contacts as (
          select id, external_id, name, email, phone from contact where client_id = $1 order by id for update
        )
        select array(select id from engagements), array(select id from contacts),
               array(select external_id from engagements union select external_id from contacts union select name from contacts
                     union select email from contacts union select phone from contacts)
        """;

    // What runs for the engagements by their id, what left a trace with them, and the children of all of these.
    private const string InstancesSql = """
        with recursive involved (id) as (
          select i.id
          from (
            select id from instance where correlation_id = any (select e::text from unnest($1::uuid[]) e)
            union select instance_id from link where engagement_id = any ($1)
            union select instance_id from task where engagement_id = any ($1)
            union select instance_id from mail where engagement_id = any ($1) or contact_id = any ($2)
            union select instance_id from timeline_entry where client_id = $3
          ) named (id)
          join instance i on i.id = named.id
          union
          select child.id from instance child join involved on child.parent_instance_id = involved.id
        )
        select i.id, i.finished_at is null from instance i where i.id in (select id from involved) order by i.id for update
        """;

    private const string MailsSql = "select id from mail where engagement_id = any ($1) or contact_id = any ($2) or instance_id = any ($3)";

    /// <summary>Erases; a client that was erased before stays as it is.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">The client's name, as whoever wants it typed it.</param>
    /// <param name="by">Who wants it, for the audit.</param>
    /// <param name="reason">Why, for the audit; it stays.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the act; nothing is erased then.</param>
    public async Task<ClientErasure> ExecuteAsync(Guid client, string name, string by, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(transaction, client, cancellationToken) is not { } found)
            return new ClientErasure.NotFound();
        if (found.ErasedAt is { } before)
            return new ClientErasure.Erased(before, IsNew: false);
        if (found.Name != name)
            return new ClientErasure.OtherName();
        ErasureScope scope = await ReadScopeAsync(transaction, client, found.Name, found.ExternalId, cancellationToken);
        if (await EraseImports.FindUnderWayAsync(transaction, scope, cancellationToken) is { } import)
            return new ClientErasure.ImportUnderWay(import);
        (Guid[] instances, Guid[] running) = await LockInstancesAsync(transaction, scope, cancellationToken);
        if (running.Length > 0)
            return new ClientErasure.StillRunning(running);

        scope = scope with { Instances = instances };
        scope = scope with { Mails = await ReadMailsAsync(transaction, scope, cancellationToken) };
        await EraseImports.ExecuteAsync(transaction, scope, now, cancellationToken);
        await using (NpgsqlBatch batch = new(connection, transaction))
        {
            foreach (NpgsqlBatchCommand command in EraseTexts.Create(scope, now))
                batch.BatchCommands.Add(command);
            batch.BatchCommands.Add(EraseAuditDetails.Create(scope, by, now));
            string detail = JsonSerializer.Serialize(new { reason, engagements = scope.Engagements.Length, contacts = scope.Contacts.Length, instances = instances.Length, mails = scope.Mails.Length });
            batch.BatchCommands.Add(AppendAudit.Create(new(AuditEntry.Administration, by, "ClientErased", $"client/{client:D}", detail), now));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new ClientErasure.Erased(now, IsNew: true);
    }

    private static async Task<(DateTimeOffset? ErasedAt, string Name, string ExternalId)?> LockAsync(NpgsqlTransaction transaction, Guid client, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(LockSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(client);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.OptionalInstant(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    private static async Task<ErasureScope> ReadScopeAsync(NpgsqlTransaction transaction, Guid client, string name, string externalId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(PeopleSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(client);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        string?[] words = [name, externalId, .. reader.GetFieldValue<string?[]>(2)];
        return new(client, externalId, reader.GetFieldValue<Guid[]>(0), reader.GetFieldValue<Guid[]>(1), [], [], [.. words.OfType<string>().Where(word => word.Length > 0).Distinct()]);
    }

    private static async Task<(Guid[] All, Guid[] Running)> LockInstancesAsync(NpgsqlTransaction transaction, ErasureScope scope, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(InstancesSql, transaction.Connection, transaction);
        command.Parameters.AddUuids(scope.Engagements);
        command.Parameters.AddUuids(scope.Contacts);
        command.Parameters.AddUuid(scope.Client);
        List<Guid> all = [];
        List<Guid> running = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(reader.GetGuid(0));
            if (reader.GetBoolean(1))
                running.Add(reader.GetGuid(0));
        }

        return ([.. all], [.. running]);
    }

    private static async Task<Guid[]> ReadMailsAsync(NpgsqlTransaction transaction, ErasureScope scope, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(MailsSql, transaction.Connection, transaction);
        command.Parameters.AddUuids(scope.Engagements);
        command.Parameters.AddUuids(scope.Contacts);
        command.Parameters.AddUuids(scope.Instances);
        List<Guid> mails = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            mails.Add(reader.GetGuid(0));
        return [.. mails];
    }
}
