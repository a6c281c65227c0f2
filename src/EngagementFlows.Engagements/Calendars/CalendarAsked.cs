using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>Asks for the calendar by which a flow counts working time.</summary>
/// <param name="EngagementId">The engagement for which it counts.</param>
/// <param name="Calendar"><see cref="OfClient"/>, <see cref="OfFirm"/>, or the id of a calendar.</param>
public sealed record CalendarAsked(Guid EngagementId, string Calendar) : Question<WorkCalendar>
{
    /// <summary>The holidays of the client's country and the usual hours in the contact's zone.</summary>
    public const string OfClient = "client";

    /// <summary>The firm's own calendar.</summary>
    public const string OfFirm = "firm";
}
