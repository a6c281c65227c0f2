namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>Says that a match took more steps than it may.</summary>
internal sealed class PatternBudgetException() : Exception("A match of a regular expression took too many steps.");
