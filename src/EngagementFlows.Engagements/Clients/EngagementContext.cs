using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Clients;

/// <summary>How our activities read their inputs and find their engagement.</summary>
internal static class EngagementContext
{
    /// <summary>Returns the engagement that the instance runs for: its correlation id, written with its four dashes or without any.</summary>
    /// <remarks>No other way of writing an id counts: the database must see by the key alone for whom the instance runs, or lists would show what is closed (<c>instance_is_open_to</c>).</remarks>
    public static Guid EngagementId(this ActivityContext context) =>
        IdOf(context.CorrelationId) is { } id
            ? id
            : throw new ActivityFaultException(
                $"Activity '{context.ActivityId}' works for an engagement, and the instance's correlation id is {Quote(context.CorrelationId)}, which is not the id of one. "
                + "Start the flow for an engagement, or set its id with Correlate before this activity.");

    /// <summary>Returns a text input that must not be blank.</summary>
    public static string RequiredText(this ActivityContext context, string input) =>
        OptionalText(context, input) ?? throw Fault(context, input, context.Input(input) as string, "It must not be empty.");

    /// <summary>Returns a text input; <see langword="null"/> if it is not set or blank.</summary>
    public static string? OptionalText(this ActivityContext context, string input)
    {
        string? text = context.Text(input);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (TextRule.FaultOfText(text, TextRule.CommentLength) is { } fault)
            throw new ActivityFaultException($"Activity '{context.ActivityId}': the text of input '{input}' cannot be used: {fault}.");
        return text;
    }

    /// <summary>Returns a text in both languages from inputs <c>x</c> and <c>xZh</c>; <see langword="null"/> if neither is set.</summary>
    public static LocalizedText? OptionalLocalized(this ActivityContext context, string input)
    {
        string? english = context.OptionalText(input);
        string? chinese = context.OptionalText(input + "Zh");
        return (english ?? chinese) is null ? null : new LocalizedText(english ?? chinese!, chinese ?? english!);
    }

    /// <summary>Returns a text in both languages, one of which must be set.</summary>
    public static LocalizedText RequiredLocalized(this ActivityContext context, string input) =>
        context.OptionalLocalized(input) ?? throw Fault(context, input, null, "It must not be empty.");

    /// <summary>Returns the path of a file of the process version below <paramref name="folder"/>; <see langword="null"/> if the input is not set.</summary>
    public static string? AssetPath(this ActivityContext context, string input, string folder)
    {
        string? path = context.OptionalText(input);
        if (path is not null && !IsAssetPath(path, folder))
            throw Fault(context, input, path, $"Name a file of the process folder, like '{folder}/intake.json'.");
        return path;
    }

