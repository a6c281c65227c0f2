using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engine.Instances;

/// <summary>Whether an instance may go on in another version of its definition as it is, and if not, why not. Pure: nothing is changed.</summary>
/// <param name="Obstacles">Everything that stands in the way; empty = it may.</param>
/// <param name="ChangedWaits">Activities that wait and that the other version sets otherwise: the wait goes on as it was begun, and the new settings count from the next time on.</param>
public sealed record MoveDecision(IReadOnlyList<MoveObstacle> Obstacles, IReadOnlyList<string> ChangedWaits)
{
    /// <summary>Gets whether it may.</summary>
    public bool IsPossible => Obstacles.Count == 0;

    /// <summary>Gets the instance in the other version.</summary>
    internal InstanceRun? Moved { get; init; }

    /// <summary>Decides it.</summary>
    /// <param name="catalogue">The definitions.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="target">The other version.</param>
    public static MoveDecision Of(DefinitionCatalogue catalogue, WorkflowInstance instance, WorkflowDefinition target) =>
        Of(new Burst(catalogue, catalogue.Settings, instance.UpdatedAt), instance, target);

    internal static MoveDecision Of(Burst burst, WorkflowInstance instance, WorkflowDefinition target)
    {
        if (instance.Status is InstanceStatus.Finished or InstanceStatus.Cancelled or InstanceStatus.Faulted)
            return No(MoveObstacleKind.Ended);
        if (instance.DefinitionVersionId == target.Id)
            return No(MoveObstacleKind.SameVersion);
        if (instance.DefinitionId != target.DefinitionId)
            return No(MoveObstacleKind.OtherDefinition, detail: target.DefinitionId);
        if (burst.Catalogue.Version(instance.DefinitionVersionId) is not { } definition)
            return No(MoveObstacleKind.VersionMissing, detail: instance.DefinitionVersionId);
        return new InstanceMove(burst, InstanceRun.ForStored(burst, definition, instance), target).Decide();
    }

    private static MoveDecision No(MoveObstacleKind kind, string? detail = null) => new([new(kind, null, detail)], []);
}

/// <summary>What keeps an instance from going on in another version.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ActivityId">The activity at which it lies, or <see langword="null"/>.</param>
/// <param name="Detail">The variable, connection, type or id that it is about, or <see langword="null"/>.</param>
public sealed record MoveObstacle(MoveObstacleKind Kind, string? ActivityId, string? Detail)
{
    /// <summary>Returns it as a sentence.</summary>
    public override string ToString() => Kind switch
    {
        MoveObstacleKind.Ended => "The instance has ended.",
        MoveObstacleKind.SameVersion => "The instance runs on this version already.",
        MoveObstacleKind.OtherDefinition => $"The version belongs to the definition '{Detail}'.",
        MoveObstacleKind.VersionMissing => $"The version '{Detail}' on which the instance runs cannot be read any more.",
        MoveObstacleKind.ActivityGone => $"The activity '{ActivityId}', which is under way, is not there in the other version.",
        MoveObstacleKind.TypeChanged => $"The activity '{ActivityId}', which is under way, is of the type '{Detail}' in the other version.",
        MoveObstacleKind.BranchesChanged => $"The container '{ActivityId}' has other branches in the other version, and some have run already.",
        MoveObstacleKind.VariableGone => $"The variable '{Detail}' has a value and is not there in the other version.",
        MoveObstacleKind.VariableType => $"The value of the variable '{Detail}' does not fit its type in the other version.",
        MoveObstacleKind.ConnectionGone => $"Something waits at the join behind the connection {Detail} in '{ActivityId}', which is not there in the other version.",
        MoveObstacleKind.StartGone => $"The flowchart '{ActivityId}' began at '{Detail}', which is not there in the other version.",
        MoveObstacleKind.ModeChanged => $"Something waits at a join in '{ActivityId}', and the other version joins by another rule.",
        MoveObstacleKind.WorkPending => "The instance was stopped in the middle of its work. Mend its incident first.",
        _ => throw new InvalidOperationException($"EngagementFlows bug: the obstacle '{Kind}' has no sentence."),
    };
}

/// <summary>The kinds of obstacles to a move.</summary>
public enum MoveObstacleKind
{
    /// <summary>The instance is over.</summary>
    Ended,

    /// <summary>It runs on that version already.</summary>
    SameVersion,

    /// <summary>The version is one of another definition.</summary>
    OtherDefinition,

    /// <summary>The version on which it runs is not known any more.</summary>
    VersionMissing,

    /// <summary>An activity that is under way is not there.</summary>
    ActivityGone,

    /// <summary>An activity that is under way is of another type.</summary>
    TypeChanged,

    /// <summary>A container that has begun has other branches.</summary>
    BranchesChanged,

    /// <summary>A variable with a value is not there.</summary>
    VariableGone,

    /// <summary>A variable's value does not fit.</summary>
    VariableType,

    /// <summary>A connection over which something has arrived is not there.</summary>
    ConnectionGone,

    /// <summary>The activity from which a flowchart runs is not there.</summary>
    StartGone,

    /// <summary>Joins of the other version follow another rule.</summary>
    ModeChanged,

    /// <summary>Work is scheduled that was not begun.</summary>
    WorkPending,
}
