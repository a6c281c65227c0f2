namespace EngagementFlows.Postgres.Definitions;

/// <summary>A version as the designer shows it: with its place among its fellows and its last save.</summary>
/// <param name="Stored">The version.</param>
/// <param name="IsLatest">Whether no other version is newer; a snapshot never is.</param>
/// <param name="SavedAt">When it was last saved in the designer; <see langword="null"/> = never.</param>
/// <param name="SavedBy">The name of who did, or else of who made it.</param>
/// <param name="Editor">The page that saved last, if it said which it is.</param>
/// <param name="EditorSave">Which of its saves that was.</param>
public sealed record DesignedVersion(StoredDefinition Stored, bool IsLatest, DateTimeOffset? SavedAt, string SavedBy, string? Editor, long? EditorSave);
