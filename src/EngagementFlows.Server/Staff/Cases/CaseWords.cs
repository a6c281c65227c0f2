using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Controls;

namespace EngagementFlows.Server.Staff.Cases;

/// <summary>Says how a case and its promise stand.</summary>
internal static class CaseWords
{
    public static string State(CaseLine line, Reader reader)
    {
        string kind = reader.Say(CaseKinds.NameOf(line.Case.Kind));
        string urgency = reader.Say(CaseClasses.NameOf(line.Case.Class));
        return line.Case.ClosedAt is { } closed
            ? reader.Say(CaseTexts.ClosedOn, kind, urgency, reader.Moment(closed), line.Case.Outcome)
            : reader.Say(CaseTexts.OpenSince, kind, urgency, reader.Moment(line.Case.OpenedAt));
    }

    /// <summary>Returns the promise in a few words with its tone; late says so, and never by colour alone.</summary>
    public static (string Text, Tone? Tone) Promise(CasePromise? promise, Reader reader) => promise switch
    {
        null => (reader.Say(CaseTexts.NoPromise), null),
        { IsRunning: true } when promise.DueAt <= reader.Now => (reader.Say(CaseTexts.Late, reader.Moment(promise.DueAt)), Tone.Broken),
        { IsRunning: true } => (reader.Say(CaseTexts.Due, reader.Moment(promise.DueAt)), null),
        { IsKept: true } => (reader.Say(CaseTexts.Kept), Tone.Done),
        { IsKept: false } => (reader.Say(CaseTexts.Missed), Tone.Broken),
        _ => (reader.Say(CaseTexts.PromiseEnded), Tone.Waiting),
    };

    public static string Rung(int rung, Reader reader) => rung == 0 ? reader.Say(CaseTexts.RungBegin) : reader.Say(CaseTexts.RungClimbed, rung);

    public static LocalizedText Class(string urgency) => urgency switch
    {
        CaseClasses.Urgent => CaseTexts.ClassUrgent,
        CaseClasses.High => CaseTexts.ClassHigh,
        _ => CaseTexts.ClassNormal,
    };

    public static LocalizedText Notified(string template) => template switch
    {
        "task-assigned" => CaseTexts.NotifiedTask,
        "task-reminder" => CaseTexts.NotifiedReminder,
        "task-escalated" => CaseTexts.NotifiedEscalated,
        _ => CaseTexts.NotifiedOther,
    };
}
