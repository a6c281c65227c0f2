using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Idempotency;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What the riders of a commit write together, in one statement for each kind. Not safe for use by several threads.</summary>
public sealed class RiderRows
{
    /// <summary>Gets the answers to be kept: written before everything else, since a repeated request must hear its earlier answer and nothing else.</summary>
    public List<KeptAnswer> Answers { get; } = [];

    /// <summary>Gets the acts to be audited: written last, since whoever appends to a chain keeps others from it until his commit is on the disk.</summary>
    public List<AuditEntry> Acts { get; } = [];
}
