namespace EngagementFlows.Server.Studio.Instances;

/// <summary>The id under which the Studio knows an activity execution: the instance in whose journal it stands, and the execution.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Execution">The execution.</param>
internal readonly record struct ExecutionId(Guid Instance, Guid Execution)
{
    public static ExecutionId? Parse(string? text)
    {
        int middle = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        return middle > 0 && Guid.TryParseExact(text.AsSpan(0, middle), "N", out Guid instance) && Guid.TryParseExact(text.AsSpan(middle + 1), "N", out Guid execution)
            ? new(instance, execution)
            : null;
    }

    public override string ToString() => $"{Instance:N}-{Execution:N}";
}
