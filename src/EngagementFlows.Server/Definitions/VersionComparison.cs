using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Definitions.Comparison;

namespace EngagementFlows.Server.Definitions;

/// <summary>A mail that differs in one language.</summary>
/// <param name="Kind">How.</param>
/// <param name="Name">The mail's name.</param>
/// <param name="Language">The language.</param>
internal sealed record MailChange(ChangeKind Kind, string Name, string Language);

/// <summary>A form that differs.</summary>
/// <param name="Kind">How.</param>
/// <param name="Path">The form's file.</param>
/// <param name="Questions">The questions that were added, removed or worded anew; empty if only details differ.</param>
internal sealed record FormChange(ChangeKind Kind, string Path, IReadOnlyList<FieldChange> Questions);

/// <summary>What differs between two versions with all that belongs to them. Pure.</summary>
/// <param name="Flow">What differs in the definition; <see langword="null"/> if one of them cannot be read.</param>
/// <param name="Mails">The mails that differ.</param>
/// <param name="Forms">The forms that differ.</param>
/// <param name="Others">Other files that differ.</param>
internal sealed record VersionComparison(
    DefinitionComparison? Flow, IReadOnlyList<MailChange> Mails, IReadOnlyList<FormChange> Forms, IReadOnlyList<(ChangeKind Kind, string Path)> Others)
{
    private const string FormFolder = "forms/";

    /// <summary>Gets whether a reader would notice no difference.</summary>
    public bool IsEmpty => Flow is { IsEmpty: true } && Mails.Count + Forms.Count + Others.Count == 0;

    /// <summary>Compares two versions; the earlier one may be missing.</summary>
    public static VersionComparison Between(
        WorkflowDefinition? before, IReadOnlyDictionary<string, byte[]> filesBefore, WorkflowDefinition? after, IReadOnlyDictionary<string, byte[]> filesAfter)
    {
        List<(ChangeKind Kind, string Path)> files = [];
        foreach (string path in filesBefore.Keys.Union(filesAfter.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            byte[]? was = filesBefore.GetValueOrDefault(path);
            byte[]? now = filesAfter.GetValueOrDefault(path);
            if (was is null || now is null || !was.AsSpan().SequenceEqual(now))
                files.Add((was is null ? ChangeKind.Added : now is null ? ChangeKind.Removed : ChangeKind.Changed, path));
        }

        HashSet<string> changed = [.. files.Select(file => file.Path)];
        List<MailChange> mails = [];
        foreach ((string name, string language) in VersionTexts.MailsOf(filesBefore.Keys.Union(filesAfter.Keys, StringComparer.Ordinal)))
        {
            // Sample values change what the preview shows, and nothing that a client gets.
            if (changed.Remove(VersionTexts.PathOf(name, language)))
                mails.Add(new(files.Single(file => file.Path == VersionTexts.PathOf(name, language)).Kind, name, language));
        }

        List<FormChange> forms = [];
        foreach ((ChangeKind kind, string path) in files.Where(file => file.Path.StartsWith(FormFolder, StringComparison.Ordinal) && file.Path.EndsWith(".json", StringComparison.Ordinal)))
        {
            changed.Remove(path);
            forms.Add(new(kind, path, Questions(filesBefore.GetValueOrDefault(path), filesAfter.GetValueOrDefault(path))));
        }

        DefinitionComparison? flow = before is null || after is null ? null : DefinitionComparison.Between(before, after);
        return new(flow, mails, forms, [.. files.Where(file => changed.Contains(file.Path))]);
    }

    private static List<FieldChange> Questions(byte[]? before, byte[]? after)
    {
        Dictionary<string, LocalizedText> was = QuestionsOf(before);
        List<FieldChange> changes = [];
        foreach ((string name, LocalizedText question) in QuestionsOf(after))
        {
            LocalizedText? old = was.Remove(name, out LocalizedText? found) ? found : null;
            if (old != question)
                changes.Add(new(name, question, old is null ? null : Both(old), Both(question)));
        }

        changes.AddRange(was.Select(gone => new FieldChange(gone.Key, gone.Value, Both(gone.Value), null)));
        return changes;
    }

    private static Dictionary<string, LocalizedText> QuestionsOf(byte[]? file)
    {
        Dictionary<string, LocalizedText> questions = new(StringComparer.Ordinal);
        if (file is null || FormReader.Read(AssetText.Of(file)).Form is not { } form)
            return questions;
        foreach (FormQuestion question in form.AllQuestions)
        {
            string required = question.IsRequired ? " *" : "";
            string choices = question.Choices.Count == 0 ? "" : $" ({string.Join(", ", question.Choices.Select(choice => choice.Text.En))})";
            string choicesZh = question.Choices.Count == 0 ? "" : $"（{string.Join("、", question.Choices.Select(choice => choice.Text.ZhCn))}）";
            questions.TryAdd(question.Name, new(question.Title.En + required + choices, question.Title.ZhCn + required + choicesZh));
        }

        return questions;
    }

    private static string Both(LocalizedText text) => text.En == text.ZhCn ? text.En : $"{text.En} / {text.ZhCn}";
}
