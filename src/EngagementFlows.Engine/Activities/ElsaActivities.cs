using EngagementFlows.Engine.Activities.Children;
using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Activities.Events;
using EngagementFlows.Engine.Activities.Http;
using EngagementFlows.Engine.Activities.Primitives;

namespace EngagementFlows.Engine.Activities;

/// <summary>The activity types of Elsa that the engine brings.</summary>
public static class ElsaActivities
{
    /// <summary>Gets one object of each type, for the catalogue.</summary>
    public static IReadOnlyList<Activity> All { get; } =
    [
        new Flowchart(), new FlowDecision(), new FlowSwitch(), new FlowFork(), new FlowJoin(), new FlowNode(),
        new Sequence(), new ControlFlow.Parallel(), new If(), new Switch(), new For(), new ForEach(), new ParallelForEach(), new While(), new Fork(),
        new Start(), new End(), new Finish(), new Break(), new Complete(), new Fault(),
        new SetVariable(), new SetOutput(), new SetName(), new Correlate(), new WriteLine(), new RunJavaScript(), new RunTask(),
        new Event(), new PublishEvent(), new Delay(), new Events.Timer(), new Cron(), new StartAt(),
        new ExecuteWorkflow(), new DispatchWorkflow(), new BulkDispatchWorkflows(),
        new HttpEndpoint(), new WriteHttpResponse(), new SendHttpRequest(), new FlowSendHttpRequest(), new SendEmail(),
    ];
}
