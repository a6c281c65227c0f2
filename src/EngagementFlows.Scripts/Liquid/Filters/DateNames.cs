namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>The names of days, months and half days of a culture; a table of ours, so that no machine's data decides.</summary>
internal sealed record DateNames(string[] Days, string[] ShortDays, string[] Months, string[] ShortMonths, string[] HalfDays)
{
    private static readonly DateNames English = new(
        ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        ["AM", "PM"]);

    private static readonly DateNames Chinese = new(
        ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
        ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        ["上午", "下午"]);

    /// <summary>Returns the names of <c>zh-CN</c>, or the English ones for any other culture.</summary>
    public static DateNames Of(string culture) => culture == "zh-CN" ? Chinese : English;
}
