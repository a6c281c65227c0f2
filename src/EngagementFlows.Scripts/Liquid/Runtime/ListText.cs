using System.Text;

namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>The items of a list as one text.</summary>
internal static class ListText
{
    public static string Join(PlainList list, string separator, RenderState state)
    {
        StringBuilder text = new();
        Append(list, separator, text, 0, state);
        return text.ToString();
    }

    private static void Append(PlainList list, string separator, StringBuilder text, int depth, RenderState state)
    {
        if (depth > state.Context.Limits.Nesting)
            throw state.Fault("Nesting", $"A list nests deeper than {state.Context.Limits.Nesting}, which is the limit.");
        for (int i = 0; i < list.Count; i++)
        {
            state.Step();
            int before = text.Length;
            if (i > 0)
                text.Append(separator);
            if (list[i] is PlainList inner)
                Append(inner, depth == 0 && separator.Length > 0 ? "," : separator, text, depth + 1, state);
            else
                text.Append(LiquidValue.ToText(list[i], state));
            state.NewText(text.Length - before);
            if (text.Length > state.Context.Limits.StringLength)
                state.NewText(text.Length);
        }
    }
}
