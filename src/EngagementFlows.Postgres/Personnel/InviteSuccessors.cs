using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Postgres.Engagements;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using Npgsql;

namespace EngagementFlows.Postgres.Personnel;

/// <summary>Writes to those who read a personnel file from now on about its meetings that are still ahead: the invitation with its calendar entry, and the reminder.</summary>
/// <remarks>Runs in the caller's transaction, after <see cref="ChangeReaders"/> has put them among those who are invited.</remarks>
public sealed class InviteSuccessors(MailSettings settings, TimeZoneInfo office)
{
    private const string Sql = """
        select m.id, i.person_id
        from meeting m
        join meeting_invitee i on i.meeting_id = m.id
        where m.engagement_id = $1 and m.state = 'planned' and m.starts_at > $2 and i.person_id = any ($3) and i.answer = 'none'
        order by m.starts_at, m.id, i.position
        """;

    /// <summary>Writes the letters; the caller wakes the dispatcher after its commit.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="file">The file's engagement.</param>
    /// <param name="successors">Who reads it now and did not before.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task ExecuteAsync(NpgsqlTransaction transaction, Guid file, Guid[] successors, DateTimeOffset now, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = transaction.Connection!;
        foreach ((Guid meeting, Guid person) in await FindAsync(connection, file, successors, now, cancellationToken))
        {
            MeetingJoined joined = new(meeting, file, person);
            EffectSources sources = await EffectSources.ReadAsync(connection, joined, cancellationToken);
            Meeting planned = sources.Meetings[meeting].Meeting;
            joined = joined with
            {
                // Once for each time that he comes.
                Notice = new($"meeting/{meeting:N}/reader-{TimeOrderedId.Create(now):N}/", "", [])
                {
                    ReminderAt = await MeetingReminders.AtAsync(connection, planned, planned.StartsAt, office, now, cancellationToken),
                },
            };
            EffectCommands commands = new(sources, settings, now);
            commands.Add(ArrangeMeeting.InstanceOf(planned, now), joined);
            await using NpgsqlBatch batch = new(connection, transaction);
            commands.AppendTo(batch);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<List<(Guid Meeting, Guid Person)>> FindAsync(NpgsqlConnection connection, Guid file, Guid[] successors, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(file);
        command.Parameters.AddInstant(now);
        command.Parameters.AddUuids(successors);
        List<(Guid, Guid)> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return found;
    }
}
