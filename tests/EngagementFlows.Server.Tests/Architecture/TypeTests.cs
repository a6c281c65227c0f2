using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Tests.Architecture;

public sealed class TypeTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(Scripts.ScriptContext).Assembly,
        typeof(Engine.Activities.Activity).Assembly,
        typeof(Engagements.Clients.Person).Assembly,
        typeof(Postgres.Migrations.Migration).Assembly,
        typeof(ServerHost).Assembly,
    ];

    [Fact]
    public void Classes_AreSealedUnlessTheyAreBases()
    {
        IEnumerable<string> offenders =
            from assembly in Assemblies
            from type in assembly.GetTypes()
            where type is { IsClass: true, IsSealed: false, IsAbstract: false }
                && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
                // The Razor compiler makes these; it seals nothing.
                && !typeof(IComponent).IsAssignableFrom(type) && type.Name != "_Imports"
                // The script language's own hierarchy: every array and function of it is an object.
                && type.FullName != "EngagementFlows.Scripts.JavaScript.JsObject"
                && type.DeclaringType is null
                && !IsGenerated(type)
            select type.FullName;

        offenders.Should().BeEmpty("a class is sealed, static or abstract");
    }

    [Fact]
    public void Names_HaveNoEmptySuffix()
    {
        string[] suffixes = ["Manager", "Helper", "Util", "Utils", "Impl", "Service", "Processor"];

        IEnumerable<string> offenders =
            from assembly in Assemblies
            from type in assembly.GetTypes()
            where !IsGenerated(type) && suffixes.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal))
            select type.FullName;

        offenders.Should().BeEmpty();
    }

    private static bool IsGenerated(Type type) =>
        type.Namespace is null || !type.Namespace.StartsWith("EngagementFlows", StringComparison.Ordinal) || type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false);
}
