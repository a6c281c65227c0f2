using System.Globalization;
using System.Runtime.CompilerServices;

namespace EngagementFlows.Engine.Definitions;

/// <summary>An activity that a fault mentions.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its author called it; <see langword="null"/> if he gave it no name.</param>
public sealed record MentionedActivity(string Id, LocalizedText? Name);

/// <summary>
/// A sentence in one language that mentions activities, written as an interpolated text with the activities themselves as values: what they are called is decided when it is said, by who
/// reads it.
/// </summary>
/// <param name="literalLength">How many characters the text has beside its values; the compiler gives it.</param>
/// <param name="formattedCount">How many values it has; the compiler gives it.</param>
[InterpolatedStringHandler]
public sealed class FaultSentence(int literalLength, int formattedCount)
{
    private readonly List<object> _parts = new(literalLength == 0 ? formattedCount : (formattedCount * 2) + 1);

    /// <summary>Returns the sentence that mentions no activity.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator FaultSentence(string text)
    {
        FaultSentence sentence = new(text.Length, 0);
        sentence.AppendLiteral(text);
        return sentence;
    }

    /// <summary>Adds text.</summary>
    public void AppendLiteral(string text) => _parts.Add(text);

    /// <summary>Adds a value as text, in the invariant culture.</summary>
    public void AppendFormatted<T>(T value, string? format = null) =>
        _parts.Add(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? string.Empty);

    /// <summary>Mentions an activity.</summary>
    public void AppendFormatted(MentionedActivity activity) => _parts.Add(activity);

    /// <summary>Mentions an activity; <see langword="null"/> = the flow itself.</summary>
    public void AppendFormatted(ActivityNode? node) => _parts.Add(node is null ? new LocalizedText("the flow", "流程") : Of(node));

    /// <summary>Mentions several activities.</summary>
    public void AppendFormatted(ActivityNode[] nodes) => _parts.Add(nodes.Select(Of).ToArray());

    /// <summary>Returns the sentence with each activity by its name and, behind that, its id: whoever has the definition's text before him finds it there.</summary>
    /// <param name="language">The language of the sentence, for its quotation marks and the names.</param>
    public string Say(string language) => Say(language, activity => activity.Name?.In(language) is { } name && name != activity.Id
        ? new LocalizedText($"'{name}' ({activity.Id})", $"“{name}”（{activity.Id}）").In(language)
        : Quoted(activity.Id, language));

    /// <summary>Returns the sentence with the names that the reader knows.</summary>
    /// <param name="language">The language of the sentence, for its quotation marks.</param>
    /// <param name="nameOf">What an activity is called.</param>
    public string SayNames(string language, Func<MentionedActivity, string> nameOf) => Say(language, activity => Quoted(nameOf(activity), language));

    /// <inheritdoc/>
    public override string ToString() => Say("en");

    private static MentionedActivity Of(ActivityNode node) => new(node.Id, node.DisplayName);

    private static string Quoted(string name, string language) => new LocalizedText($"'{name}'", $"“{name}”").In(language);

    private string Say(string language, Func<MentionedActivity, string> mention) => string.Concat(_parts.Select(part => part switch
    {
        MentionedActivity one => mention(one),
        MentionedActivity[] several => string.Join(new LocalizedText(", ", "、").In(language), several.Select(mention)),
        LocalizedText text => text.In(language),
        _ => (string)part,
    }));
}
