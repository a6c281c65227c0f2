namespace EngagementFlows.Server.CommandLine;

/// <summary>Settings given among the arguments, <c>--Section:Key=value</c> or <c>--Section:Key value</c>, and what remains for the command.</summary>
internal sealed class SettingArguments
{
    private SettingArguments(IReadOnlyList<string> rest, IReadOnlyDictionary<string, string?> values)
    {
        Rest = rest;
        Values = values;
    }

    public static SettingArguments None { get; } = new([], new Dictionary<string, string?>());

    public IReadOnlyList<string> Rest { get; }

    public IReadOnlyDictionary<string, string?> Values { get; }

    public static SettingArguments Take(IReadOnlyList<string> args)
    {
        List<string> rest = [];
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase);
        for (int at = 0; at < args.Count; at++)
        {
            string argument = args[at];
            // Everything after a bare "--" belongs to the command, as everywhere.
            if (argument == "--")
            {
                rest.AddRange(args.Skip(at));
                break;
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            if (!IsKey(name))
                rest.Add(argument);
            else if (equals >= 0)
                values[name[2..]] = argument[(equals + 1)..];
            else if (at + 1 < args.Count)
                values[name[2..]] = args[++at];
            else
                rest.Add(argument);
        }

        return new SettingArguments(rest, values);
    }

    private static bool IsKey(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) && name.IndexOf(':', StringComparison.Ordinal) > 2;
}
