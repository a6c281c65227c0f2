using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>A file of clients on its way in.</summary>
/// <param name="Id">The import.</param>
/// <param name="FileName">The file's name as it was uploaded; never a path.</param>
/// <param name="State"><c>faulty, previewed, queued, running, starting, done, failed, cancelled, expired</c>.</param>
/// <param name="UploadedAt">When it was uploaded.</param>
/// <param name="UploadedBy">By whom.</param>
/// <param name="ConfirmedAt">When somebody confirmed it.</param>
/// <param name="ConfirmedBy">Who confirmed it.</param>
/// <param name="StartsFlows">Whether new clients' intake is started.</param>
/// <param name="Preview">What the preview found, as JSON.</param>
/// <param name="Lines">Lines of the file below the names of the columns.</param>
/// <param name="Made">New clients: foreseen until it is done, then counted.</param>
/// <param name="Changed">Clients with other values.</param>
/// <param name="Same">Clients that are as the file has them.</param>
/// <param name="FaultCount">Faults in all.</param>
/// <param name="LinesDone">Lines stored by the attempt that runs, not committed before the end.</param>
/// <param name="Attempt">The number of attempts so far.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Failure">Why it failed, or what could not be done after it.</param>
public sealed record ClientImportRow(
    Guid Id, string FileName, string State, DateTimeOffset UploadedAt, string UploadedBy, DateTimeOffset? ConfirmedAt, string? ConfirmedBy, bool StartsFlows, string Preview,
    int Lines, int Made, int Changed, int Same, int FaultCount, int LinesDone, int Attempt, DateTimeOffset? EndedAt, LocalizedText? Failure)
{
    internal static ClientImportRow Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetBoolean(7), reader.GetString(8),
        reader.GetInt32(9), reader.GetInt32(10), reader.GetInt32(11), reader.GetInt32(12), reader.GetInt32(13), reader.GetInt32(14), reader.GetInt32(15),
        reader.IsDBNull(16) ? null : reader.GetFieldValue<DateTimeOffset>(16), reader.IsDBNull(17) ? null : new LocalizedText(reader.GetString(17), reader.GetString(18)));
}
