namespace EngagementFlows.CrashDrill;

/// <summary>Chance that a seed repeats (splitmix64). Not safe for use by several threads.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Returns a whole number from <paramref name="from"/> up to, but not including, <paramref name="to"/>.</summary>
    public int Next(int from, int to) => from + (int)(Draw() % (ulong)(to - from));

    /// <summary>Returns true with a probability of <paramref name="percent"/>.</summary>
    public bool Percent(int percent) => Next(0, 100) < percent;

    /// <summary>Returns a span of time between two, in whole milliseconds.</summary>
    public TimeSpan Between(int fromMilliseconds, int toMilliseconds) => TimeSpan.FromMilliseconds(Next(fromMilliseconds, toMilliseconds + 1));

    /// <summary>Puts a list into an order of chance.</summary>
    public void Shuffle<T>(IList<T> list)
    {
        for (int i = list.Count - 1; i > 0; i--)
        {
            int other = Next(0, i + 1);
            (list[i], list[other]) = (list[other], list[i]);
        }
    }

    private ulong Draw()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
