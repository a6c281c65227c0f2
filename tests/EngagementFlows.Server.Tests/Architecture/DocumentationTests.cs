using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace EngagementFlows.Server.Tests.Architecture;

/// <summary>Public members of the pure projects say in a sentence what their caller gets.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Documented() => ["EngagementFlows.Scripts", "EngagementFlows.Engine", "EngagementFlows.Engagements"];

    [Theory]
    [MemberData(nameof(Documented))]
    public void Summaries_EndWithAPeriod(string project)
    {
        IEnumerable<string> offenders =
            from member in Members(project)
            let summary = member.Element("summary")
            where summary is not null && summary.Value.TrimEnd()[^1] is not ('.' or '…')
            select member.Attribute("name")!.Value;

        offenders.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void PublicTypesAndMembers_AreDocumented(string project)
    {
        Dictionary<string, XElement> members = Members(project).ToDictionary(member => member.Attribute("name")!.Value);

        IEnumerable<string> offenders =
            from type in Assembly.Load(project).GetExportedTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !typeof(Delegate).IsAssignableFrom(type)
            let name = type.FullName!.Replace('+', '.')
            from missing in MissingOf(type, name, members)
            select missing;

        offenders.Should().BeEmpty();
    }

    private static IEnumerable<string> MissingOf(Type type, string name, Dictionary<string, XElement> members)
    {
        if (!members.TryGetValue($"T:{name}", out XElement? own))
        {
            yield return name;
            yield break;
        }

        HashSet<string> parameters = [.. own.Elements("param").Select(parameter => parameter.Attribute("name")!.Value)];
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (PropertyInfo property in type.GetProperties(declared))
        {
            bool isOverride = property.GetMethod is { } get && get.GetBaseDefinition() != get;
            // A record's parameter is documented where it stands.
            if (!isOverride && !parameters.Contains(property.Name) && !HasDocumentation(members, $"P:{name}.{property.Name}") && !ImplementsInterface(type, property.GetMethod))
                yield return $"{name}.{property.Name}";
        }

        foreach (MethodInfo method in type.GetMethods(declared))
        {
            bool isOurs = !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
                && method.GetBaseDefinition() == method && method.Name is not ("<Clone>$" or "Deconstruct" or "PrintMembers");
            if (isOurs && !HasDocumentation(members, $"M:{name}.{method.Name}") && !ImplementsInterface(type, method))
                yield return $"{name}.{method.Name}()";
        }
    }

    // Overloads and generic arity stand behind the name.
    private static bool HasDocumentation(Dictionary<string, XElement> members, string id) =>
        members.Keys.Any(key => key == id || (key.StartsWith(id, StringComparison.Ordinal) && key[id.Length] is '(' or '`'));

    private static bool ImplementsInterface(Type type, MethodInfo? method) =>
        method is { IsVirtual: true } && type is { IsInterface: false }
        && type.GetInterfaces().Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static IEnumerable<XElement> Members(string project) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{project}.xml")).Descendants("member");
}
