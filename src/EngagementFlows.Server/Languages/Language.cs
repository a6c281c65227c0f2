using EngagementFlows.Engine;

namespace EngagementFlows.Server.Languages;

/// <summary>The two languages of the product, and how each writes dates, spans and numbers.</summary>
internal abstract class Language
{
    /// <summary>Gets English.</summary>
    public static Language English { get; } = new EnglishLanguage();

    /// <summary>Gets Simplified Chinese.</summary>
    public static Language Chinese { get; } = new ChineseLanguage();

    /// <summary>Gets the tag, <c>en</c> or <c>zh-CN</c>.</summary>
    public abstract string Tag { get; }

    /// <summary>Returns the language of a tag: Chinese for <c>zh…</c>, English for everything else.</summary>
    public static Language Of(string? tag) =>
        tag is not null && tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;

    /// <summary>Returns the language that a browser prefers by its <c>Accept-Language</c>.</summary>
    public static Language Preferred(string? acceptLanguage)
    {
        foreach (string range in (acceptLanguage ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (range.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
                return Chinese;
            if (range.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return English;
        }

        return English;
    }

    /// <summary>Returns the text in this language.</summary>
    public string Say(LocalizedText text) => text.In(Tag);

    /// <summary>Returns the text in this language with its placeholders filled.</summary>
    public string Say(LocalizedText text, params object?[] values) => string.Format(text.In(Tag), values);

    /// <summary>Returns the date with weekday and year: <c>Tue 3 Mar 2026</c>, <c>2026年3月3日（周二）</c>.</summary>
    public abstract string Date(DateTime local);

    /// <summary>Returns the date without its year: <c>Tue 3 Mar</c>, <c>3月3日（周二）</c>.</summary>
    public abstract string ShortDate(DateTime local);

    /// <summary>Returns date and time of day: <c>Tue 3 Mar 2026, 14:05</c>.</summary>
    public abstract string Moment(DateTime local, bool withYear);

    /// <summary>Returns a span in its largest unit: <c>3 days</c>, <c>3 天</c>.</summary>
    public abstract string Span(TimeSpan span);

    private sealed class EnglishLanguage : Language
    {
        private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
        private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

        public override string Tag => "en";

        public override string Date(DateTime local) => $"{ShortDate(local)} {local.Year}";

        public override string ShortDate(DateTime local) => $"{Days[(int)local.DayOfWeek]} {local.Day} {Months[local.Month - 1]}";

        public override string Moment(DateTime local, bool withYear) => $"{(withYear ? Date(local) : ShortDate(local))}, {local:HH\\:mm}";

        public override string Span(TimeSpan span)
        {
            (long count, string unit) = Largest(span, "day", "hour", "minute", "second");
            return count == 1 ? $"1 {unit}" : $"{count} {unit}s";
        }
    }

    private sealed class ChineseLanguage : Language
    {
        private const string Days = "日一二三四五六";

        public override string Tag => "zh-CN";

        public override string Date(DateTime local) => $"{local.Year}年{ShortDate(local)}";

        public override string ShortDate(DateTime local) => $"{local.Month}月{local.Day}日（周{Days[(int)local.DayOfWeek]}）";

        public override string Moment(DateTime local, bool withYear) => $"{(withYear ? Date(local) : ShortDate(local))}{local:HH\\:mm}";

        public override string Span(TimeSpan span)
        {
            (long count, string unit) = Largest(span, "天", "小时", "分钟", "秒");
            return $"{count} {unit}";
        }
    }

    private static (long Count, string Unit) Largest(TimeSpan span, string day, string hour, string minute, string second)
    {
        TimeSpan length = span.Duration();
        if (length >= TimeSpan.FromDays(2))
            return ((long)length.TotalDays, day);
        if (length >= TimeSpan.FromHours(2))
            return ((long)length.TotalHours, hour);
        return length >= TimeSpan.FromMinutes(1) ? ((long)length.TotalMinutes, minute) : ((long)length.TotalSeconds, second);
    }
}
