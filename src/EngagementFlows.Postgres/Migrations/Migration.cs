using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EngagementFlows.Postgres.Migrations;

/// <summary>A numbered change of the schema; never edited after a release.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">The file's name without <c>.sql</c>.</param>
/// <param name="Sql">The statements.</param>
public sealed partial record Migration(int Number, string Name, string Sql)
{
    /// <summary>Gets all migrations of this build in their order.</summary>
    public static IReadOnlyList<Migration> All { get; } = ReadAll();

    /// <summary>Gets the hash by which an edited file is noticed.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>Gets what is run: the file, with the script of a package in the place where the file names it.</summary>
    /// <remarks>The hash is that of the file alone: a new version of the package must not make an applied migration look edited. A test pins the package's script.</remarks>
    public string Statements => PackageScript().Replace(Sql, match => ReadScript(match.Groups["name"].Value, match.Groups["prefix"].Value));

    private static string ReadScript(string name, string prefix)
    {
        using Stream script = typeof(Quartz.IScheduler).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the package Quartz has no script '{name}' any more.");
        using StreamReader reader = new(script);
        // Quartz's own placeholders: the prefix with and without a schema.
        return reader.ReadToEnd().Replace("{0}", prefix, StringComparison.Ordinal).Replace("{1}", prefix, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^-- run-resource: (?<name>\S+) (?<prefix>[a-z_]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex PackageScript();

    private static List<Migration> ReadAll()
    {
        Assembly assembly = typeof(Migration).Assembly;
        List<Migration> migrations = [];
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            string[] parts = resource.Split('.');
            string name = parts[^2];
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
            migrations.Add(new(int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd()));
        }

        migrations.Sort((left, right) => left.Number.CompareTo(right.Number));
        for (int i = 1; i < migrations.Count; i++)
        {
            if (migrations[i].Number == migrations[i - 1].Number)
                throw new InvalidOperationException($"EngagementFlows bug: migrations '{migrations[i - 1].Name}' and '{migrations[i].Name}' have the same number.");
        }

        return migrations;
    }
}
