using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engine.Instances;

/// <summary>Ends a burst at a question that nobody has answered yet. Never leaves the engine.</summary>
#pragma warning disable CA1032, CA1064, RCS1194 // Thrown and caught within the engine only, always with its question.
internal sealed class UnansweredException(Question question) : Exception
#pragma warning restore CA1032, CA1064, RCS1194
{
    public Question Question { get; } = question;
}
