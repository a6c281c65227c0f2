using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Writes the version of an instance that is moved to another one, in the commit of the move.</summary>
/// <remarks>No other commit changes an instance's version, so the statement that stores all instances need not carry it. Guarded by the revision like that one.</remarks>
public sealed class MoveRider : RequestRider
{
    private const string Sql = """
        with moved as (
          update instance set definition_version_id = $3, version = $4 where id = $1 and revision = $2 returning 1
        )
        select require_rows(count(*), 1, 'overtaken') from moved
        """;

    /// <inheritdoc/>
    public override void Append(NpgsqlBatch batch, RiderContext context)
    {
        if (context.Result is not { Kind: TransitionKind.Applied, Instance: { } instance })
            return;
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(instance.Id);
        command.Parameters.AddBigint(instance.Revision - 1);
        command.Parameters.AddText(instance.DefinitionVersionId);
        command.Parameters.AddInteger(instance.Version);
        batch.BatchCommands.Add(command);
    }
}
