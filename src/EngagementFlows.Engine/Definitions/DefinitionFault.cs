using System.Text.Json.Serialization;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Something wrong with a definition.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="ActivityId">The activity, or <see langword="null"/> if it lies on the definition itself.</param>
/// <param name="Field">The field of the activity or definition, in the spelling of the JSON; or <see langword="null"/>.</param>
/// <param name="English">A complete sentence in English: what, which, the value found, the rule, the way out.</param>
public sealed record DefinitionFault(FaultSeverity Severity, string? ActivityId, string? Field, [property: JsonIgnore] FaultSentence English)
{
    private const string InEnglish = "en";
    private const string InChinese = "zh-CN";

    // As it is read back from where it was kept as text: the names are those that the activities had then.
    [JsonConstructor]
    private DefinitionFault(FaultSeverity severity, string? activityId, string? field, string message, string? messageZh = null)
        : this(severity, activityId, field, (FaultSentence)message) => Chinese = messageZh is null ? null : (FaultSentence)messageZh;

    /// <summary>Gets the sentence in Chinese; <see langword="null"/> where only English is there.</summary>
    [JsonIgnore]
    public FaultSentence? Chinese { get; init; }

    /// <summary>Gets the sentence in English, with the names and ids of activities.</summary>
    public string Message => English.Say(InEnglish);

    /// <summary>Gets the same in Chinese; <see langword="null"/> where only English is there.</summary>
    public string? MessageZh => Chinese?.Say(InChinese);

    /// <summary>Gets the name of the rule that it breaks (<see cref="FaultRules"/>), or <see langword="null"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>Returns the sentence in a language, with the names and ids of activities; in English where the other is not there.</summary>
    public string In(string? language) => MessageZh is null ? Message : new LocalizedText(Message, MessageZh).In(language);

    /// <summary>Returns the sentence in a language, with activities called as its reader knows them; in English where the other is not there.</summary>
    /// <param name="language">The reader's language.</param>
    /// <param name="nameOf">What an activity is called.</param>
    public string In(string? language, Func<MentionedActivity, string> nameOf)
    {
        string english = English.SayNames(InEnglish, nameOf);
        return Chinese is null ? english : new LocalizedText(english, Chinese.SayNames(InChinese, nameOf)).In(language);
    }
}

/// <summary>How bad a fault is.</summary>
public enum FaultSeverity
{
    /// <summary>Worth a look; nothing is blocked.</summary>
    Warning,

    /// <summary>The definition is imported and would run until it is reached; publishing is blocked.</summary>
    Fault,

    /// <summary>The definition is not accepted at all.</summary>
    Refused,
}
