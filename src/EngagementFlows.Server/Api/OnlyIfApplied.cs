using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>Lets a rider ride only on a stimulus that did something: nothing is audited that did not happen.</summary>
internal sealed class OnlyIfApplied(RequestRider rider) : RequestRider
{
    public override Guid Locks => rider.Locks;

    public override void Gather(RiderRows rows, RiderContext context)
    {
        if (context.Result.Kind == TransitionKind.Applied)
            rider.Gather(rows, context);
    }

    public override void Append(NpgsqlBatch batch, RiderContext context)
    {
        if (context.Result.Kind == TransitionKind.Applied)
            rider.Append(batch, context);
    }
}
