using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Judges flows that face clients: what the engine can run may still leave a client waiting, unanswered or bothered. Pure; the rules are <see cref="LintRules"/>.</summary>
public static class FlowLint
{
    // What the validator finds by these is a matter of taste in other flows; here it reaches a client.
    private static readonly string[] Raised = [LintRules.UndefinedVariable, LintRules.EventWithoutLimit, LintRules.WaitWithoutTimeOut];

    /// <summary>Tells whether a flow writes to clients or asks them.</summary>
    public static bool FacesClients(WorkflowDefinition definition) => definition.Root.SelfAndDescendants().Any(FlowFacts.FacesClient);

    /// <summary>Tells whether a flow is about an engagement: it cannot run without one.</summary>
    public static bool ConcernsEngagement(WorkflowDefinition definition) => definition.Root.SelfAndDescendants().Any(FlowFacts.IsOurs);

    /// <summary>Tells whether a flow is about a personnel file: it gives a task to the third reader, whom no other engagement has.</summary>
    public static bool ConcernsPersonnelFile(WorkflowDefinition definition) => definition.Root.SelfAndDescendants().Any(FlowFacts.AsksThird);

    /// <summary>Returns the validator's faults as they count for this flow, and what the rules find besides; those of another flow come back as they are.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="faults">What <see cref="DefinitionValidator"/> found.</param>
    /// <param name="assets">The files by their path below the process's folder; <see langword="null"/> if they are not known: then nothing is said about mails.</param>
    public static IReadOnlyList<DefinitionFault> Judge(WorkflowDefinition definition, IReadOnlyList<DefinitionFault> faults, IReadOnlyDictionary<string, byte[]>? assets)
    {
        if (!FacesClients(definition))
            return faults;
        List<DefinitionFault> judged = [];
        foreach (DefinitionFault fault in faults)
        {
            if (!Raised.Contains(fault.Rule, StringComparer.Ordinal))
                judged.Add(fault);
            else if (fault.Rule == LintRules.UndefinedVariable || fault.ActivityId is null || definition.FindActivity(fault.ActivityId) is not { } node || !FlowOrder.IsRaced(node))
                judged.Add(fault with { Severity = FaultSeverity.Fault });
        }

        foreach (ActivityNode node in definition.Root.SelfAndDescendants())
        {
            judged.AddRange(FlowWaits.Check(node));
            judged.AddRange(FlowLoops.Check(definition, node));
            judged.AddRange(FlowApprovals.Check(definition, node));
            if (assets is not null)
                judged.AddRange(FlowMails.Check(definition, node, assets));
        }

        return judged;
    }
}
