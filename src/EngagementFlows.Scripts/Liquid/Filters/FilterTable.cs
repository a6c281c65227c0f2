using System.Collections.Frozen;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>The filters of the language, and the two that Elsa adds: <c>base64</c> and <c>keys</c>.</summary>
internal static class FilterTable
{
    /// <summary>Stands in for a filter that nobody knows.</summary>
    public static readonly Filter PassThrough = new((input, _, _) => input, Most: int.MaxValue);

    public static readonly FrozenDictionary<string, Filter> Standard = new Dictionary<string, Filter>(StringComparer.Ordinal)
    {
        // Text
        ["append"] = new(TextFilters.Append, 1, 1),
        ["prepend"] = new(TextFilters.Prepend, 1, 1),
        ["capitalize"] = new(TextFilters.Capitalize),
        ["downcase"] = new(TextFilters.Downcase),
        ["upcase"] = new(TextFilters.Upcase),
        ["strip"] = new(TextFilters.Strip),
        ["lstrip"] = new(TextFilters.StripLeft),
        ["rstrip"] = new(TextFilters.StripRight),
        ["strip_newlines"] = new(TextFilters.StripNewlines),
        ["squish"] = new(TextFilters.Squish),
        ["replace"] = new(ReplaceFilters.Replace, 1, 2),
        ["replace_first"] = new(ReplaceFilters.ReplaceFirst, 1, 2),
        ["replace_last"] = new(ReplaceFilters.ReplaceLast, 1, 2),
        ["remove"] = new(ReplaceFilters.Remove, 1, 1),
        ["remove_first"] = new(ReplaceFilters.RemoveFirst, 1, 1),
        ["remove_last"] = new(ReplaceFilters.RemoveLast, 1, 1),
        ["split"] = new(TextFilters.Split, 1, 1),
        ["truncate"] = new(TextFilters.Truncate, 0, 2),
        ["truncatewords"] = new(TextFilters.TruncateWords, 0, 2),
        ["slice"] = new(TextFilters.Slice, 1, 2),
        ["size"] = new(TextFilters.Size),

        // HTML, addresses, codes
        ["escape"] = new(MarkupFilters.Escape),
        ["escape_once"] = new(MarkupFilters.EscapeOnce),
        ["newline_to_br"] = new(MarkupFilters.NewlineToBreak),
        ["strip_html"] = new(MarkupFilters.StripHtml),
        ["raw"] = new(MarkupFilters.Raw),
        ["url_encode"] = new(CodeFilters.UrlEncode),
        ["url_decode"] = new(CodeFilters.UrlDecode),
        ["base64"] = new(CodeFilters.Base64Encode),
        ["base64_encode"] = new(CodeFilters.Base64Encode),
        ["base64_decode"] = new(CodeFilters.Base64Decode),
        ["base64_url_safe_encode"] = new(CodeFilters.Base64UrlEncode),
        ["base64_url_safe_decode"] = new(CodeFilters.Base64UrlDecode),
        ["json"] = new(CodeFilters.Json, 0, 1),

        // Numbers
        ["abs"] = new(NumberFilters.Abs),
        ["at_least"] = new(NumberFilters.AtLeast, 1, 1),
        ["at_most"] = new(NumberFilters.AtMost, 1, 1),
        ["ceil"] = new(NumberFilters.Ceil),
        ["floor"] = new(NumberFilters.Floor),
        ["round"] = new(NumberFilters.Round, 0, 1),
        ["plus"] = new(NumberFilters.Plus, 1, 1),
        ["minus"] = new(NumberFilters.Minus, 1, 1),
        ["times"] = new(NumberFilters.Times, 1, 1),
        ["divided_by"] = new(NumberFilters.DividedBy, 1, 1),
        ["modulo"] = new(NumberFilters.Modulo, 1, 1),

        // Lists
        ["join"] = new(ListFilters.Join, 0, 1),
        ["first"] = new(ListFilters.First),
        ["last"] = new(ListFilters.Last),
        ["concat"] = new(ListFilters.Concat, 1, 1),
        ["compact"] = new(ListFilters.Compact, 0, 1),
        ["map"] = new(ListFilters.Map, 1, 1),
        ["reverse"] = new(ListFilters.Reverse),
        ["sum"] = new(ListFilters.Sum, 0, 1),
        ["uniq"] = new(ListFilters.Unique, 0, 1),
        ["push"] = new(ListFilters.Push, 1, 1),
        ["unshift"] = new(ListFilters.Unshift, 1, 1),
        ["pop"] = new(ListFilters.Pop),
        ["shift"] = new(ListFilters.Shift),
        ["keys"] = new(ListFilters.Keys),
        ["sort"] = new(SortFilters.Sort, 0, 1),
        ["sort_natural"] = new(SortFilters.SortNatural, 0, 1),
        ["where"] = new(SearchFilters.Where, 1, 2),
        ["reject"] = new(SearchFilters.Reject, 1, 2),
        ["find"] = new(SearchFilters.Find, 1, 2),
        ["find_index"] = new(SearchFilters.FindIndex, 1, 2),
        ["has"] = new(SearchFilters.Has, 1, 2),
        ["group_by"] = new(SearchFilters.GroupBy, 1, 1),

        // Anything
        ["default"] = new(CodeFilters.Default, 0, 1, AsksForNothing: true),
        ["date"] = new(DateFilter.Apply, 0, 1),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
