using System.Reflection;

namespace EngagementFlows.Postgres.Tests.Statements;

/// <summary>Every statement of the assembly, found by its constant.</summary>
internal static class Statements
{
    private static readonly string[] Verbs = ["select ", "insert ", "update ", "delete ", "with ", "truncate "];

    public static IReadOnlyList<(string Name, string Sql)> All { get; } =
    [
        .. from type in typeof(FlowsDatabase).Assembly.GetTypes()
           from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
           where field.IsLiteral && field.FieldType == typeof(string)
           let sql = ((string)field.GetRawConstantValue()!).TrimStart()
           where Verbs.Any(verb => sql.StartsWith(verb, StringComparison.Ordinal) || sql.StartsWith(verb.TrimEnd() + "\n", StringComparison.Ordinal))
           orderby type.FullName, field.Name
           select ($"{type.Name}.{field.Name}", sql),
    ];
}