    /// <summary>Tells whether a text can be the path of a file of the process version below <paramref name="folder"/>.</summary>
    public static bool IsAssetPath(string path, string folder) =>
        path.StartsWith(folder + "/", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
        && TextRule.FaultOfLine(path, TextRule.NameLength) is null;

    /// <summary>Returns the answers that stand in a form at first, from the input <c>prefill</c>; <see langword="null"/> if it is not set. Whether the form asks for them is seen when task or link is stored.</summary>
    public static PlainObject? Prefill(this ActivityContext context)
    {
        object? given = context.Input("prefill");
        if (given is null or "")
            return null;
        if (context.Input("form") is null or "")
            throw Fault(context, "prefill", FormPrefill.TextOf(given), "It fills a form, and the input 'form' names none.");
        return FormPrefill.Read(given, out string? fault) ?? throw Fault(context, "prefill", FormPrefill.TextOf(given), fault!);
    }

    /// <summary>Returns a duration that must be longer than zero; <see langword="null"/> if it is not set.</summary>
    public static Duration? PositiveDuration(this ActivityContext context, string input)
    {
        if (context.OptionalText(input) is not { } text)
            return null;
        return Duration.TryParse(text, out Duration? duration) && !duration!.IsZero ? duration : throw Fault(context, input, text, $"It must be longer than zero. {Duration.Rule}");
    }

    /// <summary>Returns the calendar of the input <c>calendar</c>, or of <paramref name="fallback"/> if it is not set.</summary>
    public static WorkCalendar Calendar(this ActivityContext context, string fallback) =>
        context.Ask(new CalendarAsked(context.EngagementId(), context.OptionalText("calendar") ?? fallback));

    /// <summary>Returns the date in the firm's zone.</summary>
    public static DateOnly Today(this ActivityContext context) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Now, context.Ask(new CalendarAsked(context.EngagementId(), CalendarAsked.OfFirm)).Zone).DateTime);

    /// <summary>Returns the instant that lies so many durations after another one, <see langword="null"/> = now; working time counts by <see cref="Calendar"/>.</summary>
    public static DateTimeOffset After(this ActivityContext context, Duration duration, string calendar, int times = 1, DateTimeOffset? from = null) =>
        context.DueAfter(duration, calendar, times, from).At;

    /// <summary>Returns the instant that lies so many durations after another one, <see langword="null"/> = now, with what it was computed from while its year is not published.</summary>
    public static DueInstant DueAfter(this ActivityContext context, Duration duration, string calendar, int times = 1, DateTimeOffset? from = null)
    {
        DateTimeOffset begins = from ?? context.Now;
        switch (duration)
        {
            case ElapsedTime elapsed:
                return new(begins + (elapsed.Length * times), null);
            case WorkingTime working:
                WorkingTime whole = working.Times(times);
                CalendarInstant due = context.Calendar(calendar).Add(begins, whole);
                return new(due.At, due.IsProvisional ? new(context.OptionalText("calendar") ?? calendar, due.Version, begins, whole.ToString()) : null);
            default:
                throw new ArgumentException($"EngagementFlows bug: duration of type '{duration.GetType()}' is not known.", nameof(duration));
        }
    }

    /// <summary>Returns a whole number in a range; <paramref name="fallback"/> if it is not set.</summary>
    public static int Whole(this ActivityContext context, string input, int least, int most, int fallback)
    {
        double? number = context.Input(input) switch
        {
            null => null,
            long whole => whole,
            double broken => broken,
            decimal exact => (double)exact,
            int small => small,
            object other => throw Fault(context, input, Convert.ToString(other, CultureInfo.InvariantCulture), "It must be a number."),
        };
        if (number is null)
            return fallback;
        return number >= least && number <= most && number == Math.Floor(number.Value)
            ? (int)number.Value
            : throw Fault(context, input, number.Value.ToString(CultureInfo.InvariantCulture), $"It must be a whole number from {least} to {most}.");
    }

    /// <summary>Returns a list of texts; <paramref name="fallback"/> if it is not set or empty.</summary>
    public static IReadOnlyList<string> Texts(this ActivityContext context, string input, IReadOnlyList<string> fallback)
    {
        string[] texts = context.Input(input) switch
        {
            PlainList list => [.. list.OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))],
            string text when !string.IsNullOrWhiteSpace(text) => [text],
            _ => [],
        };
        return texts.Length == 0 ? fallback : texts;
    }

    /// <summary>Returns a text that must be one of those that are known; <paramref name="fallback"/> if it is not set.</summary>
    public static string OneOf(this ActivityContext context, string input, IReadOnlyList<string> known, string fallback)
    {
        string text = context.OptionalText(input)?.Trim() ?? fallback;
        return known.Contains(text, StringComparer.Ordinal) ? text : throw Fault(context, input, text, $"Allowed: {string.Join(", ", known)}.");
    }

    /// <summary>Returns an assignee.</summary>
    public static AssigneeExpression Assignee(this ActivityContext context, string input, string fallback)
    {
        string text = context.OptionalText(input) ?? fallback;
        return AssigneeExpression.TryParse(text, out AssigneeExpression? assignee)
            ? assignee
            : throw Fault(context, input, text, AssigneeExpression.Rule);
    }

    /// <summary>Returns the fault of an input.</summary>
    public static ActivityFaultException Fault(ActivityContext context, string input, string? found, string rule) =>
        new($"Activity '{context.ActivityId}': input '{input}' is {Quote(found)}. {rule}");

    // The framework's parsers also trim, and take prefixes of numbers: what it writes is what is taken.
    private static Guid? IdOf(string? key) =>
        Guid.TryParse(key, out Guid id) && (key.Equals(id.ToString("D"), StringComparison.OrdinalIgnoreCase) || key.Equals(id.ToString("N"), StringComparison.OrdinalIgnoreCase)) ? id : null;

    private static string Quote(string? found) => found is null ? "not set" : $"'{(found.Length <= 100 ? found : found[..100] + "…")}'";
}
