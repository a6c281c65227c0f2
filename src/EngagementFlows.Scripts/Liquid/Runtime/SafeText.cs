namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>Text that was encoded when it was captured, or that the template calls raw: an output does not encode it again.</summary>
internal sealed record SafeText(string Text);
