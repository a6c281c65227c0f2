namespace EngagementFlows.Engine.Definitions;

/// <summary>The rules of the validator that have a name, because others judge by it.</summary>
public static class FaultRules
{
    /// <summary>An expression reads a variable that nobody declares or sets.</summary>
    public const string UndefinedVariable = "undefined-variable";

    /// <summary>An activity waits for something outside without any way to end by itself.</summary>
    public const string WaitWithoutTimeOut = "wait-without-time-out";

    /// <summary>An activity waits for an event without any way to end by itself.</summary>
    public const string EventWithoutLimit = "event-without-limit";
}
