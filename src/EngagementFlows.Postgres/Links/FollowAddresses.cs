using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Sends links anew whose contact has another e-mail address than the one to which they went, as long as their steps still wait.</summary>
/// <remarks>
/// The old links are dead since the commit that changed the address (<c>state_of_link</c>); this only brings the new ones. Safe in any number of processes and to be stopped at any instant:
/// each link is a transaction of its own, in which it is followed once, and what is left is found by the next look.
/// </remarks>
/// <param name="dataSource">The database.</param>
public sealed class FollowAddresses(NpgsqlDataSource dataSource)
{
    // Only those that can be sent anew, so that one that cannot is not tried for ever. A name in a letter's head is as it was.
    private const string Sql = """
        select l.id
        from link l
        join contact k on k.id = l.contact_id
        where l.state = 'open' and lower(k.email) <> lower(l.sent_to) and l.expires_at > coalesce($1, now())
          and exists (select 1 from bookmark b where b.instance_id = l.instance_id and b.id = l.bookmark_id)
          and exists (select 1 from mail m where m.link_id = l.id)
        order by l.id
        limit 1000
        """;

    /// <summary>Sends up to 1,000 of them; returns how many were sent, after which the caller wakes the dispatcher.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends it between two links.</param>
    public async Task<int> ExecuteAsync(DatabaseClock clock, CancellationToken cancellationToken)
    {
        SendLinkAnew send = new(dataSource);
        int sent = 0;
        foreach (Guid link in await FindAsync(clock, cancellationToken))
            sent += await send.FollowAsync(link, clock.Now, cancellationToken) ? 1 : 0;
        return sent;
    }

    private async Task<List<Guid>> FindAsync(DatabaseClock clock, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInstant(clock.ForStatements);
        List<Guid> links = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            links.Add(reader.GetGuid(0));
        return links;
    }
}
