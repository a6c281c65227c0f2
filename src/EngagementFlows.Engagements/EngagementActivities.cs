using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements;

/// <summary>The activities of the domain, for the activity catalogue.</summary>
public static class EngagementActivities
{
    /// <summary>Gets one object of each.</summary>
    public static IReadOnlyList<Activity> All { get; } =
    [
        new SendClientMail(),
        new AskClient(),
        new OfferStandingLink(),
        new RequestApproval(),
        new AssignTask(),
        new ProposeVersion(),
        new FreezeVersion(),
        new ReadVersion(),
        new OpenCase(),
        new AssignOwner(),
        new Escalate(),
        new CloseCase(),
        new RecordLesson(),
        new ScheduleMeeting(),
        new MoveMeeting(),
        new CancelMeeting(),
        new CollectMinutes(),
        new SetMilestones(),
        new DrawFigures(),
        new SetEngagementStage(),
        new AddTimelineEntry(),
        new WaitWorkingTime(),
        new WaitForRecurrence(),
        new StartClock(),
        new StopClock(),
    ];
}
