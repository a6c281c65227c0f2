using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Lets the page on which the contact is asked say the new time of his meeting, in the commit that moves it. Whoever has the page open was asked about another time: his answer is not taken.</summary>
internal static class SayNewTime
{
    // The link that was made with the meeting, or the one that was sent in its place.
    private const string Sql = """
        update link set message = $2 where bookmark_id = (select bookmark_id from link where id = $1) and state = 'open'
        """;

    /// <summary>Returns the command; <see langword="null"/> if nobody was asked by a link.</summary>
    public static NpgsqlBatchCommand? Create(StoredMeeting moved)
    {
        if (moved.LinkId is not { } link || moved.Invitees.FirstOrDefault(invitee => invitee.ContactId is not null) is not { } contact)
            return null;
        LocalizedText time = MeetingTime.Text(moved.Meeting.StartsAt, TimeZoneInfo.FindSystemTimeZoneById(moved.Meeting.Zone));
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddText($"{moved.Meeting.Title.In(contact.Language)}\n{time.In(contact.Language)}");
        return command;
    }
}
