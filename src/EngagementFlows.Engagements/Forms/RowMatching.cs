using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Finds which row of earlier answers became which row of later ones. Rows have no names of their own: those that are most alike, in the same order, are the same.</summary>
internal static class RowMatching
{
    // Rows that agree in less than this are two different ones.
    private const double LeastLikeness = 0.5;

    /// <summary>Returns pairs of places in the order in which they are read: the later rows, and removed ones where they stood.</summary>
    public static List<(int? Before, int? Now)> Of(FormGroup group, IReadOnlyList<PlainObject> before, IReadOnlyList<PlainObject> now)
    {
        // best[i, j]: the greatest sum of likenesses that rows from i and from j on can have.
        double[,] best = new double[before.Count + 1, now.Count + 1];
        double[,] likeness = new double[before.Count, now.Count];
        for (int i = before.Count - 1; i >= 0; i--)
        {
            for (int j = now.Count - 1; j >= 0; j--)
            {
                likeness[i, j] = Likeness(group, before[i], now[j]);
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), likeness[i, j] > 0 ? best[i + 1, j + 1] + likeness[i, j] : 0);
            }
        }

        List<(int? Before, int? Now)> pairs = [];
        int was = 0;
        int still = 0;
        while (was < before.Count || still < now.Count)
        {
            if (was < before.Count && still < now.Count && likeness[was, still] > 0 && best[was, still] == best[was + 1, still + 1] + likeness[was, still])
                pairs.Add((was++, still++));
            else if (still == now.Count || (was < before.Count && best[was + 1, still] >= best[was, still + 1]))
                pairs.Add((was++, null));
            else
                pairs.Add((null, still++));
        }

        return WithMoved(group, pairs, before, now);
    }

    // A row that only changed its place was neither removed nor added.
    private static List<(int? Before, int? Now)> WithMoved(FormGroup group, List<(int? Before, int? Now)> pairs, IReadOnlyList<PlainObject> before, IReadOnlyList<PlainObject> now)
    {
        for (int at = 0; at < pairs.Count; at++)
        {
            if (pairs[at] is not (null, { } added))
                continue;
            int from = pairs.FindIndex(pair => pair is ({ } gone, null) && Likeness(group, before[gone], now[added]) > 1);
            if (from < 0)
                continue;
            pairs[at] = (pairs[from].Before, added);
            pairs.RemoveAt(from);
            at -= from < at ? 1 : 0;
        }

        return pairs;
    }

    // 2 = the same in all, 0 = another row; a row keeps its first answer – a goal, a milestone – more often than not.
    private static double Likeness(FormGroup group, PlainObject before, PlainObject now)
    {
        int answered = 0;
        int same = 0;
        bool isFirstSame = false;
        bool isFirst = true;
        foreach (FormQuestion question in group.Questions)
        {
            string was = AnswerText.Of(question, before).En;
            string still = AnswerText.Of(question, now).En;
            if (was.Length == 0 && still.Length == 0)
                continue;
            answered++;
            same += was == still ? 1 : 0;
            isFirstSame |= isFirst && was == still;
            isFirst = false;
        }

        if (answered == 0 || same == answered)
            return 2;
        double share = (double)same / answered;
        return isFirstSame ? 1 + (share / 2) : share >= LeastLikeness ? share : 0;
    }
}
