using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Lets a standing link start its flow: of any number of posts of one sheet, one holds, and a day has no more than <see cref="StandingLink.MostADay"/>.</summary>
/// <param name="link">The link, from a signed cookie.</param>
/// <param name="sheet">The sheet that was filled in.</param>
/// <param name="instance">The instance that is to start.</param>
public sealed class StandingLinkRider(Guid link, Guid sheet, Guid instance) : RequestRider
{
    /// <summary>The reason of the refusal: the sheet was sent before, or the link does not start anything (now).</summary>
    public const string Refused = "The link was used, taken back or ran out in the meantime, or was used as often as it may be in a day.";

    private const string SheetSql = """
        with sent as (
          insert into standing_link_use (link_id, sheet_id, instance_id, used_at) values ($1, $2, $3, $4) on conflict do nothing returning 1
        )
        select require_rows(count(*), 1, $5) from sent
        """;

    // All that decides stands in the link's own row, so that posts at once, which wait for it, decide by what the one before left there.
    private const string UseSql = """
        with used as (
          update standing_link
          set uses = uses + 1,
              used_at = $2,
              day_uses = case when day_began_at > $2 - interval '1 day' then day_uses + 1 else 1 end,
              day_began_at = case when day_began_at > $2 - interval '1 day' then day_began_at else $2 end
          where id = $1 and revoked_at is null and expires_at > $2
            and (day_began_at is null or day_began_at <= $2 - interval '1 day' or day_uses < $3)
          returning 1
        )
        select require_rows(count(*), 1, $4) from used
        """;

    /// <inheritdoc/>
    public override Guid Locks => link;

    /// <inheritdoc/>
    public override void Append(NpgsqlBatch batch, RiderContext context)
    {
        // Nothing starts: the sheet stays unsent.
        if (context.Result.Kind != TransitionKind.Applied)
            return;
        NpgsqlBatchCommand sent = new(SheetSql);
        sent.Parameters.AddUuid(link);
        sent.Parameters.AddUuid(sheet);
        sent.Parameters.AddUuid(instance);
        sent.Parameters.AddInstant(context.Now);
        sent.Parameters.AddText(Refused);
        batch.BatchCommands.Add(sent);
        NpgsqlBatchCommand used = new(UseSql);
        used.Parameters.AddUuid(link);
        used.Parameters.AddInstant(context.Now);
        used.Parameters.AddInteger(StandingLink.MostADay);
        used.Parameters.AddText(Refused);
        batch.BatchCommands.Add(used);
    }
}
