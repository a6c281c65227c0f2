using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Uses an open link up, as a guard of the caller's commit: of any number of posts at once, one holds.</summary>
internal static class ConsumeLink
{
    /// <summary>What the caller is told if the link was used, ended or ran out in the meantime.</summary>
    public const string TooLate = "The link was answered, ended or ran out in the meantime. Open it again to see how it stands.";

    private const string Sql = """
        with used as (
          update link set state = 'consumed', closed_at = $3, outcome = $2
          where id = $1 and state = 'open' and expires_at > $3 and (may_decline or $2 <> 'Declined')
          returning 1
        )
        select require_rows(count(*), 1, $4) from used
        """;

    public static NpgsqlBatchCommand Create(Guid link, string outcome, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddText(outcome);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(TooLate);
        return command;
    }
}
