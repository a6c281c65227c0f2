using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Definitions;

namespace EngagementFlows.Server.Staff;

/// <summary>What readers call whoever did something: a person by name, a program by the name of its key.</summary>
internal static class ActorWords
{
    private const string Key = "key:";

    /// <summary>Returns the words.</summary>
    /// <param name="actor">The person's name, or else who it was as the audit writes it.</param>
    /// <param name="reader">Who reads.</param>
    public static string Of(string actor, Reader reader) =>
        actor == DefinitionLoader.Actor ? reader.Say(DefinitionTexts.WorkflowFiles)
        : actor.StartsWith(Key, StringComparison.Ordinal) ? reader.Say(DefinitionTexts.Program, actor[Key.Length..])
        : actor;
}
