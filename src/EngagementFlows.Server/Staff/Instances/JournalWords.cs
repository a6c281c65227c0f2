using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Definitions;
using EngagementFlows.Server.Staff.Definitions.Migration;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>Tells the journal of an instance as a story: what each entry says to somebody who does not know the engine.</summary>
/// <param name="definition">The version that the instance stays on; <see langword="null"/> if it is not loaded.</param>
/// <param name="activities">The activity types that this process knows.</param>
/// <param name="reader">Who reads.</param>
internal sealed class JournalWords(WorkflowDefinition? definition, ActivityCatalog activities, Reader reader)
{
    private readonly ActivityNames _names = new(definition, reader);

    /// <summary>Tells whether an entry is worth a line of its own; what merely began, and containers, stand in the raw data only.</summary>
    public bool IsStory(JournalEntry entry) =>
        entry.Event is not ("Started" or "Resumed") && !(entry.Event is "Completed" or "Suspended" && IsContainer(entry));

    /// <summary>Returns the sentence of an entry.</summary>
    public string Say(JournalEntry entry)
    {
        string what = NameOf(entry);
        return entry.Event switch
        {
            "Suspended" => reader.Say(JournalTexts.Waits, what),
            "Completed" when entry.Outcomes is { Count: > 0 } outcomes =>
                reader.Say(JournalTexts.CompletedWith, what, string.Join(reader.Language == Language.Chinese ? "、" : ", ", outcomes.Select(outcome => reader.Say(OutcomeWords.Of(outcome, definition))))),
            "Completed" => reader.Say(JournalTexts.Completed, what),
            "Canceled" => reader.Say(JournalTexts.TakenBack, what),
            "Faulted" => reader.Say(JournalTexts.Failed, what, entry.Text),
            "Line" => reader.Say(JournalTexts.Line, entry.Text),
            "Moved" => reader.Say(MigrationTexts.Journal, entry.Data?["from"], entry.Data?["to"], entry.Text),
            "Cancelled" => reader.Say(JournalTexts.Cancelled, entry.Text),
            "Retried" when entry.Text is not null => reader.Say(JournalTexts.RetriedSince, what, entry.Text),
            "Retried" => reader.Say(JournalTexts.Retried, what),
            "Skipped" => reader.Say(JournalTexts.Skipped, what, entry.Text),
            "VariableSet" => reader.Say(JournalTexts.VariableSet, entry.Text),
            _ => $"{entry.Event} {what} {entry.Text}".Trim(),
        };
    }

    // Without its definition an activity can only be told from others of its type by its id.
    private string NameOf(JournalEntry entry)
    {
        if (entry.ActivityId is null)
            return reader.Say(JournalTexts.Flow);
        if (_names.Of(entry.ActivityId) is var name && name != entry.ActivityId)
            return name;
        return entry.ActivityType is not null && activities.Find(entry.ActivityType) is { } activity
            ? reader.Language == Language.Chinese ? $"{activity.Descriptor.DisplayName.ZhCn}（{entry.ActivityId}）" : $"{activity.Descriptor.DisplayName.En} ({entry.ActivityId})"
            : entry.ActivityId;
    }

    private bool IsContainer(JournalEntry entry) =>
        entry.ActivityType is not null && activities.Find(entry.ActivityType)?.Descriptor.ChildProperties.Count > 0;
}
